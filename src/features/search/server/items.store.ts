import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { libraryCredits, libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import { documentOfItem } from '../core/item-document.ts';
import type { TextSource } from './ports.ts';

/** Who made a title is asked after it was read. */
const changedAt = sql`greatest(${libraryItems.syncedAt}, ${libraryCredits.changedAt})`;
/** Credits are of an entry at a media server, and say nothing of an item that has another one by now. */
const isToldOf = sql`${libraryCredits.toldOf} = any(${libraryItems.mediaIds})`;

/** Films and shows of the library. Seasons carry the title of their show, and would be found beside it every time. */
export function createItemSource(db: Db): TextSource {
  const isTitle = inArray(libraryItems.kind, ['film', 'show']);
  return {
    kind: 'item',
    async changed(since, after, limit) {
      const from = since && sql`${changedAt} >= ${since.toISOString()}::timestamptz`;
      const beyond =
        after &&
        sql`(${changedAt}, ${libraryItems.id}) > (${after.changedAt.toISOString()}::timestamptz, ${after.ref})`;
      return db
        .select({
          ref: sql<string>`${libraryItems.id}`,
          changedAt: changedAt.mapWith(libraryItems.syncedAt),
        })
        .from(libraryItems)
        .leftJoin(libraryCredits, eq(libraryCredits.itemId, libraryItems.id))
        .where(and(isTitle, from ?? undefined, beyond ?? undefined))
        .orderBy(asc(changedAt), asc(libraryItems.id))
        .limit(limit);
    },

    async documents(refs) {
      const { id, kind, title, year, overview, genres, tags } = libraryItems;
      const rows = await db
        .select({
          ...{ id, kind, title, year, overview, genres, tags },
          originalTitle: sql<
            string | null
          >`coalesce(${libraryItems.originalTitle}, ${libraryCredits.originalTitle})`,
          credits: libraryCredits.credits,
        })
        .from(libraryItems)
        .leftJoin(libraryCredits, and(eq(libraryCredits.itemId, id), isToldOf))
        .where(and(isTitle, inArray(id, refs as ItemId[])));
      return rows.map((row) => documentOfItem({ ...row, credits: row.credits ?? [] }));
    },

    async existing(refs) {
      const rows = await db
        .select({ id: libraryItems.id })
        .from(libraryItems)
        .where(and(isTitle, inArray(libraryItems.id, refs as ItemId[])));
      return new Set(rows.map(({ id }) => id as string));
    },
  };
}
