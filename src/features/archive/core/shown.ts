import type { Block, Span } from './content.ts';
import type { SourceMedia } from './media.ts';
import type { SourcePost } from './post.ts';

/** Parts of an address that are new each time it is given out. */
const PASSING = /([?&])(token|token-hash|token-time|expires|signature|exp|sig)=[^&#]*/gi;

/** Addresses as they stay the same from one answer to the next. */
const lasting = (url: string): string => url.replaceAll(PASSING, '$1');

/**
 * What a reader would see of a post, as one text: two answers with the same text are the same revision. Another like,
 * another vote, another comment or a new token in an address is none.
 */
export const shownText = (post: SourcePost): string =>
  sortedJson([
    post.kind,
    post.title,
    post.locked,
    post.publishedAt.toISOString(),
    post.locked ? post.teaser : null,
    post.blocks.map(shownBlock),
    post.media.map(shownMedia),
    [...post.tags].sort(),
  ]);

/** What there is to read of it, as one text: whoever takes only the media away leaves it the same. */
export const shownWords = ({ title, blocks }: Pick<SourcePost, 'title' | 'blocks'>): string =>
  sortedJson([title, withoutMedia(blocks).map(shownBlock)]);

const withoutMedia = (blocks: readonly Block[]): Block[] =>
  blocks
    .filter((block) => !('media' in block))
    .map((block) => {
      if (block.type === 'list') return { ...block, items: block.items.map(withoutMedia) };
      return block.type === 'quote' ? { ...block, blocks: withoutMedia(block.blocks) } : block;
    });

/** The same text for the same value: the database gives back objects with their keys in another order. */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** Whether there is anything to read, see or hear. */
export const isEmpty = (post: Pick<SourcePost, 'blocks' | 'media'>): boolean =>
  post.blocks.length === 0 && post.media.length === 0;

const shownMedia = ({ externalId, kind, role, fileName, caption }: SourceMedia) => [
  externalId,
  kind,
  role,
  fileName === null ? null : lasting(fileName),
  caption,
];

const shownSpan = ({ text, marks, href }: Span) => [text, [...(marks ?? [])].sort(), lasting(href ?? '')];

function shownBlock(block: Block): unknown {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return { ...block, text: block.text.map(shownSpan) };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map(shownBlock)) };
    case 'quote':
      return { ...block, blocks: block.blocks.map(shownBlock) };
    case 'embed':
      return { ...block, embed: { ...block.embed, url: lasting(block.embed.url) } };
    case 'link':
      return { ...block, url: lasting(block.url) };
    case 'poll':
      return ['poll', block.poll.question, block.poll.choices.map(({ text }) => text)];
    default:
      return block;
  }
}
