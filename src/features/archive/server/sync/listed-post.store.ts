import { eq } from 'drizzle-orm';
import type { CreatorId, PostId, SyncRunId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { posts } from '../posts.tables.ts';
import { lockPost, saveCopy, shownBy } from './copies.store.ts';
import type { KnownRow, Later, ListedEntry } from './sync.ports.ts';

export type PageTold = { creatorId: CreatorId; entries: readonly ListedEntry[]; runId: SyncRunId; at: Date };

/** Posts stand in addresses, revisions do not. */
export type Ids = { post: () => string; other: () => string };

type Listed = { page: PageTold; entry: ListedEntry };

/** Writes down what a list shows of one post; where the list shows it whole, it is read from there at once. */
export async function saveListed(
  transaction: Db,
  { page, entry }: Listed,
  { later, ids }: { later: Pick<Later, 'fetchMedia'>; ids: Ids },
): Promise<PostId> {
  const { known, readsFrom, copy } = entry;
  const id = known?.id ?? (await insertFresh(transaction, { page, entry }, ids.post() as PostId));
  if (known && !isSame(entry, known)) await updateKnown(transaction, { page, entry }, id);
  if (readsFrom === 'list') {
    const row = await lockPost(transaction, id);
    const saved =
      row && (await saveCopy(transaction, row, { copy, at: page.at, from: 'list', newId: ids.other }));
    if (saved && saved.wanted.length > 0) await later.fetchMedia(transaction, saved.wanted);
  }
  return id;
}

async function insertFresh(
  transaction: Db,
  { page: { creatorId, at }, entry }: Listed,
  id: PostId,
): Promise<PostId> {
  const { copy, listedAs, externalId, readsFrom } = entry;
  await transaction.insert(posts).values({
    ...placeholder(at, copy.parserVersion),
    ...(copy.post ? shownBy(copy.post, copy) : {}),
    ...(copy.post ? { ...numbersOf(entry), locked: copy.post.locked, tiers: [...copy.post.tiers] } : {}),
    id,
    creatorId,
    externalId,
    listedAs,
    listedRaw: copy.raw,
    detailDue: readsFrom === 'detail',
    firstSeenAt: at,
    lastSeenAt: at,
  });
  return id;
}

async function updateKnown(transaction: Db, { page: { at }, entry }: Listed, id: PostId): Promise<void> {
  const { copy, listedAs, readsFrom } = entry;
  await transaction
    .update(posts)
    .set({
      listedAs,
      lastSeenAt: at,
      missingSince: null,
      vanishedAt: null,
      ...numbersOf(entry),
      ...(readsFrom === 'detail' ? { detailDue: true, listedRaw: copy.raw } : {}),
    })
    .where(eq(posts.id, id));
}

const isSame = ({ change, listedAs, copy: { post } }: ListedEntry, known: KnownRow): boolean =>
  change === 'unchanged' &&
  listedAs === known.listedAs &&
  (post === null || (post.commentCount === known.commentCount && post.likeCount === known.likeCount));

/** For a post that only its list told of, and that could not be read even there. */
const placeholder = (at: Date, parserVersion: number) => ({
  kind: 'other' as const,
  title: null,
  url: null,
  publishedAt: at,
  editedAt: null,
  locked: false,
  readable: false,
  teaser: null,
  blocks: [],
  tags: [],
  tiers: [],
  commentCount: 0,
  likeCount: null,
  parserVersion,
});

const numbersOf = ({ copy: { post } }: ListedEntry) =>
  post ? { commentCount: post.commentCount, likeCount: post.likeCount } : {};
