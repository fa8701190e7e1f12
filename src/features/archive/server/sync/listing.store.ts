import { and, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { CreatorId, PostId, SourceId, SyncRunId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { posts } from '../posts.tables.ts';
import { creators } from '../tables.ts';
import { lockPost, saveCopy, shownBy } from './copies.store.ts';
import { addCounts } from './runs.store.ts';
import type { KnownRow, Later, ListedEntry, SyncCreator } from './sync.ports.ts';

/** What is left to do of a post: its detail, its comments, or the question whether it has vanished. */
const isDue = or(
  posts.detailDue,
  and(sql`${posts.missingSince} is not null`, isNull(posts.vanishedAt)),
  and(
    sql`not ${posts.locked}`,
    isNull(posts.vanishedAt),
    sql`${posts.commentCount} <> coalesce(${posts.commentsReadCount}, 0)`,
  ),
);

export type ListingStore = ReturnType<typeof createListingStore>;

export type PageTold = { creatorId: CreatorId; entries: readonly ListedEntry[]; runId: SyncRunId; at: Date };

/** Posts stand in addresses, revisions do not. */
export type Ids = { post: () => string; other: () => string };

export function createListingStore(db: Db, later: Later, ids: Ids) {
  async function insertFresh(
    transaction: Db,
    { creatorId, at }: PageTold,
    entry: ListedEntry,
  ): Promise<PostId> {
    const id = ids.post() as PostId;
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

  async function updateKnown(
    transaction: Db,
    { at }: PageTold,
    entry: ListedEntry,
    id: PostId,
  ): Promise<void> {
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

  async function saveEntry(transaction: Db, page: PageTold, entry: ListedEntry): Promise<PostId> {
    const { known, readsFrom, copy } = entry;
    const id = known?.id ?? (await insertFresh(transaction, page, entry));
    if (known && !isSame(entry, known)) await updateKnown(transaction, page, entry, id);
    if (readsFrom === 'list') {
      const row = await lockPost(transaction, id);
      const saved =
        row && (await saveCopy(transaction, row, { copy, at: page.at, from: 'list', newId: ids.other }));
      if (saved && saved.wanted.length > 0) await later.fetchMedia(transaction, saved.wanted);
    }
    return id;
  }

  return {
    /** Those that are chosen, by name. */
    creators: (sourceId: SourceId): Promise<SyncCreator[]> =>
      db
        .select({
          id: creators.id,
          externalId: creators.externalId,
          name: creators.name,
          listedWholeAt: creators.listedWholeAt,
          caughtUpAt: creators.caughtUpAt,
        })
        .from(creators)
        .where(and(eq(creators.sourceId, sourceId), creators.selected))
        .orderBy(creators.name, creators.id),

    async known(creatorId: CreatorId, externalIds: readonly string[]): Promise<Map<string, KnownRow>> {
      const rows = await db
        .select({
          externalId: posts.externalId,
          id: posts.id,
          listedAs: posts.listedAs,
          locked: posts.locked,
          detailDue: posts.detailDue,
          firstSeenAt: posts.firstSeenAt,
          vanishedAt: posts.vanishedAt,
          commentCount: posts.commentCount,
          commentsReadCount: posts.commentsReadCount,
          likeCount: posts.likeCount,
        })
        .from(posts)
        .where(and(eq(posts.creatorId, creatorId), inArray(posts.externalId, [...externalIds])));
      return new Map(rows.map(({ externalId, ...row }) => [externalId, row]));
    },

    /** A page of a list, and what is to be asked because of it, in one transaction. */
    savePage: (page: PageTold): Promise<void> =>
      db.transaction(async (transaction) => {
        const met: PostId[] = [];
        for (const entry of page.entries) met.push(await saveEntry(transaction, page, entry));
        if (met.length === 0) return;
        await transaction
          .update(posts)
          .set({ lastSeenAt: page.at, missingSince: null })
          .where(inArray(posts.id, met));
        const due = await transaction
          .select({ id: posts.id })
          .from(posts)
          .where(and(inArray(posts.id, met), isDue));
        await later.readPosts(
          transaction,
          due.map(({ id }) => id),
        );
        await addCounts(transaction, page.runId, countsOf(page.entries));
      }),

    /** The list was read to where everything is known, or to the end. Gives how many posts were not in it. */
    endListing: (creatorId: CreatorId, { startedAt, whole, tellsMissing, at }: ListingEnd): Promise<number> =>
      db.transaction(async (transaction) => {
        await transaction
          .update(creators)
          .set({ caughtUpAt: startedAt, syncedAt: at, ...(whole ? { listedWholeAt: startedAt } : {}) })
          .where(eq(creators.id, creatorId));
        if (!tellsMissing) return 0;
        return tellMissing(transaction, and(eq(posts.creatorId, creatorId), ne(posts.kind, 'product')), {
          before: startedAt,
          at,
        });
      }),

    /** Products are told all at once: those that were not among them are missing. */
    endProducts: (creatorId: CreatorId, { startedAt, at }: Pick<ListingEnd, 'startedAt' | 'at'>) =>
      db.transaction((transaction) =>
        tellMissing(transaction, and(eq(posts.creatorId, creatorId), eq(posts.kind, 'product')), {
          before: startedAt,
          at,
        }),
      ),

    /** Work that earlier jobs left: a source that stopped, a process that died, a detail that was not there yet. */
    resume: (sourceId: SourceId): Promise<number> =>
      db.transaction(async (transaction) => {
        const due = await transaction
          .select({ id: posts.id })
          .from(posts)
          .innerJoin(creators, eq(creators.id, posts.creatorId))
          .where(and(eq(creators.sourceId, sourceId), creators.selected, isDue));
        await later.readPosts(
          transaction,
          due.map(({ id }) => id),
        );
        return due.length;
      }),
  };

  async function tellMissing(
    transaction: Db,
    which: ReturnType<typeof and>,
    { before, at }: { before: Date; at: Date },
  ): Promise<number> {
    const missing = await transaction
      .update(posts)
      .set({ missingSince: at })
      .where(and(which, lt(posts.lastSeenAt, before), isNull(posts.vanishedAt), isNull(posts.missingSince)))
      .returning({ id: posts.id });
    await later.readPosts(
      transaction,
      missing.map(({ id }) => id),
    );
    return missing.length;
  }
}

type ListingEnd = { startedAt: Date; whole: boolean; tellsMissing: boolean; at: Date };

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

function countsOf(entries: readonly ListedEntry[]) {
  const count = (...changes: ListedEntry['change'][]) =>
    entries.filter(({ change }) => changes.includes(change)).length;
  return {
    listed: entries.length,
    fresh: count('fresh'),
    changed: count('changed', 'readable-again'),
    locked: count('locked-now'),
  };
}
