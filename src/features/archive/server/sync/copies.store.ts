import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import type { PostId, PostMediaId, RevisionId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { SourcePost } from '../../core/post.ts';
import { keepCopy, type Copy, type Keeping, type StoredCopies } from '../../core/revisions.ts';
import { postMedia } from '../media/post-media.tables.ts';
import { posts, revisions } from '../posts.tables.ts';
import { placeMedia } from './post-media.store.ts';
import { wordsOf } from './read-copy.ts';
import type { ReadCopy } from './sync.ports.ts';

export type PostRow = typeof posts.$inferSelect;

/** For the length of the transaction nobody else changes this post. */
export async function lockPost(transaction: Db, id: PostId): Promise<PostRow | null> {
  const [row] = await transaction.select().from(posts).where(eq(posts.id, id)).for('update');
  return row ?? null;
}

export type Seen = {
  copy: ReadCopy;
  at: Date;
  /** Whole, or as a list shows it. */
  from: 'detail' | 'list';
  newId: () => string;
};

/**
 * Keeps an answer about a post: raw as a revision when it is new, and as what is shown when it may be. What is shown
 * and the media that it names change together. Gives the places that wait for their bytes now.
 */
export async function saveCopy(
  transaction: Db,
  row: PostRow,
  { copy, at, from, newId }: Seen,
): Promise<{ keeping: Keeping; wanted: PostMediaId[] }> {
  const { post } = copy;
  const keeping = keepCopy(await storedCopies(transaction, row), copy);
  const id = newId() as RevisionId;
  if (keeping !== 'known') {
    const { raw, digest, holds } = copy;
    await transaction
      .insert(revisions)
      .values({ id, postId: row.id, raw, digest, locked: holds === 'locked', seenAt: at });
  }
  const isShown = keeping === 'show' && post !== null;
  await transaction
    .update(posts)
    .set({
      lastSeenAt: at,
      missingSince: null,
      vanishedAt: null,
      detailDue: false,
      ...changeOf(row, post, isShown),
      ...(post ? toldBy(post) : {}),
      ...(from === 'detail' && post?.locked === false ? { readAt: at } : {}),
      ...(isShown ? { ...shownBy(post, copy), currentRevision: id, listedRaw: null } : {}),
    })
    .where(eq(posts.id, row.id));
  const wanted = isShown ? await placeMedia(transaction, row, post, newId) : [];
  return { keeping, wanted };
}

/** What is found of it is another when its text is, and when it can be read or is there again. */
const changeOf = (row: PostRow, post: SourcePost | null, isShown: boolean) =>
  isShown || row.vanishedAt !== null || (post !== null && post.locked !== row.locked)
    ? { changedAt: sql`now()` }
    : {};

/** What is true of the post now, whichever copy is shown. */
const toldBy = ({ locked, tiers, commentCount, likeCount }: SourcePost) => ({
  locked,
  tiers: [...tiers],
  commentCount,
  likeCount,
});

/** The columns that are derived from the copy that is shown. */
export const shownBy = (
  post: SourcePost,
  { holds, parserVersion }: Pick<ReadCopy, 'holds' | 'parserVersion'>,
) => ({
  kind: post.kind,
  title: post.title,
  url: post.url,
  publishedAt: post.publishedAt,
  editedAt: post.editedAt,
  readable: holds === 'a-body' || holds === 'nothing',
  teaser: post.teaser,
  blocks: post.blocks,
  tags: [...post.tags],
  drift: post.drift,
  parserVersion,
});

async function storedCopies(transaction: Db, row: PostRow): Promise<StoredCopies> {
  const ofPost = eq(revisions.postId, row.id);
  const isCurrent = row.currentRevision ? eq(revisions.id, row.currentRevision) : isNull(revisions.id);
  const [current] = await transaction
    .select({ digest: revisions.digest, locked: revisions.locked })
    .from(revisions)
    .where(and(ofPost, isCurrent));
  const [aside] = await transaction
    .select({ digest: revisions.digest })
    .from(revisions)
    .where(row.currentRevision ? and(ofPost, ne(revisions.id, row.currentRevision)) : ofPost)
    .orderBy(desc(revisions.seenAt), desc(revisions.id))
    .limit(1);
  return {
    shown: await shownCopy(transaction, row, current ?? null),
    asideDigest: aside?.digest ?? null,
  };
}

/** What only a list told has no revision yet, and counts all the same. */
async function shownCopy(
  transaction: Db,
  row: PostRow,
  current: { digest: string; locked: boolean } | null,
): Promise<Copy | null> {
  if (current === null && !row.readable) return null;
  const digest = current?.digest ?? '';
  if (!row.readable) return { holds: 'locked', digest, words: '', media: [] };
  const places = await transaction
    .select({ externalId: postMedia.externalId })
    .from(postMedia)
    .where(and(eq(postMedia.postId, row.id), isNull(postMedia.withdrawnAt)));
  const media = places.map(({ externalId }) => externalId);
  const holds = row.blocks.length > 0 || media.length > 0 ? 'a-body' : 'nothing';
  return { holds, digest, words: wordsOf(row), media };
}

export type StoredRevision = { id: RevisionId; raw: unknown; digest: string; seenAt: Date };

/** Oldest first. */
export const revisionsOf = (db: Db, id: PostId): Promise<StoredRevision[]> =>
  db
    .select({ id: revisions.id, raw: revisions.raw, digest: revisions.digest, seenAt: revisions.seenAt })
    .from(revisions)
    .where(eq(revisions.postId, id))
    .orderBy(asc(revisions.seenAt), asc(revisions.id));
