import { and, asc, gte, inArray, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import { documentOfItem } from '../core/item-document.ts';
import type { TextSource } from './ports.ts';

/** Films and shows of the library. Seasons carry the title of their show, and would be found beside it every time. */
export function createItemSource(db: Db): TextSource {
  const isTitle = inArray(libraryItems.kind, ['film', 'show']);
  return {
    kind: 'item',
    async changed(since, after, limit) {
      const beyond =
        after &&
        sql`(${libraryItems.syncedAt}, ${libraryItems.id}) > (${after.changedAt.toISOString()}::timestamptz, ${after.ref})`;
      return db
        .select({ ref: sql<string>`${libraryItems.id}`, changedAt: libraryItems.syncedAt })
        .from(libraryItems)
        .where(and(isTitle, since ? gte(libraryItems.syncedAt, since) : undefined, beyond ?? undefined))
        .orderBy(asc(libraryItems.syncedAt), asc(libraryItems.id))
        .limit(limit);
    },

    async documents(refs) {
      const { id, kind, title, year, overview, genres, tags } = libraryItems;
      const rows = await db
        .select({ id, kind, title, year, overview, genres, tags })
        .from(libraryItems)
        .where(and(isTitle, inArray(id, refs as ItemId[])));
      return rows.map(documentOfItem);
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
