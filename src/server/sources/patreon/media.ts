import type { MediaKind, MediaRole, SourceMedia } from '#features/archive/core/media.ts';
import { countIn, fieldsIn, numberIn, textIn, type Fields } from '../shared/fields.ts';
import type { Resource } from './document.ts';
import type { DriftCount } from './drift.ts';

/** Where the bytes are, as a fresh answer says it. It never leaves the plugin: addresses die within hours. */
export type Address =
  | { via: 'address'; url: string }
  /** Asked of Patreon itself with the sign-in, which answers with the address; `url` is where it may be as well. */
  | { via: 'attachment'; url: string | null }
  | { via: 'stream'; url: string }
  | { via: 'stream-words'; url: string; words: StreamWords }
  | { via: 'nowhere' };

/** As a stream names them: in which language, and called how. */
export type StreamWords = { language: string | null; name: string | null };

export type FoundMedia = { media: SourceMedia; at: Address };

export const nothingKnown: Omit<SourceMedia, 'externalId' | 'kind' | 'role'> = {
  fileName: null,
  mimeType: null,
  sizeBytes: null,
  width: null,
  height: null,
  durationMs: null,
  caption: null,
  of: null,
  language: null,
};

const isPlaylistType = (mimeType: string): boolean =>
  /^(application|audio)\/(x-|vnd\.apple\.)mpegurl/i.test(mimeType);

export const isStream = (url: string): boolean => /\.m3u8$/i.test(URL.parse(url)?.pathname ?? '');

/** A media resource as a post of ours names it. */
export function mediaOf(resource: Resource, role: MediaRole, drift: DriftCount): FoundMedia {
  const { attributes } = resource;
  drift.keys('media', resource);
  const kind = kindOf(attributes, drift);
  const display = fieldsIn(attributes, 'display');
  const metadata = fieldsIn(attributes, 'metadata');
  const dimensions = fieldsIn(metadata, 'dimensions');
  const mimeType = textIn(attributes, 'mimetype');
  const isPlaylist = mimeType !== null && isPlaylistType(mimeType);
  return {
    media: {
      ...nothingKnown,
      externalId: resource.id,
      kind,
      role,
      fileName: nameIn(attributes),
      // What a stream is repacked into is told by its bytes.
      mimeType: isPlaylist ? null : mimeType,
      sizeBytes: isPlaylist ? null : sizeIn(attributes),
      width: countIn(dimensions, 'w') ?? countIn(display, 'width'),
      height: countIn(dimensions, 'h') ?? countIn(display, 'height'),
      durationMs: durationOf(metadata) ?? durationOf(display),
      caption: textIn(attributes, 'caption'),
    },
    at:
      role === 'attachment'
        ? { via: 'attachment', url: textIn(attributes, 'download_url') }
        : addressOf(kind, attributes),
  };
}

const KINDS: ReadonlySet<string> = new Set<MediaKind>(['image', 'audio', 'video', 'file']);

function kindOf(attributes: Fields, drift: DriftCount): MediaKind {
  const said = textIn(attributes, 'media_type');
  if (said !== null && !KINDS.has(said)) drift.saw('media-type', said.slice(0, 60));
  const byType = kindOfType(textIn(attributes, 'mimetype') ?? '');
  return byType ?? (said !== null && KINDS.has(said) ? (said as MediaKind) : 'file');
}

function kindOfType(mimeType: string): MediaKind | null {
  if (mimeType === '') return null;
  if (isPlaylistType(mimeType)) return 'video';
  const family = mimeType.split('/', 1)[0];
  if (family === 'audio' || family === 'video') return family;
  // Drawings of programs (image/vnd.adobe.photoshop …) are for keeping and opening, not for showing.
  return family === 'image' && !/^image\/(vnd\.adobe|x-)/i.test(mimeType) ? 'image' : 'file';
}

function addressOf(kind: MediaKind, attributes: Fields): Address {
  const images = fieldsIn(attributes, 'image_urls');
  const display = fieldsIn(attributes, 'display');
  const download = textIn(attributes, 'download_url');
  if (kind === 'video') {
    // Their download_url answers 404: only the stream is there.
    return streamOr(
      textIn(display, 'url') ?? textIn(fieldsIn(display, 'viewer_playback_data'), 'url') ?? download,
    );
  }
  const image = kind === 'image' ? (textIn(images, 'original') ?? null) : null;
  return streamOr(
    image ?? download ?? textIn(images, 'original') ?? textIn(images, 'url') ?? largest(images),
  );
}

const largest = (images: Fields): string | null =>
  textIn(images, 'default_large') ?? textIn(images, 'default') ?? textIn(images, 'default_small');

export const streamOr = (url: string | null): Address =>
  url === null ? { via: 'nowhere' } : { via: isStream(url) ? 'stream' : 'address', url };

/** Pictures of the editor carry an address as their name. */
function nameIn(attributes: Fields): string | null {
  const name = textIn(attributes, 'file_name');
  return name !== null && /^https?:\/\//i.test(name) ? null : name;
}

const sizeIn = (attributes: Fields): number | null => {
  const size = numberIn(attributes, 'size_bytes');
  return size !== null && Number.isSafeInteger(size) && size > 0 ? size : null;
};

/** In seconds there, with a fraction. */
export function durationOf(fields: Fields): number | null {
  const seconds =
    numberIn(fields, 'duration_s') ??
    numberIn(fields, 'full_content_duration') ??
    numberIn(fields, 'duration');
  const ms = seconds === null ? null : Math.round(seconds * 1000);
  return ms !== null && ms > 0 && ms < 2 ** 31 ? ms : null;
}

/** The part of an address that stays the same for a file, whatever size or token it is asked with. */
export const stablePart = (url: string | null): string | null =>
  url === null ? null : (/\/([0-9a-f]{32})(?:\/|$)/.exec(URL.parse(url)?.pathname ?? '')?.[1] ?? null);
