import type { Block } from '#features/archive/core/content.ts';
import type { MediaRole } from '#features/archive/core/media.ts';
import type { PostKind, SourcePost } from '#features/archive/core/post.ts';
import { countIn, dateIn, flagIn, textIn, type Fields } from '../shared/fields.ts';
import { safeLink } from '../shared/link.ts';
import { readBody } from './body.ts';
import { identifiersOf, type Document, type Resource } from './document.ts';
import { countDrift } from './drift.ts';
import { linkFiles } from './file-links.ts';
import { createMediaList } from './media-list.ts';
import type { FoundMedia } from './media.ts';
import { embedBlocks, pollBlocks, tagsOf, tiersOf } from './post-extras.ts';
import {
  addCaptions,
  addCover,
  addLockedMedia,
  attachmentsOf,
  galleryOf,
  mainOf,
  restOf,
} from './post-media.ts';
import type { Reading } from './reading.ts';

const KINDS: Readonly<Record<string, PostKind>> = {
  text_only: 'text',
  image_file: 'image',
  video_external_file: 'video',
  video_embed: 'video',
  audio_file: 'audio',
  audio_embed: 'audio',
  podcast: 'podcast',
  link: 'link',
  poll: 'poll',
  livestream_youtube: 'livestream',
  livestream_crowdcast: 'livestream',
};

export type ReadPost = { post: SourcePost; media: readonly FoundMedia[] };

/** Null when it has no date, which every post has. */
export function readPost(document: Document, post: Resource): ReadPost | null {
  const fields = post.attributes;
  const publishedAt = dateIn(fields, 'published_at') ?? dateIn(fields, 'created_at');
  if (!publishedAt) return null;
  const reading: Reading = { document, post, fields, drift: countDrift(), media: createMediaList() };
  reading.drift.keys('post', post);
  const kind = kindOf(reading);
  const locked = flagIn(fields, 'current_user_can_view') === false;
  const blocks = locked ? lockedBlocks(reading) : readableBlocks(reading, kind);
  const media = inOrder(reading.media.all());
  return {
    media,
    post: {
      externalId: post.id,
      kind,
      title: textIn(fields, 'title')?.trim() ?? null,
      url: safeLink(fields['url'] ?? fields['patreon_url'], 'https://www.patreon.com/'),
      publishedAt,
      editedAt: dateIn(fields, 'edited_at'),
      locked,
      teaser: teaserOf(fields),
      blocks,
      media: media.map((found) => found.media),
      tags: tagsOf(reading),
      tiers: tiersOf(reading),
      collections: identifiersOf(post, 'collections').map(({ id }) => id),
      commentCount: countIn(fields, 'comment_count') ?? 0,
      likeCount: countIn(fields, 'like_count'),
      drift: reading.drift.all(),
    },
  };
}

function kindOf({ fields, drift }: Reading): PostKind {
  const type = textIn(fields, 'post_type');
  const kind = type === null ? undefined : KINDS[type];
  if (kind) return kind;
  drift.saw('post-type', type?.slice(0, 60) ?? 'none');
  return 'other';
}

/** First what the post is about, then its words, then what was put beside them. */
function readableBlocks(reading: Reading, kind: PostKind): Block[] {
  // The words come first, so that a picture that stands in them is not in the gallery too.
  const words = readBody(reading.fields, { html: 'content', json: 'content_json_string' }, reading);
  const gallery = galleryOf(reading);
  const main = mainOf(reading);
  const files = attachmentsOf(reading);
  const rest = restOf(reading);
  addCover(reading);
  addCaptions(reading, main);
  return [
    ...main.map(blockOf),
    ...galleryBlocks([...gallery, ...rest.filter(isImage)]),
    ...linkFiles(words, reading.media.has),
    ...embedBlocks(reading.fields, kind),
    ...pollBlocks(reading),
    ...[...rest.filter((found) => !isImage(found)), ...files].map(fileBlock),
  ];
}

function lockedBlocks(reading: Reading): Block[] {
  addLockedMedia(reading);
  return [];
}

const isImage = ({ media }: FoundMedia): boolean => media.kind === 'image';

const blockOf = ({ media: { kind, externalId } }: FoundMedia): Block =>
  kind === 'image'
    ? { type: 'image', media: externalId, alt: null, caption: null }
    : { type: kind, media: externalId };

export const fileBlock = ({ media: { externalId } }: FoundMedia): Block => ({
  type: 'file',
  media: externalId,
});

export function galleryBlocks(images: readonly FoundMedia[]): Block[] {
  const [first, ...others] = images;
  if (!first) return [];
  return others.length === 0
    ? [blockOf(first)]
    : [{ type: 'gallery', media: images.map(({ media }) => media.externalId) }];
}

const ORDER: readonly MediaRole[] = [
  'main',
  'gallery',
  'inline',
  'attachment',
  'product',
  'cover',
  'preview',
  'captions',
];

export const inOrder = (media: readonly FoundMedia[]): FoundMedia[] =>
  [...media].sort((a, b) => ORDER.indexOf(a.media.role) - ORDER.indexOf(b.media.role));

const teaserOf = (fields: Fields): string | null =>
  (
    textIn(fields, 'cleaned_teaser_text') ??
    textIn(fields, 'teaser_text') ??
    textIn(fields, 'content_teaser_text')
  )?.trim() ?? null;
