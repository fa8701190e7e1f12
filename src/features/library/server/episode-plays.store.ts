import { and, eq, inArray, max, or } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { EpisodePlay } from '../core/episode-plays.ts';
import type { MediaKey } from '../core/match.ts';
import { playIndex } from '../core/match-plays.ts';
import { sourceOfPlays } from './play-names.store.ts';
import { libraryPlays } from './plays.tables.ts';
import { librarySources } from './tables.ts';

type Show = {
  id: ItemId;
  mediaIds: readonly MediaKey[];
  tvdbId: number | null;
  tmdbId: number | null;
  imdbId: string | null;
};

/**
 * The plays of the episodes of some shows. By the ids at the media server and by provider ids, which linking has noted;
 * not by title, because a name can only be told to be unique in the whole library.
 */
export async function readEpisodePlays(
  db: Db,
  shows: readonly Show[],
): Promise<(show: Show) => readonly EpisodePlay[]> {
  const titles = shows.map(titleOf);
  const matches = new Map(titles.map(({ id, mediaIds }) => [id, { by: 'path' as const, keys: mediaIds }]));
  const find = playIndex(titles, matches);
  const found = new Map<ItemId, EpisodePlay[]>();
  for (const { ids, externalId, serverId, ...play } of await playsOf(db, titles)) {
    const played = { kind: 'show', ids, externalId, serverId, title: null, year: null } as const;
    for (const id of find(played)) found.set(id, [...(found.get(id) ?? []), play]);
  }
  return ({ id }) => found.get(id) ?? [];
}

type Title = ReturnType<typeof titleOf>;

const titleOf = ({ id, mediaIds, tvdbId, tmdbId, imdbId }: Show) => ({
  id,
  mediaIds,
  kind: 'show' as const,
  path: '',
  title: '',
  year: null,
  ids: { tmdb: tmdbId, tvdb: tvdbId, imdb: imdbId },
});

async function playsOf(db: Db, titles: readonly Title[]) {
  const present = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null);
  const group = {
    connectionId: libraryPlays.connectionId,
    sourceName: librarySources.name,
    ofOwnServer: libraryPlays.ofOwnServer,
    externalId: libraryPlays.showExternalId,
    tmdb: libraryPlays.tmdbId,
    tvdb: libraryPlays.tvdbId,
    imdb: libraryPlays.imdbId,
    seasonNumber: libraryPlays.seasonNumber,
    episodeNumber: libraryPlays.episodeNumber,
    user: libraryPlays.userName,
  };
  const ofThese = or(
    inArray(
      libraryPlays.showExternalId,
      titles.flatMap(({ mediaIds }) => mediaIds.map((key) => key.slice(key.indexOf(':') + 1))),
    ),
    inArray(libraryPlays.tmdbId, present(titles.map(({ ids }) => ids.tmdb))),
    inArray(libraryPlays.tvdbId, present(titles.map(({ ids }) => ids.tvdb))),
    inArray(libraryPlays.imdbId, present(titles.map(({ ids }) => ids.imdb))),
  );
  const rows = await db
    .select({ ...group, at: max(libraryPlays.at) })
    .from(libraryPlays)
    .innerJoin(librarySources, eq(librarySources.connectionId, libraryPlays.connectionId))
    .where(and(eq(libraryPlays.kind, 'episode'), ofThese))
    .groupBy(...Object.values(group));
  return rows.flatMap(({ at, tmdb, tvdb, imdb, ...row }) =>
    at === null ? [] : [{ ...row, ...sourceOfPlays(row), at, ids: { tmdb, tvdb, imdb } }],
  );
}
