import type { Play, ProviderIds } from '#features/library/server/ports.ts';
import type { HistoryRow } from './schemas.ts';

const noIds: ProviderIds = { tmdb: null, tvdb: null, imdb: null };

/** Null for music, trailers, live television, and what has no time. */
export function toPlay(row: HistoryRow): Play | null {
  const isEpisode = row.media_type === 'episode';
  const seconds = row.stopped || row.started || row.date;
  if ((!isEpisode && row.media_type !== 'movie') || !seconds) return null;
  return {
    kind: isEpisode ? 'episode' : 'film',
    // Plex's own numbers mean nothing to another media server.
    mediaExternalId: null,
    showExternalId: null,
    ids: idsOfGuids(row.guid ? [row.guid] : []),
    title: (isEpisode ? row.grandparent_title : row.title) || null,
    // Of an episode it is the year in which that was aired.
    year: isEpisode ? null : (row.year ?? null),
    seasonNumber: isEpisode ? (row.parent_media_index ?? null) : null,
    episodeNumber: isEpisode ? (row.media_index ?? null) : null,
    user: row.friendly_name || row.user || '?',
    at: new Date(seconds * 1000),
    seconds: row.play_duration ?? row.duration ?? null,
  };
}

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
