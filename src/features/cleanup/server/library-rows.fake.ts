import { titleKinds, type Item, type TitleKind } from '#features/library/core/item.ts';
import { libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';

type Row = typeof libraryItems.$inferInsert;

/** Episode items are made from other tables; a row for one would be a mistake in the test. */
function kindOfRow({ kind }: Item): TitleKind {
  const found = titleKinds.find((one) => one === kind);
  if (!found) throw new Error(`no rows for ${kind}`);
  return found;
}

/** A row of the library as a sync would have written it, for tests of queries that join it. */
export const aLibraryRow = (item: Item, over: Partial<Row> = {}): Row => ({
  id: item.id,
  connectionId: item.connectionId,
  externalId: item.externalId,
  kind: kindOfRow(item),
  showId: item.showId,
  seasonNumber: item.seasonNumber,
  title: item.title,
  sortTitle: item.title.toLowerCase(),
  year: item.year,
  path: item.path,
  ownPath: item.path,
  rootFolder: '/',
  monitored: item.monitored,
  continuing: item.continuing,
  status: 'released',
  tags: item.tags.known ? [...item.tags.value] : [],
  genres: [],
  addedAt: item.addedAt,
  fileCount: item.fileCount,
  sizeBytes: item.sizeBytes.known ? item.sizeBytes.value : null,
  diskId: item.diskId,
  newestFileAt: item.newestFileAt.known ? item.newestFileAt.value : null,
  watchWhy: item.watch.known ? null : item.watch.why,
  lastWatchedAt: item.watch.known ? item.watch.value.lastWatchedAt : null,
  ...over,
});

const ROWS_AT_ONCE = 1_000;

export async function insertRows(db: Db, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await db.insert(libraryItems).values(rows.slice(at, at + ROWS_AT_ONCE));
  }
}

export const insertItems = (db: Db, items: readonly Item[]): Promise<void> =>
  insertRows(
    db,
    items.map((item) => aLibraryRow(item)),
  );
