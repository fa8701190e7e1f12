import type { Block } from '#features/archive/core/content.ts';
import { plainLines } from '#features/archive/core/reading/plain-text.ts';
import type { MediaText } from '#features/enrichment/core/text.ts';
import type { SearchDocument, Stretch } from './document.ts';

/** What the archive tells of a post. */
export type PostWords = {
  id: string;
  creator: { id: string; name: string };
  source: { id: string; name: string };
  kind: string;
  title: string | null;
  teaser: string | null;
  blocks: readonly Block[];
  tags: readonly string[];
  publishedAt: Date;
  locked: boolean;
  vanishedAt: Date | null;
  collections: readonly string[];
  captions: readonly string[];
  comments: readonly { externalId: string; author: string; body: string }[];
};

/** Lists, headings and paragraphs read as lines of their own, so no sentence runs from one block into the next. */
const blockStretch = (block: Block, index: number): Stretch => ({
  part: 'body',
  locator: { at: 'block', block: index },
  text: plainLines([block]).join('\n'),
});

/** What was read out of a file that stands in a post. */
export type PlacedText = { place: string; text: MediaText };

function mediaStretches({ place, text }: PlacedText): Stretch[] {
  if (text.kind === 'pdf' || text.kind === 'ocr')
    return text.pages.map(({ page, text: words }) => ({
      part: 'pdf',
      locator: { at: 'page', media: place, page },
      text: words,
    }));
  return text.segments.map(({ fromMs, text: words }) => ({
    part: 'transcript',
    locator: { at: 'said', media: place, fromMs },
    text: words,
  }));
}

export const documentOfPost = (post: PostWords, texts: readonly PlacedText[]): SearchDocument => ({
  kind: 'post',
  ref: post.id,
  title: post.title ?? '',
  type: post.kind,
  creator: post.creator,
  source: post.source,
  tags: post.tags,
  lists: post.collections,
  statuses: [...(post.locked ? ['locked'] : []), ...(post.vanishedAt ? ['vanished'] : [])],
  at: post.publishedAt,
  stretches: [
    ...(post.blocks.length > 0
      ? post.blocks.map(blockStretch)
      : [{ part: 'body' as const, locator: { at: 'start' as const }, text: post.teaser ?? '' }]),
    ...post.captions.map((text): Stretch => ({ part: 'body', locator: { at: 'start' }, text })),
    ...post.comments.map(({ externalId, author, body }): Stretch => ({
      part: 'comments',
      locator: { at: 'comment', comment: externalId },
      text: `${author}: ${body}`,
    })),
    ...texts.flatMap(mediaStretches),
  ],
});
