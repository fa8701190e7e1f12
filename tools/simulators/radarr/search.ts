import { numbersOf } from '../http.ts';
import { nextId } from '../servarr/house.ts';
import { remember } from '../servarr/history.ts';
import type { Radarr } from './resource.ts';

/** What a search finds comes at once: a film without a file has one afterwards. */
export function search(radarr: Radarr, { name, movieIds }: Record<string, unknown>): void {
  if (name !== 'MoviesSearch') return;
  for (const movie of radarr.house.movies) {
    if (!numbersOf(movieIds).includes(movie.id) || movie.file !== null) continue;
    const path = `${movie.path}/${movie.path.slice(movie.path.lastIndexOf('/') + 1)} WEBDL-1080p.mkv`;
    const addedAt = radarr.world.now().toISOString();
    movie.file = {
      id: nextId(radarr),
      path,
      sizeBytes: 4e9,
      addedAt,
      quality: 'WEBDL-1080p',
      group: 'FARO',
    };
    radarr.world.storage.write(path, movie.file.sizeBytes);
    remember(radarr, {
      titleId: movie.id,
      episodeId: 0,
      season: null,
      event: 'imported',
      sourceTitle: path,
      quality: movie.file.quality,
      downloadId: 'SEARCH',
      data: { importedPath: path },
    });
  }
}
