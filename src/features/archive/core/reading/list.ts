import type { CollectionId, CreatorId, PostId, SourceId } from '#core/ids.ts';
import type { PostKind } from '../post.ts';
import type { PostCard } from './shown.ts';

export const postKinds = [
  'text',
  'image',
  'audio',
  'video',
  'podcast',
  'link',
  'poll',
  'livestream',
  'product',
  'document',
  'other',
] as const satisfies readonly PostKind[];

/** What is special about a post: something of it is missing, it cannot be read, its source has it no more. */
export const postStates = ['gaps', 'locked', 'vanished'] as const;
export type PostState = (typeof postStates)[number];

/** Everything at once must hold. */
export type PostFilter = {
  creatorId?: CreatorId | undefined;
  collectionId?: CollectionId | undefined;
  sourceId?: SourceId | undefined;
  kind?: PostKind | undefined;
  tag?: string | undefined;
  /** Published at or after. */
  from?: Date | undefined;
  /** Published before. */
  before?: Date | undefined;
  state?: PostState | undefined;
};

/** Where a page of a list begins: beyond this post, in the order of the list or against it. */
export type PostCursor = { at: Date; id: PostId };

export type PostQuery = {
  filter: PostFilter;
  order: 'newest' | 'oldest';
  /** `back` gives what stands before the cursor, as somebody who turns back a page wants it. */
  from: { cursor: PostCursor; way: 'on' | 'back' } | null;
  limit: number;
};

export type PostList = {
  posts: readonly PostCard[];
  next: PostCursor | null;
  previous: PostCursor | null;
};

/** Counting further takes longer than anybody cares to know. */
export const MOST_COUNTED = 2_000;

export const cursorText = ({ at, id }: PostCursor): string => `${at.getTime()}.${id}`;

/** Null for what is no cursor: anybody can write anything into an address. */
export function readCursor(text: string): PostCursor | null {
  const [, ms, id] = /^(-?\d{1,14})\.([\w-]{1,100})$/.exec(text) ?? [];
  return ms === undefined || id === undefined ? null : { at: new Date(Number(ms)), id: id as PostId };
}
