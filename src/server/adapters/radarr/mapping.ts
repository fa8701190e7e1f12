import type { TitleNow } from '#features/cleanup/server/ports.ts';
import { otherTitle } from '#features/library/core/other-title.ts';
import type { CatalogueFilm, ImportEvent } from '#features/library/server/ports.ts';
import { namesOf, type Names } from '../servarr/labels.ts';
import {
  filled,
  folderAbove,
  positive,
  posterOf,
  ratingOf,
  toFile,
  withoutEndSlash,
} from '../servarr/mapping.ts';
import type { MediaFile } from '../servarr/schemas.ts';
import type { HistoryRecord, Movie, MovieFile } from './schemas.ts';

export type FilmContext = { tags: Names; profiles: Names; readAt: Date };

/** `added` is when the film was added to Radarr; when the file came is in the file (T-11). */
export function toFilm(
  movie: Movie,
  file: MediaFile | null,
  { tags, profiles, readAt }: FilmContext,
): CatalogueFilm {
  return {
    externalId: movie.id,
    title: movie.title,
    sortTitle: filled(movie.sortTitle) ?? movie.title.toLowerCase(),
    originalTitle: otherTitle(movie.title, movie.originalTitle),
    year: positive(movie.year),
    overview: filled(movie.overview),
    path: movie.path,
    rootFolder: withoutEndSlash(filled(movie.rootFolderPath) ?? folderAbove(movie.path)),
    monitored: movie.monitored,
    status: movie.status ?? 'unknown',
    qualityProfile: profiles.get(movie.qualityProfileId ?? 0) ?? null,
    tags: namesOf(movie.tags, tags),
    ids: { tmdb: positive(movie.tmdbId), tvdb: null, imdb: filled(movie.imdbId) },
    addedAt: addedAt(movie, file, readAt),
    genres: movie.genres ?? [],
    ...bestRating(movie),
    runtimeMinutes: positive(movie.runtime),
    poster: posterOf(movie.images),
    file: file ? toFile(file, readAt) : null,
  };
}

/** The votes of the very rating that is told: those of two sites do not compare. */
const bestRating = ({ ratings }: Movie): Pick<CatalogueFilm, 'rating' | 'votes'> => {
  const imdb = ratingOf(ratings?.imdb);
  return imdb.rating === null ? ratingOf(ratings?.tmdb) : imdb;
};

/** A date that was never set must not make a film old: then the file's counts, or it counts from now. */
const addedAt = (movie: Movie, file: MediaFile | null, readAt: Date): Date =>
  movie.added ?? file?.dateAdded ?? readAt;

/** It says that it has a file, but the list did not bring it along. */
export const lacksItsFile = (movie: Movie): boolean =>
  !movie.movieFile && (positive(movie.movieFileId) !== null || movie.hasFile === true);

export const toTitleNow = (movie: Movie, files: readonly MovieFile[], tags: Names): TitleNow => ({
  externalId: movie.id,
  title: movie.title,
  tmdb: positive(movie.tmdbId),
  tvdb: null,
  path: movie.path,
  monitored: movie.monitored,
  tags: namesOf(movie.tags, tags),
  files: files.map(({ id, path, size }) => ({ externalId: id, seasonNumber: null, path, sizeBytes: size })),
  seasons: [],
  episodes: [],
});

export const toImport = ({ movieId, date }: HistoryRecord): ImportEvent | null =>
  date ? { titleExternalId: movieId, seasonNumber: null, at: date } : null;
