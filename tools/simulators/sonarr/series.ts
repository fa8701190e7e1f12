import type { ShowRow } from '../../seed/household.ts';
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
import { edit } from '../radarr/movies.ts';
import { invalid, notFound, wrongRows } from '../servarr/problems.ts';
import { monitorSeason } from './monitoring.ts';
import { removeShows } from './removal.ts';
import { seriesResource, type Sonarr } from './resource.ts';

export function createSeriesTexts(sonarr: Sonarr) {
  const texts = new Map<number, string>();
  return {
    forget: (id?: number): void => {
      if (id === undefined) texts.clear();
      else texts.delete(id);
    },
    of: (show: ShowRow): string => {
      const known = texts.get(show.id);
      if (known !== undefined) return known;
      const made = JSON.stringify(seriesResource(sonarr, show));
      texts.set(show.id, made);
      return made;
    },
  };
}

export function seriesRoutes(sonarr: Sonarr, texts: ReturnType<typeof createSeriesTexts>): Route[] {
  const { house, world } = sonarr;
  const find = (call: Call) => house.shows.find((show) => show.id === Number(call.params['id']));
  const list = (shows: readonly ShowRow[], status = 200): Reply =>
    jsonText(status, `[${shows.map(texts.of).join(',')}]`);
  const all = (ids: readonly number[]): ShowRow[] => {
    const wanted = new Set(ids);
    return house.shows.filter((show) => wanted.has(show.id));
  };
  const changed = (show: ShowRow): void => {
    sonarr.forget(show.id);
    world.changed();
  };

  return [
    [
      'GET',
      '/api/v3/series',
      (call) => {
        const tvdbId = call.query.get('tvdbId');
        if (tvdbId === null) return list(house.shows);
        return list(
          house.shows.filter((show) => world.household.titles[show.title]?.tvdbId === Number(tvdbId)),
        );
      },
    ],
    [
      'GET',
      '/api/v3/series/:id#',
      (call) => {
        const show = find(call);
        return show ? jsonText(200, texts.of(show)) : notFound();
      },
    ],
    [
      'PUT',
      '/api/v3/series/editor',
      (call) => {
        const fields = fieldsOf(call);
        const ids = numbersOf(fields['seriesIds']);
        const shows = all(ids);
        const problem = wrongRows(ids, shows.length);
        if (problem) return problem;
        for (const show of shows) {
          edit(show, fields);
          const { monitorNewItems } = fields;
          if (monitorNewItems === 'all' || monitorNewItems === 'none') show.monitorNewItems = monitorNewItems;
          changed(show);
        }
        return list(shows, 202);
      },
    ],
    [
      'DELETE',
      '/api/v3/series/editor',
      (call) => {
        const fields = fieldsOf(call);
        const ids = numbersOf(fields['seriesIds']);
        const shows = all(ids);
        const problem = wrongRows(ids, shows.length);
        if (problem) return problem;
        removeShows(sonarr, shows, {
          deleteFiles: isTrue(fields['deleteFiles']),
          exclude: isTrue(fields['addImportListExclusion']),
        });
        return json(200, {});
      },
    ],
    [
      'PUT',
      '/api/v3/series/:id#',
      (call) => {
        const show = find(call);
        if (!show) return notFound();
        const refusal = replace(sonarr, show, fieldsOf(call));
        if (refusal) return refusal;
        changed(show);
        return jsonText(202, texts.of(show));
      },
    ],
    // An unknown show is a server error here, not a 404.
    [
      'DELETE',
      '/api/v3/series/:id#',
      (call) => {
        const show = find(call);
        if (!show) return json(500, { message: `Series with ID ${call.params['id'] ?? ''} does not exist` });
        removeShows(sonarr, [show], {
          deleteFiles: isTrue(call.query.get('deleteFiles')),
          exclude: isTrue(call.query.get('addImportListExclusion')),
        });
        return empty(200);
      },
    ],
  ];
}

type SeasonFields = { seasonNumber?: unknown; monitored?: unknown };

/** Replaces as Radarr does; a season that changes takes its episodes along, one that does not leaves them as they are. */
function replace(sonarr: Sonarr, show: ShowRow, fields: Record<string, unknown>): Reply | undefined {
  const { qualityProfileId, monitored, tags, path, monitorNewItems, seasons } = fields;
  if (!sonarr.house.profiles.some((profile) => profile.id === qualityProfileId)) {
    return invalid('QualityProfileId', 'Quality Profile does not exist', qualityProfileId);
  }
  show.profileId = Number(qualityProfileId);
  show.monitored = typeof monitored === 'boolean' ? monitored : true;
  show.tags = numbersOf(tags);
  show.monitorNewItems = monitorNewItems === 'none' ? 'none' : 'all';
  if (typeof path === 'string' && path !== '') show.path = path;
  for (const season of Array.isArray(seasons) ? (seasons as SeasonFields[]) : []) {
    monitorSeason(show, Number(season.seasonNumber), season.monitored === true);
  }
  return undefined;
}
