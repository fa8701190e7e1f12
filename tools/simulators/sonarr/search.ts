import type { EpisodeRow, ShowRow } from '../../seed/household.ts';
import { numbersOf } from '../http.ts';
import { nextId } from '../servarr/house.ts';
import { remember } from '../servarr/history.ts';
import type { Sonarr } from './resource.ts';

/** What a search finds comes at once. Searching a show or a season takes only what is monitored. */
export function search(sonarr: Sonarr, command: Record<string, unknown>): void {
  const { name, seriesId, seasonNumber, episodeIds } = command;
  for (const show of sonarr.house.shows) {
    const isAsked = (episode: EpisodeRow): boolean => {
      if (name === 'EpisodeSearch') return numbersOf(episodeIds).includes(episode.id);
      if (show.id !== seriesId || !episode.monitored) return false;
      return name === 'SeriesSearch' || (name === 'SeasonSearch' && episode.season === seasonNumber);
    };
    for (const episode of show.episodes) {
      const hasAired = episode.airedAt !== null && episode.airedAt <= sonarr.world.now().toISOString();
      if (isAsked(episode) && episode.fileId === 0 && hasAired) fetch(sonarr, show, episode);
    }
  }
}

function fetch(sonarr: Sonarr, show: ShowRow, episode: EpisodeRow): void {
  const season = String(episode.season).padStart(2, '0');
  const number = String(episode.number).padStart(2, '0');
  const path = `${show.path}/Season ${season}/S${season}E${number} WEBDL-1080p.mkv`;
  const id = nextId(sonarr);
  const addedAt = sonarr.world.now().toISOString();
  const quality = 'WEBDL-1080p';
  show.files.push({ id, path, sizeBytes: 1e9, addedAt, quality, group: 'FARO', season: episode.season });
  sonarr.world.storage.write(path, 1e9);
  episode.fileId = id;
  remember(sonarr, {
    titleId: show.id,
    episodeId: episode.id,
    season: episode.season,
    event: 'imported',
    sourceTitle: path,
    quality,
    downloadId: 'SEARCH',
    data: { importedPath: path },
  });
  sonarr.forget(show.id);
}
