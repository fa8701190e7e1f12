import type { Play, ProviderIds } from '#features/library/server/ports.ts';
import type { HistoryRow } from './schemas.ts';

const noIds: ProviderIds = { tmdb: null, tvdb: null, imdb: null };

/** Null for music, trailers, live television, and what has no time. */
export function toPlay(row: HistoryRow): Play | null {
  const seconds = row.stopped || row.started || row.date;
  const subject =
    row.media_type === 'episode' ? ofEpisode(row) : row.media_type === 'movie' ? ofFilm(row) : null;
  if (!seconds || subject === null) return null;
  return {
    ...subject,
    // Plex's own numbers mean nothing to another media server.
    mediaExternalId: null,
    showExternalId: null,
    ids: idsOfGuids(row.guid ? [row.guid] : []),
    user: row.friendly_name || row.user || '?',
    at: new Date(seconds * 1000),
    seconds: row.play_duration ?? row.duration ?? null,
  };
}

type Subject = Pick<Play, 'kind' | 'title' | 'year' | 'seasonNumber' | 'episodeNumber'>;

const ofFilm = ({ title, year }: HistoryRow): Subject => ({
  kind: 'film',
  title: title || null,
  year: year ?? null,
  seasonNumber: null,
  episodeNumber: null,
});

const ofEpisode = (row: HistoryRow): Subject => ({
  kind: 'episode',
  title: row.grandparent_title || null,
  // The row has the year in which the episode was aired, which says nothing of the show.
  year: null,
  seasonNumber: row.parent_media_index ?? null,
  episodeNumber: row.media_index ?? null,
});

/** What to ask the provider ids of: the film, or the show of an episode. Empty where Plex has none. */
export const keyOf = (row: HistoryRow): string =>
  (row.media_type === 'episode' ? row.grandparent_rating_key : row.rating_key) ?? '';

export const hasIds = ({ tmdb, tvdb, imdb }: ProviderIds): boolean =>
  tmdb !== null || tvdb !== null || imdb !== null;

const PROVIDERS: readonly [RegExp, (id: string) => Partial<ProviderIds>][] = [
  [/^(?:com\.plexapp\.agents\.)?imdb:\/\/(tt\d+)/, (id) => ({ imdb: id })],
  [/^(?:tmdb|com\.plexapp\.agents\.themoviedb):\/\/(\d+)/, (id) => ({ tmdb: Number(id) })],
  [/^(?:tvdb|com\.plexapp\.agents\.thetvdb):\/\/(\d+)/, (id) => ({ tvdb: Number(id) })],
];

/** `tmdb://603`, or `com.plexapp.agents.thetvdb://81189/1/2?lang=en` of the old agents, which leads with the show. */
export function idsOfGuids(guids: readonly string[]): ProviderIds {
  let ids = noIds;
  for (const guid of guids) {
    for (const [pattern, read] of PROVIDERS) {
      const id = pattern.exec(guid)?.[1];
      if (id) ids = { ...ids, ...read(id) };
    }
  }
  return ids;
}
