import type { MovieRow, Title } from '../../seed/household.ts';
import { safeName } from '../../seed/paths.ts';
import { fieldsOf, json, jsonText, numbersOf, type Route } from '../http.ts';
import { nextId } from '../servarr/house.ts';
import { invalid, notFound } from '../servarr/problems.ts';
import type { createMovieTexts } from './movies.ts';
import type { Radarr } from './resource.ts';

/** Films of the database in the sky, whether they are in the house or not, and adding one of them. */
export function addingRoutes(radarr: Radarr, texts: ReturnType<typeof createMovieTexts>): Route[] {
  const titles = Object.values(radarr.world.household.titles).filter(({ kind }) => kind === 'film');
  const named = (term: string) =>
    titles.filter(({ name, tmdbId, imdbId }) => {
      const [, base, id] = /^(tmdb|imdb):(\w+)$/.exec(term) ?? [];
      if (base === undefined) return name.toLowerCase().includes(term.toLowerCase());
      return base === 'tmdb' ? String(tmdbId) === id : imdbId === id;
    });

  return [
    [
      'GET',
      '/api/v3/movie/lookup',
      (call) =>
        json(
          200,
          named(call.query.get('term') ?? '').map((title) => found(radarr, title)),
        ),
    ],
    [
      'GET',
      '/api/v3/movie/lookup/tmdb',
      (call) => {
        const title = titles.find(({ tmdbId }) => tmdbId === Number(call.query.get('tmdbId')));
        return title ? json(200, found(radarr, title)) : notFound();
      },
    ],
    [
      'POST',
      '/api/v3/movie',
      (call) => {
        const fields = fieldsOf(call);
        const title = titles.find(({ tmdbId }) => tmdbId === fields['tmdbId']);
        if (!title) return invalid('TmdbId', 'A movie with this ID was not found.', fields['tmdbId']);
        const movie = rowOf(radarr, title, fields);
        const refusal = refuse(radarr, movie, fields);
        if (refusal) return refusal;
        radarr.house.movies.push(movie);
        radarr.world.changed();
        return jsonText(201, texts.of(movie));
      },
    ],
  ];
}

/** A film that is not in the house has no number and no folder yet. */
function found(radarr: Radarr, title: Title) {
  const movie = radarr.house.movies.find((one) => radarr.world.household.titles[one.title] === title);
  return {
    ...(movie ? { id: movie.id, path: movie.path } : {}),
    title: title.name,
    originalTitle: title.name,
    sortTitle: title.sortName,
    year: title.year,
    tmdbId: title.tmdbId,
    imdbId: title.imdbId,
    titleSlug: String(title.tmdbId),
    overview: title.overview,
    genres: title.genres,
    runtime: title.runtime,
    status: 'released',
    monitored: movie?.monitored ?? false,
    hasFile: movie ? movie.file !== null : false,
    folder: folderOf(title),
    tags: [],
  };
}

const folderOf = ({ name, year }: Title): string => `${safeName(name)} (${String(year)})`;

function rowOf(radarr: Radarr, title: Title, fields: Record<string, unknown>): MovieRow {
  const { path, rootFolderPath, qualityProfileId, tags, monitored, minimumAvailability } = fields;
  const root = typeof rootFolderPath === 'string' ? rootFolderPath.replace(/\/+$/, '') : '';
  const folder = typeof path === 'string' && path !== '' ? path : `${root}/${folderOf(title)}`;
  const { household, now } = radarr.world;
  return {
    id: nextId(radarr),
    title: Object.keys(household.titles).find((key) => household.titles[key] === title) ?? title.key,
    path: folder,
    rootFolder: folder.slice(0, folder.lastIndexOf('/')),
    monitored: monitored === true,
    profileId: Number(qualityProfileId),
    tags: numbersOf(tags),
    addedAt: now().toISOString(),
    status: 'released',
    minimumAvailability:
      minimumAvailability === 'announced' || minimumAvailability === 'inCinemas'
        ? minimumAvailability
        : 'released',
    file: null,
  };
}

function refuse({ house }: Radarr, movie: MovieRow, fields: Record<string, unknown>) {
  if (house.movies.some(({ title }) => title === movie.title))
    return invalid('TmdbId', 'This movie has already been added', fields['tmdbId']);
  if (house.movies.some(({ path }) => path === movie.path))
    return invalid('Path', `Path '${movie.path}' is already configured for an existing movie`, movie.path);
  if (!house.profiles.some(({ id }) => id === movie.profileId))
    return invalid('QualityProfileId', 'Quality Profile does not exist', movie.profileId);
  if (!house.rootFolders.some(({ path }) => path === movie.rootFolder))
    return invalid('RootFolderPath', `Root folder path does not exist`, movie.rootFolder);
  return undefined;
}
