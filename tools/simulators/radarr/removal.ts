import type { FileRow, MovieRow } from '../../seed/household.ts';
import { isWithin } from '../../seed/paths.ts';
import { discard } from '../servarr/bin.ts';
import { excludeLater } from '../servarr/exclusions.ts';
import { remember } from '../servarr/history.ts';
import { enqueue } from '../servarr/queue.ts';
import type { Radarr } from './resource.ts';

export type RemoveOptions = { deleteFiles: boolean; addImportExclusion: boolean };

/**
 * The rows go at once with their history; the folders follow after the answer. Radarr only writes to its log, and stops,
 * when a folder is, or holds, the folder of another film.
 */
export function removeMovies(radarr: Radarr, movies: readonly MovieRow[], options: RemoveOptions): void {
  const { house, world } = radarr;
  const ids = new Set(movies.map((movie) => movie.id));
  house.movies = house.movies.filter((movie) => !ids.has(movie.id));
  house.history = house.history.filter((row) => !ids.has(row.titleId));
  house.queue = house.queue.filter((row) => !ids.has(row.titleId));
  ids.forEach((id) => radarr.forget(id));
  world.changed();
  if (options.addImportExclusion) movies.forEach((movie) => excludeMovie(radarr, movie));
  if (options.deleteFiles) world.afterwards(() => removeFolders(radarr, movies));
}

function excludeMovie(radarr: Radarr, movie: MovieRow): void {
  const title = radarr.world.household.titles[movie.title];
  if (title) excludeLater(radarr, { externalId: title.tmdbId, title: title.name, year: title.year });
}

function removeFolders(radarr: Radarr, movies: readonly MovieRow[]): void {
  for (const movie of movies) {
    if (radarr.house.movies.some((other) => isWithin(movie.path, other.path))) return;
    discard(radarr, movie, radarr.world.storage.list(movie.path));
  }
}

export type FilmFile = { movie: MovieRow; file: FileRow };

/**
 * Deletes several files as Radarr does: every path is taken to lie under the first file's film. Files of other films lose
 * their row and stay on the disk.
 */
export function removeFiles(radarr: Radarr, files: readonly FilmFile[]): void {
  const [first] = files;
  if (!first) return;
  for (const { movie, file } of files) {
    if (isWithin(first.movie.path, file.path)) discard(radarr, movie, [file.path]);
    movie.file = null;
    if (radarr.settings.autoUnmonitor) movie.monitored = false;
    remember(radarr, {
      titleId: movie.id,
      episodeId: 0,
      season: null,
      event: 'deleted',
      sourceTitle: file.path,
      quality: file.quality,
      downloadId: '',
      data: { reason: 'Manual' },
    });
    radarr.forget(movie.id);
    fetchAgain(radarr, movie, file);
  }
  radarr.world.changed();
}

/** A monitored film without a file is searched for and comes back (T-08). */
function fetchAgain(radarr: Radarr, movie: MovieRow, file: FileRow): void {
  if (!radarr.world.redownload || !movie.monitored) return;
  const name = file.path.slice(movie.path.length + 1);
  const download = enqueue(radarr, {
    titleId: movie.id,
    episodeId: 0,
    title: name,
    sizeBytes: file.sizeBytes,
    leftBytes: file.sizeBytes,
  });
  radarr.world.afterwards(() => {
    radarr.house.queue = radarr.house.queue.filter((row) => row.id !== download.id);
    if (!radarr.house.movies.includes(movie) || !movie.monitored) return;
    movie.file = { ...file, id: (radarr.house.nextId += 1), addedAt: radarr.world.now().toISOString() };
    radarr.world.storage.write(file.path, file.sizeBytes);
    remember(radarr, {
      titleId: movie.id,
      episodeId: 0,
      season: null,
      event: 'imported',
      sourceTitle: name,
      quality: file.quality,
      downloadId: 'AGAIN',
      data: { droppedPath: `/downloads/complete/${name}`, importedPath: file.path },
    });
    radarr.forget(movie.id);
  });
}
