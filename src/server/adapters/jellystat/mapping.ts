import type { Play } from '#features/library/server/ports.ts';
import type { Activity } from './schemas.ts';

/** Jellyfin's ids with or without dashes, Emby's short numbers as they are. */
const toId = (id: string | null | undefined): string | null => {
  if (!id) return null;
  const plain = id.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(plain) ? plain : id;
};

/**
 * Null when nobody knows when. A film goes without its title: a song has the same shape, and one called "Alien" would keep
 * the film.
 */
export function toPlay(row: Activity): Play | null {
  const { EpisodeId, SeriesName, NowPlayingItemId, ActivityDateInserted: at } = row;
  if (at === null) return null;
  const isEpisode = Boolean(EpisodeId) || Boolean(SeriesName);
  return {
    kind: isEpisode ? 'episode' : 'film',
    mediaExternalId: toId(isEpisode ? EpisodeId : NowPlayingItemId),
    showExternalId: isEpisode ? toId(NowPlayingItemId) : null,
    ids: { tmdb: null, tvdb: null, imdb: null },
    title: isEpisode ? (SeriesName ?? null) : null,
    year: null,
    seasonNumber: null,
    episodeNumber: null,
    // The name, not the id: an id of digits alone arrives mangled.
    user: row.UserName || row.UserId || '?',
    at,
    seconds: row.PlaybackDuration ?? null,
  };
}
