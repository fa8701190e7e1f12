import { episodeOf, titleKinds, type Item, type TitleKind } from '#features/library/core/item.ts';
import { libraryEpisodes, libraryFiles, libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';

type Row = typeof libraryItems.$inferInsert;

/** Episode items are made from other tables: see `insertItems`. */
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

export async function insertItems(db: Db, items: readonly Item[]): Promise<void> {
  const titles = items.filter(({ kind }) => kind !== 'episode');
  await insertRows(
    db,
    titles.map((item) => aLibraryRow(item)),
  );
  for (const item of items) if (item.kind === 'episode') await insertEpisode(db, item);
}

async function insertEpisode(db: Db, { id, connectionId, seasonNumber, path, addedAt, ...item }: Item) {
  const file = episodeOf(id);
  if (!file) throw new Error(`${id} is no episode`);
  const sizeBytes = item.sizeBytes.known ? item.sizeBytes.value : 0;
  const { showId: titleId, fileExternalId: fileId } = file;
  const common = { connectionId, titleId };
  await db
    .insert(libraryFiles)
    .values({ ...common, externalId: fileId, seasonNumber, path, sizeBytes, addedAt });
  await db.insert(libraryEpisodes).values(
    item.episodes.map((place, index) => {
      const externalId = fileId * 10 + index;
      return { ...common, ...place, externalId, title: 'Episode', monitored: item.monitored, fileId };
    }),
  );
}
