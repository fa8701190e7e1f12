import { createHash } from 'node:crypto';
import type { MediaRole, SourceMedia } from '#features/archive/core/media.ts';
import { countIn, fieldsIn, idIn, textIn, type Fields } from '../shared/fields.ts';
import { identifiersOf, type Document, type Resource } from './document.ts';
import type { DriftCount } from './drift.ts';
import { durationOf, mediaOf, nothingKnown, stablePart, streamOr, type FoundMedia } from './media.ts';

/** The media of one post, each once, in the order in which they were met. */
export type MediaList = {
  /** False when it was there already; the first place that it was met at counts. */
  add(found: FoundMedia): boolean;
  has(externalId: string): boolean;
  /** By the part of its address that stays the same. */
  knows(url: string | null): boolean;
  all(): readonly FoundMedia[];
};

export function createMediaList(): MediaList {
  const list = new Map<string, FoundMedia>();
  const parts = new Set<string>();
  return {
    add(found) {
      if (list.has(found.media.externalId)) return false;
      list.set(found.media.externalId, found);
      const part = 'url' in found.at ? stablePart(found.at.url) : null;
      if (part !== null) parts.add(part);
      return true;
    },
    has: (externalId) => list.has(externalId),
    knows(url) {
      const part = stablePart(url);
      return part !== null && parts.has(part);
    },
    all: () => [...list.values()],
  };
}

/** The media that a relationship names and that came along, in the order of `order` first. */
export function relatedMedia(
  document: Document,
  post: Resource,
  { name, role, order = [] }: { name: string; role: MediaRole; order?: readonly string[] },
  drift: DriftCount,
): readonly FoundMedia[] {
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return identifiersOf(post, name)
    .flatMap((identifier) => document.find(identifier) ?? [])
    .map((resource) => mediaOf(resource, role, drift))
    .sort((a, b) => place(a.media.externalId) - place(b.media.externalId));
}

/**
 * `post_file` and `video_preview`: the main thing of a post, with the freshest address of it. Of old posts it has a name and
 * an address and no id.
 */
export function fileIn(
  attributes: Fields,
  { name, role }: { name: string; role: MediaRole },
  known: (id: string) => FoundMedia | null,
): FoundMedia | null {
  const file = fieldsIn(attributes, name);
  const url = textIn(file, 'url') ?? textIn(fieldsIn(file, 'viewer_playback_data'), 'url');
  const id = idIn(file, 'media_id');
  if (url === null && id === null) return null;
  const same = id === null ? null : known(id);
  const at = streamOr(url ?? textIn(file, 'download_url'));
  const externalId = id ?? `${name}-${idOfAddress(url ?? '')}`;
  return {
    media: { ...(same?.media ?? fromFile(file, url)), ...sizesIn(file, same), externalId, role },
    at: at.via === 'nowhere' && same ? same.at : at,
  };
}

const fromFile = (file: Fields, url: string | null): SourceMedia => ({
  ...nothingKnown,
  externalId: '',
  role: 'main',
  kind: kindOfFile(file, url ?? ''),
  fileName: textIn(file, 'name'),
});

const sizesIn = (file: Fields, same: FoundMedia | null) => ({
  width: countIn(file, 'width') ?? same?.media.width ?? null,
  height: countIn(file, 'height') ?? same?.media.height ?? null,
  durationMs: durationOf(file) ?? same?.media.durationMs ?? null,
});

const EXTENSIONS = [
  ['image', /\.(jpe?g|png|gif|webp|avif|heic)$/i],
  ['audio', /\.(mp3|m4a|aac|flac|wav|ogg|opus)$/i],
  ['video', /\.(m3u8|mp4|m4v|mov|webm|mkv)$/i],
] as const;

function kindOfFile(file: Fields, url: string): FoundMedia['media']['kind'] {
  const path = textIn(file, 'name') ?? URL.parse(url)?.pathname ?? '';
  const byName = EXTENSIONS.find(([, pattern]) => pattern.test(path))?.[0];
  if (byName) return byName;
  if (durationOf(file) !== null) return 'video';
  return countIn(file, 'width') === null ? 'file' : 'image';
}

/** For what the source gave no id: the part of its address that stays the same, or a mark of the address without its token. */
export function idOfAddress(url: string): string {
  const address = URL.parse(url);
  const text = address ? `${address.host}${address.pathname}` : url;
  return stablePart(url) ?? createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** What a video says of its words. */
export function captionsOf(file: Fields, of: string): FoundMedia | null {
  const url = textIn(file, 'transcript_url');
  if (url === null) return null;
  const isVtt = /\.vtt$/i.test(URL.parse(url)?.pathname ?? '');
  return {
    media: {
      ...nothingKnown,
      externalId: `${of}-captions`,
      kind: 'file',
      role: 'captions',
      mimeType: isVtt ? 'text/vtt' : null,
      of,
    },
    at: { via: 'address', url },
  };
}
