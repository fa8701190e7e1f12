import type { ShowRow, Title } from '../../seed/household.ts';
import { safeName } from '../../seed/paths.ts';
import { fieldsOf, json, jsonText, numbersOf, type Route } from '../http.ts';
import { nextId } from '../servarr/house.ts';
import { invalid } from '../servarr/problems.ts';
import type { Sonarr } from './resource.ts';
import type { createSeriesTexts } from './series.ts';

/** Shows of the database in the sky, whether they are in the house or not, and adding one of them. */
export function addingRoutes(sonarr: Sonarr, texts: ReturnType<typeof createSeriesTexts>): Route[] {
  const titles = Object.values(sonarr.world.household.titles).filter(({ kind }) => kind === 'show');
  return [
    [
      'GET',
      '/api/v3/series/lookup',
      (call) => {
        const term = call.query.get('term') ?? '';
        const id = /^tvdb(?:id)?:(\d+)$/.exec(term)?.[1];
        const isWanted = ({ tvdbId, name }: Title) =>
          id === undefined ? name.toLowerCase().includes(term.toLowerCase()) : String(tvdbId) === id;
        return json(
          200,
          titles.filter(isWanted).map((title) => found(sonarr, title)),
        );
      },
    ],
    [
      'POST',
      '/api/v3/series',
      (call) => {
        const fields = fieldsOf(call);
        const title = titles.find(({ tvdbId }) => tvdbId === fields['tvdbId']);
        if (!title) return invalid('TvdbId', 'A series with this ID was not found.', fields['tvdbId']);
        const show = rowOf(sonarr, title, fields);
        const refusal = refuse(sonarr, show, fields);
        if (refusal) return refusal;
        sonarr.house.shows.push(show);
        sonarr.world.changed();
        sonarr.world.afterwards(() => refresh(sonarr, show));
        return jsonText(201, texts.of(show));
      },
    ],
  ];
}

function found(sonarr: Sonarr, title: Title) {
  const show = sonarr.house.shows.find((one) => sonarr.world.household.titles[one.title] === title);
  const numbers = new Set((sonarr.episodesOf.get(keyOf(sonarr, title)) ?? []).map(({ season }) => season));
  return {
    ...(show ? { id: show.id, path: show.path } : {}),
    title: title.name,
    sortTitle: title.sortName,
    status: 'ended',
    year: title.year,
    tvdbId: title.tvdbId,
    imdbId: title.imdbId,
    titleSlug: title.key.replace(':', '-'),
    overview: title.overview,
    genres: title.genres,
    runtime: title.runtime,
    monitored: show?.monitored ?? true,
    seasonFolder: true,
    folder: folderOf(title),
    seasons: [...numbers].sort((a, b) => a - b).map((number) => ({ seasonNumber: number, monitored: true })),
    tags: [],
  };
}

const folderOf = ({ name, year }: Title): string => `${safeName(name)} (${String(year)})`;

const keyOf = ({ world: { household } }: Sonarr, title: Title): string =>
  Object.keys(household.titles).find((key) => household.titles[key] === title) ?? title.key;

type SeasonFields = { seasonNumber?: unknown; monitored?: unknown };

function rowOf(sonarr: Sonarr, title: Title, fields: Record<string, unknown>): ShowRow {
  const { path, rootFolderPath, seasons, seriesType } = fields;
  const root = typeof rootFolderPath === 'string' ? rootFolderPath.replace(/\/+$/, '') : '';
  const folder = typeof path === 'string' && path !== '' ? path : `${root}/${folderOf(title)}`;
  return {
    id: nextId(sonarr),
    title: keyOf(sonarr, title),
    path: folder,
    rootFolder: folder.slice(0, folder.lastIndexOf('/')),
    monitored: fields['monitored'] === true,
    monitorNewItems: fields['monitorNewItems'] === 'none' ? 'none' : 'all',
    seriesType: seriesType === 'daily' || seriesType === 'anime' ? seriesType : 'standard',
    status: 'ended',
    profileId: Number(fields['qualityProfileId']),
    tags: numbersOf(fields['tags']),
    addedAt: sonarr.world.now().toISOString(),
    seasons: (Array.isArray(seasons) ? (seasons as SeasonFields[]) : []).map((season) => ({
      number: Number(season.seasonNumber),
      monitored: season.monitored === true,
    })),
    episodes: [],
    files: [],
  };
}

function refuse({ house }: Sonarr, show: ShowRow, fields: Record<string, unknown>) {
  if (house.shows.some(({ title }) => title === show.title))
    return invalid('TvdbId', 'This series has already been added', fields['tvdbId']);
  if (house.shows.some(({ path }) => path === show.path))
    return invalid('Path', `Path '${show.path}' is already configured for an existing series`, show.path);
  if (!house.profiles.some(({ id }) => id === show.profileId))
    return invalid('QualityProfileId', 'Quality Profile does not exist', show.profileId);
  if (!house.rootFolders.some(({ path }) => path === show.rootFolder))
    return invalid('RootFolderPath', 'Root folder path does not exist', show.rootFolder);
  return undefined;
}

/** The episodes are fetched after the answer; each is monitored as its season was sent (`skip`). */
function refresh(sonarr: Sonarr, show: ShowRow): void {
  if (!sonarr.house.shows.includes(show)) return;
  show.episodes = (sonarr.episodesOf.get(show.title) ?? []).map((episode) => ({
    ...episode,
    id: nextId(sonarr),
    fileId: 0,
    monitored: show.seasons.find(({ number }) => number === episode.season)?.monitored ?? false,
  }));
  for (const number of new Set(show.episodes.map(({ season }) => season))) {
    if (!show.seasons.some((season) => season.number === number))
      show.seasons.push({ number, monitored: show.monitored && show.monitorNewItems === 'all' });
  }
  sonarr.forget(show.id);
}
