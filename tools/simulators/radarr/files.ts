import { empty, fieldsOf, json, numbersIn, numbersOf, type Route } from '../http.ts';
import { refuseDeletion } from '../servarr/house.ts';
import { badRequest, conflict, notFound, wrongRows } from '../servarr/problems.ts';
import { removeFiles, type FilmFile } from './removal.ts';
import { fileResource, type Radarr } from './resource.ts';

export function fileRoutes(radarr: Radarr): Route[] {
  const { house, world } = radarr;
  const ofMovies = (ids: readonly number[]): FilmFile[] =>
    house.movies.flatMap((movie) =>
      movie.file && ids.includes(movie.id) ? [{ movie, file: movie.file }] : [],
    );
  const withIds = (ids: readonly number[]): FilmFile[] =>
    house.movies.flatMap((movie) =>
      movie.file && ids.includes(movie.file.id) ? [{ movie, file: movie.file }] : [],
    );
  const write = ({ movie, file }: FilmFile) =>
    fileResource(movie, file, world.household.titles[movie.title]?.runtime ?? 0);

  return [
    [
      'GET',
      '/api/v3/moviefile',
      (call) => {
        const movieIds = numbersIn(call.query, 'movieId');
        const fileIds = numbersIn(call.query, 'movieFileIds');
        if (movieIds.length === 0 && fileIds.length === 0)
          return badRequest('movieId or movieFileIds must be provided');
        return json(200, (movieIds.length > 0 ? ofMovies(movieIds) : withIds(fileIds)).map(write));
      },
    ],
    [
      'GET',
      '/api/v3/moviefile/:id#',
      (call) => {
        const [found] = withIds([Number(call.params['id'])]);
        return found ? json(200, write(found)) : notFound();
      },
    ],
    [
      'DELETE',
      '/api/v3/moviefile/bulk',
      (call) => {
        const ids = numbersOf(fieldsOf(call)['movieFileIds']);
        const found = withIds(ids);
        const problem = wrongRows(ids, found.length);
        if (problem) return problem;
        const refusal = found[0] && refuseDeletion(radarr, found[0].movie);
        if (refusal) return conflict(refusal);
        // In the order that was asked for: the first decides where the others are looked for.
        removeFiles(
          radarr,
          ids.flatMap((id) => found.filter(({ file }) => file.id === id)),
        );
        return json(200, {});
      },
    ],
    [
      'DELETE',
      '/api/v3/moviefile/:id#',
      (call) => {
        const found = withIds([Number(call.params['id'])]);
        if (!found[0]) return notFound();
        const refusal = refuseDeletion(radarr, found[0].movie);
        if (refusal) return conflict(refusal);
        removeFiles(radarr, found);
        return empty(200);
      },
    ],
  ];
}
