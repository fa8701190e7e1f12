import { and, asc, count, eq, gt, inArray, ne, or, sql } from 'drizzle-orm';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Item, Watch } from '../core/item.ts';
import { isWithin, tidyPath } from '../core/paths.ts';
import type { LibraryReader } from './store.ports.ts';
import {
  libraryEntries,
  libraryEpisodes,
  libraryFiles,
  libraryItems,
  libraryRequests,
  librarySources,
} from './tables.ts';

/** Only what an Item needs: an overview of 50 000 films is half of their weight. */
const itemColumns = {
  id: libraryItems.id,
  connectionId: libraryItems.connectionId,
  externalId: libraryItems.externalId,
  kind: libraryItems.kind,
  showId: libraryItems.showId,
  seasonNumber: libraryItems.seasonNumber,
  title: libraryItems.title,
  year: libraryItems.year,
  path: libraryItems.path,
  diskId: libraryItems.diskId,
  monitored: libraryItems.monitored,
  continuing: libraryItems.continuing,
  showType: libraryItems.showType,
  rating: libraryItems.rating,
  votes: libraryItems.votes,
  tags: libraryItems.tags,
  addedAt: libraryItems.addedAt,
  fileCount: libraryItems.fileCount,
  sizeBytes: libraryItems.sizeBytes,
  newestFileAt: libraryItems.newestFileAt,
  oldestImportAt: libraryItems.oldestImportAt,
  watchWhy: libraryItems.watchWhy,
  lastWatchedAt: libraryItems.lastWatchedAt,
  watchers: libraryItems.watchers,
  favouriteOf: libraryItems.favouriteOf,
  requests: libraryItems.requests,
};

type ItemRow = Pick<typeof libraryItems.$inferSelect, keyof typeof itemColumns>;

const BATCH = 2_000;

export function createItemReader(
  db: Db,
): Pick<LibraryReader, 'readItems' | 'findItem' | 'totals' | 'titlesWithin' | 'forget'> {
  return {
    async *readItems() {
      const playing = await playingItems(db);
      let after = '' as ItemId;
      for (;;) {
        const rows = await db
          .select(itemColumns)
          .from(libraryItems)
          .where(gt(libraryItems.id, after))
          .orderBy(asc(libraryItems.id))
          .limit(BATCH);
        const last = rows.at(-1);
        if (!last) return;
        yield rows.map((row) => toItem(row, playing));
        after = last.id;
      }
    },

    async findItem(id) {
      const [row] = await db.select().from(libraryItems).where(eq(libraryItems.id, id));
      if (!row) return null;
      const playing = await playingItems(db);
      const titleId = row.showId ?? row.id;
      const inSeason = (table: typeof libraryEpisodes | typeof libraryFiles) =>
        and(
          eq(table.titleId, titleId),
          row.kind === 'season' ? eq(table.seasonNumber, row.seasonNumber ?? -1) : undefined,
        );
      const [episodes, files, requests, seasons] = await Promise.all([
        db
          .select()
          .from(libraryEpisodes)
          .where(inSeason(libraryEpisodes))
          .orderBy(asc(libraryEpisodes.seasonNumber), asc(libraryEpisodes.episodeNumber)),
        db.select().from(libraryFiles).where(inSeason(libraryFiles)).orderBy(asc(libraryFiles.path)),
        db
          .select()
          .from(libraryRequests)
          .where(sql`${libraryRequests.itemIds} @> ${sql.param([id])}::text[]`),
        db
          .select(itemColumns)
          .from(libraryItems)
          .where(eq(libraryItems.showId, id))
          .orderBy(asc(libraryItems.seasonNumber)),
      ]);
      return {
        item: toItem(row, playing),
        overview: row.overview,
        genres: row.genres,
        rating: row.rating,
        runtimeMinutes: row.runtimeMinutes,
        status: row.status,
        qualityProfile: row.qualityProfile,
        ownPath: row.ownPath,
        rootFolder: row.rootFolder,
        poster: row.poster,
        ids: { tmdb: row.tmdbId, tvdb: row.tvdbId, imdb: row.imdbId },
        mediaIds: row.mediaIds,
        matchedBy: row.matchedBy,
        episodes: episodes.map(({ connectionId: _c, titleId: _t, lastImportAt: _l, ...episode }) => episode),
        files: files.map(({ connectionId: _connection, titleId: _title, ...file }) => file),
        requests,
        seasons: seasons.map((season) => toItem(season, playing)),
      };
    },

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
        const gone = inArray(libraryItems.id, [...ids]);
        const partOfGone = inArray(libraryItems.showId, [...ids]);
        await tx.delete(libraryItems).where(or(gone, partOfGone));
        await tx.delete(libraryEpisodes).where(inArray(libraryEpisodes.titleId, [...ids]));
        await tx.delete(libraryFiles).where(inArray(libraryFiles.titleId, [...ids]));
      });
    },
  };
}

function toItem(row: ItemRow, playing: ReadonlySet<string>): Item {
  const { watchWhy, lastWatchedAt, watchers, favouriteOf, newestFileAt, oldestImportAt, ...rest } = row;
  const unmatched = watchWhy === 'not-in-media-server';
  return {
    ...rest,
    episodes: [],
    tags: known(row.tags),
    sizeBytes: row.sizeBytes === null ? unknown('size-not-told') : known(row.sizeBytes),
    newestFileAt:
      newestFileAt === null && row.fileCount > 0 ? unknown('file-date-not-told') : known(newestFileAt),
    oldestImportAt: known(oldestImportAt),
    watch: watchWhy === null ? watchFact(lastWatchedAt, watchers) : unknown(watchWhy),
    favouriteOf: favouriteOf === null ? unknown(watchWhy ?? 'not-in-media-server') : known(favouriteOf),
    // Nobody can be playing, through the media server, what it does not have.
    requests: known(row.requests.map((request) => ({ ...request, at: new Date(request.at) }))),
    playingNow: unmatched ? unknown('not-in-media-server') : known(playing.has(row.id)),
  };
}

const watchFact = (lastWatchedAt: Date | null, watchers: ItemRow['watchers']): Fact<Watch> =>
  known({
    lastWatchedAt,
    watchers: watchers.map((watcher) => ({
      ...watcher,
      lastWatchedAt: watcher.lastWatchedAt === null ? null : new Date(watcher.lastWatchedAt),
    })),
  });

/** The films and, for an episode, the season and the show that are being played. */
async function playingItems(db: Db): Promise<Set<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with playing as (
      select e.* from ${librarySources} s cross join unnest(s.playing) as media
      join ${libraryEntries} e on e.connection_id = s.connection_id and e.external_id = media
    )
    select i.id from playing p join ${libraryItems} i
      on i.media_ids @> array[p.connection_id || ':' || p.external_id]
    union
    select x.id from playing p
      join ${libraryItems} i on i.kind = 'show' and i.media_ids @> array[p.connection_id || ':' || p.show_external_id]
      join ${libraryItems} x on x.id = i.id or (x.show_id = i.id and x.season_number = p.season_number)`);
  return new Set(rows.map((row) => row.id));
}
