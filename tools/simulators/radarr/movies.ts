import type { MovieRow } from '../../seed/household.ts';
import {
  empty,
  fieldsOf,
  isTrue,
  json,
  jsonText,
  numbersOf,
  type Call,
  type Reply,
  type Route,
} from '../http.ts';
import { invalid, notFound, wrongRows } from '../servarr/problems.ts';
import { removeMovies } from './removal.ts';
import { movieResource, type Radarr } from './resource.ts';

/** One text per film, written when first asked for: ten thousand films are joined, not serialised, for each list. */
export function createMovieTexts(radarr: Radarr) {
  const texts = new Map<number, string>();
  return {
    forget: (id?: number): void => {
      if (id === undefined) texts.clear();
      else texts.delete(id);
    },
    of: (movie: MovieRow): string => {
      const known = texts.get(movie.id);
      if (known !== undefined) return known;
      const made = JSON.stringify(movieResource(radarr, movie));
      texts.set(movie.id, made);
      return made;
    },
  };
}

export function movieRoutes(radarr: Radarr, texts: ReturnType<typeof createMovieTexts>): Route[] {
  const { house, world } = radarr;
  const find = (call: Call) => house.movies.find((movie) => movie.id === Number(call.params['id']));
  const list = (movies: readonly MovieRow[], status = 200): Reply =>
    jsonText(status, `[${movies.map(texts.of).join(',')}]`);
  const all = (ids: readonly number[]): MovieRow[] => {
    const wanted = new Set(ids);
    return house.movies.filter((movie) => wanted.has(movie.id));
  };

  return [
    [
      'GET',
      '/api/v3/movie',
      (call) => {
        const tmdbId = call.query.get('tmdbId');
        if (tmdbId === null) return list(house.movies);
        return list(
          house.movies.filter((movie) => world.household.titles[movie.title]?.tmdbId === Number(tmdbId)),
        );
      },
    ],
    [
      'GET',
      '/api/v3/movie/:id#',
      (call) => {
        const movie = find(call);
        return movie ? jsonText(200, texts.of(movie)) : notFound();
      },
    ],
    [
      'PUT',
      '/api/v3/movie/editor',
      (call) => {
        const fields = fieldsOf(call);
        const ids = numbersOf(fields['movieIds']);
        const movies = all(ids);
        const problem = wrongRows(ids, movies.length);
        if (problem) return problem;
        movies.forEach((movie) => {
          edit(movie, fields);
          radarr.forget(movie.id);
        });
        world.changed();
        return list(movies, 202);
      },
    ],
    [
      'DELETE',
      '/api/v3/movie/editor',
      (call) => {
        const fields = fieldsOf(call);
        const ids = numbersOf(fields['movieIds']);
        const movies = all(ids);
        const problem = wrongRows(ids, movies.length);
        if (problem) return problem;
        removeMovies(radarr, movies, {
          deleteFiles: isTrue(fields['deleteFiles']),
          addImportExclusion: isTrue(fields['addImportExclusion']),
        });
        return json(200, {});
      },
    ],
    [
      'PUT',
      '/api/v3/movie/:id#',
      (call) => {
        const movie = find(call);
        if (!movie) return notFound();
        const refusal = replace(radarr, movie, fieldsOf(call));
        if (refusal) return refusal;
        radarr.forget(movie.id);
        world.changed();
        return jsonText(202, texts.of(movie));
      },
    ],
    [
      'DELETE',
      '/api/v3/movie/:id#',
      (call) => {
        const movie = find(call);
        if (!movie) return notFound();
        removeMovies(radarr, [movie], {
          deleteFiles: isTrue(call.query.get('deleteFiles')),
          addImportExclusion: isTrue(call.query.get('addImportExclusion')),
        });
        return empty(200);
      },
    ],
  ];
}

/** Only what is there is changed. */
export function edit(
  row: Pick<MovieRow, 'monitored' | 'tags' | 'profileId'>,
  fields: Record<string, unknown>,
): void {
  const { monitored, tags, applyTags, qualityProfileId } = fields;
  if (typeof monitored === 'boolean') row.monitored = monitored;
  if (typeof qualityProfileId === 'number') row.profileId = qualityProfileId;
  if (!Array.isArray(tags)) return;
  const given = numbersOf(tags);
  const rest = row.tags.filter((tag) => !given.includes(tag));
  if (applyTags === 'remove') row.tags = rest;
  else if (applyTags === 'replace') row.tags = [...given];
  else row.tags = [...new Set([...row.tags, ...given])];
}

/** A PUT replaces: tags that are not sent are gone, and what is not sent as unmonitored is monitored (T-04). */
function replace(radarr: Radarr, movie: MovieRow, fields: Record<string, unknown>): Reply | undefined {
  const { qualityProfileId, monitored, tags, path, minimumAvailability } = fields;
  if (!radarr.house.profiles.some((profile) => profile.id === qualityProfileId)) {
    return invalid('QualityProfileId', 'Quality Profile does not exist', qualityProfileId);
  }
  movie.profileId = Number(qualityProfileId);
  movie.monitored = typeof monitored === 'boolean' ? monitored : true;
  movie.tags = numbersOf(tags);
  if (typeof path === 'string' && path !== '') movie.path = path;
  movie.minimumAvailability =
    minimumAvailability === 'announced' || minimumAvailability === 'inCinemas'
      ? minimumAvailability
      : 'released';
  return undefined;
}
