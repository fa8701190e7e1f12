import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { AddedTitle, RestoreNow, SearchScope } from '#features/cleanup/core/restore/restore-now.ts';
import type { RestoreTarget, TitleRestorer } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { inSteps, type CallFailure } from '../failures.ts';
import { sendCommand } from '../servarr/command.ts';
import { removeExclusions } from '../servarr/exclusions.ts';
import { numbersOf } from '../servarr/labels.ts';
import { profileNumber, readPlaces } from '../servarr/places.ts';
import { readRecycleBin } from '../servarr/recycle-bin.ts';
import { openServarr, type Servarr } from '../servarr/session.ts';
import { changeMonitoring } from './monitor.ts';
import { foundSeries, series, type Series } from './schemas.ts';
import { exclusionsOf, readEpisodes } from './title-settings.ts';

const CHANGE_TIMEOUT_MS = 60_000;
const LOOKUP_TIMEOUT_MS = 60_000;

/** Brings shows back to Sonarr. It adds and switches; it has no call that deletes a show or a file. */
export function createSonarrRestorer(http: Http, target: ConnectionTarget): TitleRestorer {
  const servarr = openServarr(http, target, 'Sonarr');
  return {
    find: (title) => inSteps(find(servarr, title)),
    places: () => inSteps(readPlaces(servarr)),
    unexclude: (title) => inSteps(unexclude(servarr, title)),
    add: (title) => inSteps(add(servarr, title)),
    monitor: (id, change) => changeMonitoring(servarr, id, change),
    search: (id, scope) => inSteps(sendCommand(servarr, searchCommand(id, scope))),
    recycleBin: () => inSteps(readRecycleBin(servarr)),
  };
}

async function find(
  servarr: Servarr,
  title: RestoreTarget,
): Promise<Result<Omit<RestoreNow, 'places'>, CallFailure>> {
  const found = await findSeries(servarr, title);
  if (!found.ok) return found;
  const excluded = title.tvdb === null ? ok([]) : await exclusionsOf(servarr, title.tvdb);
  if (!excluded.ok) return excluded;
  const isExcluded = excluded.value.length > 0;
  const show = found.value;
  if (show === null) return ok({ isExcluded, title: null });
  const episodes = await readEpisodes(servarr, show.id);
  if (!episodes.ok) return episodes;
  return ok({
    isExcluded,
    title: {
      externalId: show.id,
      path: show.path,
      monitored: show.monitored,
      seasons: (show.seasons ?? []).map(({ seasonNumber, monitored }) => ({
        number: seasonNumber,
        monitored,
      })),
      episodes: episodes.value,
    },
  });
}

/** T-02: whatever the query was for, only the show with this identity is taken for an answer. */
async function findSeries(
  servarr: Servarr,
  { externalId, tvdb }: RestoreTarget,
): Promise<Result<Series | null, CallFailure>> {
  if (tvdb === null) {
    const found = await servarr.find({ path: `series/${externalId}` }, series);
    return found.ok && found.value?.id !== externalId ? ok(null) : found;
  }
  const list = await servarr.json({ path: 'series', query: { tvdbId: tvdb } }, z.array(series));
  return list.ok ? ok(list.value.find((show) => show.tvdbId === tvdb) ?? null) : list;
}

async function unexclude(servarr: Servarr, { tvdb }: RestoreTarget): Promise<Result<void, CallFailure>> {
  if (tvdb === null) return ok(undefined);
  const ids = await exclusionsOf(servarr, tvdb);
  return ids.ok ? removeExclusions(servarr, 'importlistexclusion', ids.value) : ids;
}

async function add(servarr: Servarr, title: AddedTitle): Promise<Result<void, CallFailure>> {
  const query = { term: `tvdb:${title.tvdb ?? 0}` };
  const lookup = { path: 'series/lookup', query, timeoutMs: LOOKUP_TIMEOUT_MS };
  const list = await servarr.json(lookup, z.array(foundSeries));
  if (!list.ok) return list;
  const known = list.value.find((one) => one.tvdbId === title.tvdb);
  if (!known) return err({ code: 'call.wrong-identity', what: 'show' });
  const qualityProfileId = await profileNumber(servarr, title.qualityProfile);
  if (!qualityProfileId.ok) return qualityProfileId;
  const tags = await numbersOf(servarr, title.tags);
  if (!tags.ok) return tags;
  const json = {
    ...known,
    ...(title.path === null ? { rootFolderPath: title.rootFolder } : { path: title.path }),
    qualityProfileId: qualityProfileId.value,
    tags: tags.value,
    monitored: title.monitored,
    ...showFields(title),
    // `skip` keeps to the seasons as they are sent; every other word would choose the episodes anew.
    addOptions: { monitor: 'skip', searchForMissingEpisodes: false, searchForCutoffUnmetEpisodes: false },
  };
  return servarr.send({ method: 'POST', path: 'series', json, timeoutMs: CHANGE_TIMEOUT_MS });
}

const showFields = ({ show }: AddedTitle) => ({
  seriesType: show?.seriesType ?? 'standard',
  monitorNewItems: show?.monitorNewItems ?? 'all',
  seasonFolder: show?.seasonFolder ?? true,
  seasons: (show?.seasons ?? []).map(({ number, monitored }) => ({ seasonNumber: number, monitored })),
});

function searchCommand(seriesId: number, scope: SearchScope) {
  switch (scope.type) {
    case 'title':
      return { name: 'SeriesSearch', seriesId };
    case 'season':
      return { name: 'SeasonSearch', seriesId, seasonNumber: scope.number };
    case 'episodes':
      return { name: 'EpisodeSearch', episodeIds: scope.externalIds };
    default:
      return scope satisfies never;
  }
}
