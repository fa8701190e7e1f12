import { and, asc, eq, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { otherTitle } from '../core/other-title.ts';
import { creditsOf } from './credits.store.ts';
import { itemColumns, toItem } from './item-rows.ts';
import { playingItems } from './playing.store.ts';
import type { ItemDetails } from './store.ports.ts';
import { libraryEpisodes, libraryFiles, libraryItems, libraryRequests } from './tables.ts';

export async function findItem(db: Db, id: ItemId): Promise<ItemDetails | null> {
  const [row] = await db.select().from(libraryItems).where(eq(libraryItems.id, id));
  if (!row) return null;
  const playing = await playingItems(db);
  const { episodes, files, requests, seasons, told } = await readAround(db, row);
  return {
    item: toItem(row, playing),
    originalTitle:
      row.kind === 'season' ? null : (row.originalTitle ?? otherTitle(row.title, told.originalTitle)),
    credits: told.credits,
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
    episodes: episodes.map(
      ({ connectionId: _c, titleId: _t, lastImportAt: _l, digest: _d, ...episode }) => episode,
    ),
    files: files.map(({ connectionId: _c, titleId: _t, digest: _d, ...file }) => file),
    requests: requests.map(({ digest: _d, ...request }) => request),
    seasons: seasons.map((season) => toItem(season, playing)),
  };
}

/** Everything that hangs on a title, or on one season of it. */
async function readAround(db: Db, row: typeof libraryItems.$inferSelect) {
  const titleId = row.showId ?? row.id;
  const inSeason = (table: typeof libraryEpisodes | typeof libraryFiles) =>
    and(
      eq(table.titleId, titleId),
      row.kind === 'season' ? eq(table.seasonNumber, row.seasonNumber ?? -1) : undefined,
    );
  const [episodes, files, requests, seasons, told] = await Promise.all([
    db
      .select()
      .from(libraryEpisodes)
      .where(inSeason(libraryEpisodes))
      .orderBy(asc(libraryEpisodes.seasonNumber), asc(libraryEpisodes.episodeNumber)),
    db.select().from(libraryFiles).where(inSeason(libraryFiles)).orderBy(asc(libraryFiles.path)),
    db
      .select()
      .from(libraryRequests)
      .where(sql`${libraryRequests.itemIds} @> ${sql.param([row.id])}::text[]`),
    db
      .select(itemColumns)
      .from(libraryItems)
      .where(eq(libraryItems.showId, row.id))
      .orderBy(asc(libraryItems.seasonNumber)),
    creditsOf(db, titleId),
  ]);
  return { episodes, files, requests, seasons, told };
}
