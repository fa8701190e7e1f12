import { and, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { CreatorId, PostId, SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { posts } from '../posts.tables.ts';
import { creators } from '../tables.ts';
import { saveListed, type Ids, type PageTold } from './listed-post.store.ts';
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

export function createListingStore(db: Db, later: Later, ids: Ids) {
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
        for (const entry of page.entries)
          met.push(await saveListed(transaction, { page, entry }, { later, ids }));
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
}

type ListingEnd = { startedAt: Date; whole: boolean; tellsMissing: boolean; at: Date };

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
