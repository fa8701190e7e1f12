import { and, asc, count, eq, gt, inArray, ne, or, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { readMany } from '#server/platform/many-rows.ts';
import { otherTitle } from '../core/other-title.ts';
import { isWithin, tidyPath } from '../core/paths.ts';
import { creditsOf } from './credits.store.ts';
import { libraryCredits } from './credits.tables.ts';
import { forgetEpisodeFiles } from './episodes.store.ts';
import { forgetEntries } from './forget-entries.store.ts';
import { itemColumns, toItem } from './item-rows.ts';
import type { LibraryReader } from './store.ports.ts';
import {
  libraryEntries,
  libraryEpisodes,
  libraryFiles,
  libraryItems,
  libraryRequests,
  librarySources,
} from './tables.ts';

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
          .where(sql`${libraryRequests.itemIds} @> ${sql.param([id])}::text[]`),
        db
          .select(itemColumns)
          .from(libraryItems)
          .where(eq(libraryItems.showId, id))
          .orderBy(asc(libraryItems.seasonNumber)),
        creditsOf(db, titleId),
      ]);
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
