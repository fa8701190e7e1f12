import { eq, sql } from 'drizzle-orm';
import type { PostId, SourceId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Drift, SourceComment } from '../../core/post.ts';
import type { Plugin } from '../ports.ts';
import { posts } from '../posts.tables.ts';
import { creators } from '../tables.ts';
import { saveComments } from './comments.store.ts';
import { lockPost, saveCopy } from './copies.store.ts';
import { replayRow } from './replay.store.ts';
import { addToNewest } from './runs.store.ts';
import type { Later, ReadCopy } from './sync.ports.ts';

/** What a job needs to know of a post to see what is left to do. */
export type PostToRead = {
  id: PostId;
  externalId: string;
  sourceId: SourceId;
  locked: boolean;
  detailDue: boolean;
  isMissing: boolean;
  vanishedAt: Date | null;
  commentCount: number;
  commentsReadCount: number | null;
};

export type PostStore = ReturnType<typeof createPostStore>;

export type DetailTold = { copy: ReadCopy; drift: readonly Drift[]; at: Date };

export function createPostStore(db: Db, later: Pick<Later, 'fetchMedia'>, newId: () => string) {
  return {
    async find(id: PostId): Promise<PostToRead | null> {
      const [row] = await db
        .select({
          id: posts.id,
          externalId: posts.externalId,
          sourceId: creators.sourceId,
          locked: posts.locked,
          detailDue: posts.detailDue,
          isMissing: sql<boolean>`${posts.missingSince} is not null`,
          vanishedAt: posts.vanishedAt,
          commentCount: posts.commentCount,
          commentsReadCount: posts.commentsReadCount,
        })
        .from(posts)
        .innerJoin(creators, eq(creators.id, posts.creatorId))
        .where(eq(posts.id, id));
      return row ?? null;
    },

    /** Everything that the detail of a post says, and the downloads that it makes necessary, in one transaction. */
    saveDetail: (
      { id, sourceId }: Pick<PostToRead, 'id' | 'sourceId'>,
      plugin: Pick<Plugin, 'read' | 'parserVersion'>,
      { copy, drift, at }: DetailTold,
    ): Promise<void> =>
      db.transaction(async (transaction) => {
        const found = await lockPost(transaction, id);
        if (!found) return;
        // Two versions of a parser cannot be compared: what is here is read again first.
        const isOld = found.parserVersion !== plugin.parserVersion;
        const old = isOld ? await replayRow(transaction, { row: found, plugin, newId }) : null;
        const row = isOld ? await lockPost(transaction, id) : found;
        if (!row) return;
        const saved = await saveCopy(transaction, row, { copy, at, from: 'detail', newId });
        if (copy.post === null) await transaction.update(posts).set({ drift }).where(eq(posts.id, id));
        const wanted = [...(old?.wanted ?? []), ...saved.wanted];
        if (wanted.length > 0) await later.fetchMedia(transaction, wanted);
        await addToNewest(transaction, sourceId, { mediaFound: wanted.length });
      }),

    /** Neither a whole list nor its own address has it any more. What was archived of it stays. */
    saveVanished: ({ id, sourceId }: Pick<PostToRead, 'id' | 'sourceId'>, at: Date): Promise<void> =>
      db.transaction(async (transaction) => {
        await transaction
          .update(posts)
          .set({ vanishedAt: at, missingSince: null, detailDue: false, changedAt: sql`now()` })
          .where(eq(posts.id, id));
        await addToNewest(transaction, sourceId, { vanished: 1 });
      }),

    saveComments: (id: PostId, told: { told: readonly SourceComment[]; count: number; at: Date }) =>
      saveComments(db, id, told),

    /** A source without comments counts none. */
    async skipComments(id: PostId, count: number): Promise<void> {
      await db.update(posts).set({ commentsReadCount: count }).where(eq(posts.id, id));
    },
  };
}
