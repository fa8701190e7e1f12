import type { Media } from '../../seed/patreon/patronage.ts';
import { measuresOf } from '../../seed/patreon/media/measures.ts';
import { cdnUrl, playback, transcriptUrl, type Owner } from './addresses.ts';
import type { Patreon } from './house.ts';
import type { Resource } from './jsonapi.ts';

const relationshipOf = {
  image: 'main',
  attachment: 'attachment',
  audio: 'main',
  video: 'main',
  inline: 'text-editor',
  profile: 'main',
} as const;

/** All that somebody who may not see a picture gets of it. */
export const blurred = { w: 620, blur: 40 };

/** Pictures have one address per size; of audio all of them are the same file. */
export function imageUrls(
  house: Patreon,
  media: Media,
  owner: Owner,
  isBlurred = false,
): Record<string, string> {
  const at = (transform?: Record<string, number>): string => cdnUrl(house, media, owner, transform);
  if (isBlurred) {
    const url = at(blurred);
    return {
      url,
      original: url,
      default: url,
      default_blurred: url,
      default_blurred_small: at({ w: 360, blur: 40 }),
    };
  }
  return {
    url: at({ w: 1080 }),
    original: at(),
    default: at({ w: 620 }),
    default_small: at({ w: 360 }),
    default_large: at({ w: 1080 }),
    default_blurred: at(blurred),
    default_blurred_small: at({ w: 360, blur: 40 }),
    thumbnail: at({ h: 360, w: 360 }),
    thumbnail_large: at({ h: 1080, w: 1080 }),
    thumbnail_small: at({ h: 100, w: 100 }),
  };
}

export type Shown = { media: Media; owner: Owner; isLocked: boolean };

export function mediaResource(house: Patreon, { media, owner, isLocked }: Shown): Resource {
  return {
    type: 'media',
    id: media.id,
    attributes: {
      file_name: media.fileName,
      mimetype: media.mimetype,
      media_type: mediaTypeOf(media),
      size_bytes: () => sizeOf(house, media),
      state: 'ready',
      owner_id: owner.id,
      owner_type: owner.kind,
      owner_relationship: relationshipOf[media.role],
      created_at: media.createdAt,
      ...(isLocked ? {} : { download_url: downloadUrl(house, media, owner) }),
      image_urls: urlsOf(house, { media, owner, isLocked }),
      metadata: metadataOf(media),
      display: displayOf(house, { media, owner, isLocked }),
    },
    relationships: {},
  };
}

export function mediaTypeOf({ role, mimetype }: Media): 'image' | 'video' | 'audio' | 'file' {
  if (mimetype === 'application/x-mpegURL') return 'video';
  if (mimetype.startsWith('audio/')) return 'audio';
  return mimetype.startsWith('image/') && role !== 'attachment' ? 'image' : 'file';
}

/** The one of a video leads nowhere: those who want it take `display.url`. */
function downloadUrl(house: Patreon, media: Media, owner: Owner): string {
  if (media.role === 'video') return `${house.at.cdn}/4/patreon-media/p/post/${owner.id}/no-such-video.mp4`;
  if (media.role === 'attachment') return `${house.at.site}/file?h=${owner.id}&m=${media.id}`;
  return cdnUrl(house, media, owner);
}

function urlsOf(house: Patreon, { media, owner, isLocked }: Shown): Record<string, string> | null {
  const type = mediaTypeOf(media);
  if (type === 'image') return imageUrls(house, media, owner, isLocked);
  if (type !== 'audio' || isLocked) return null;
  const url = cdnUrl(house, media, owner);
  return { url, original: url, default: url, thumbnail: url };
}

export const sizeOf = async ({ store }: Patreon, media: Media): Promise<number | null> =>
  media.tellsSize ? store.size(media.file) : null;

function metadataOf({ file }: Media): Record<string, unknown> {
  const { width, height, durationS } = measuresOf(file);
  return {
    ...(width === undefined ? {} : { dimensions: { w: width, h: height } }),
    ...(durationS === undefined ? {} : { duration: durationS, duration_s: durationS }),
  };
}

/** How a player shows it. Locked files keep their length and lose their address. */
function displayOf(house: Patreon, { media, owner, isLocked }: Shown): Record<string, unknown> | null {
  const type = mediaTypeOf(media);
  if (type !== 'video' && type !== 'audio') return null;
  const { durationS, width, height } = measuresOf(media.file);
  return {
    media_id: Number(media.id),
    state: 'ready',
    duration: durationS,
    full_content_duration: durationS,
    ...(type === 'video' ? { width, height } : {}),
    closed_captions_enabled: media.hasTranscript || media.hasStreamWords,
    transcript_url: null,
    ...(isLocked ? {} : addressOf(house, media, owner)),
  };
}

function addressOf(house: Patreon, media: Media, owner: Owner): Record<string, unknown> {
  const words = media.hasTranscript ? { transcript_url: transcriptUrl(house, media, owner) } : {};
  if (media.role !== 'video') return { ...words, url: cdnUrl(house, media, owner) };
  const { id, token, expiresAt, url } = playback(house, media);
  return {
    ...words,
    url,
    expires_at: new Date(expiresAt * 1000).toISOString(),
    default_thumbnail: { url: `${house.at.mux}/${id}/thumbnail.jpg?token=${token}`, position: 1 },
    story_board: { json_url: `${house.at.mux}/${id}/storyboard.json?token=${token}`, vtt_url: null },
    video_issues: {},
    progress: { is_watched: false, watch_state: 'not_started', position_secs: 0, updated_at: null },
    viewer_playback_data: { playback_id: id, playback_token: token, playback_token_expiry: expiresAt, url },
  };
}
