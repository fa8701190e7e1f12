import { and, count, gt, inArray, ne, or, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { readMany } from '#server/platform/db-rows.ts';
import { isWithin, tidyPath } from '../core/paths.ts';
import { libraryCredits } from './credits.tables.ts';
import { forgetEpisodeFiles } from './episodes.store.ts';
import { forgetEntries } from './forget-entries.store.ts';
import { findItem } from './item-details.store.ts';
import { itemColumns, toItem } from './item-rows.ts';
import { playingItems } from './playing.store.ts';
import type { LibraryReader } from './store.ports.ts';
import { libraryEpisodes, libraryFiles, libraryItems } from './tables.ts';

const BATCH = 2_000;

export function createItemReader(
  db: Db,
): Pick<LibraryReader, 'readItems' | 'findItem' | 'totals' | 'titlesWithin' | 'forget'> {
  return {
    async *readItems() {
      const playing = await playingItems(db);
      let after = '' as ItemId;
      for (;;) {
        const rows = await readMany(
          db,
          itemColumns,
          sql`from ${libraryItems} where ${gt(libraryItems.id, after)} order by ${libraryItems.id} limit ${BATCH}`,
        );
        const last = rows.at(-1);
        if (!last) return;
        yield rows.map((row) => toItem(row, playing));
        after = last.id;
      }
    },

    findItem: (id) => findItem(db, id),

    totals: () =>
      db
        .select({
          kind: libraryItems.kind,
          items: count(),
          bytes: sql<number>`coalesce(sum(${libraryItems.sizeBytes}), 0)::float8`,
        })
        .from(libraryItems)
        .groupBy(libraryItems.kind)
        .orderBy(libraryItems.kind),

    async titlesWithin(ownPath) {
      // Too many rather than too few: letter case counts only in some paths, and `isWithin` knows in which.
      const near = sql`starts_with(lower(${libraryItems.ownPath}), lower(${tidyPath(ownPath)}))`;
      const rows = await db
        .select({ id: libraryItems.id, path: libraryItems.ownPath })
        .from(libraryItems)
        .where(and(ne(libraryItems.kind, 'season'), near));
      return rows.flatMap(({ id, path }) => (isWithin(path, ownPath) ? [id] : []));
    },

    async forget(ids) {
      await db.transaction(async (tx) => {
        await forgetEntries(tx, ids);
        await forgetEpisodeFiles(tx, ids);
        const gone = inArray(libraryItems.id, [...ids]);
        const partOfGone = inArray(libraryItems.showId, [...ids]);
        await tx.delete(libraryItems).where(or(gone, partOfGone));
        await tx.delete(libraryCredits).where(inArray(libraryCredits.itemId, [...ids]));
        await tx.delete(libraryEpisodes).where(inArray(libraryEpisodes.titleId, [...ids]));
        await tx.delete(libraryFiles).where(inArray(libraryFiles.titleId, [...ids]));
      });
    },
  };
}
