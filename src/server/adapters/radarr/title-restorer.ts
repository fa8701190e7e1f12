import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { AddedTitle, RestoreNow } from '#features/cleanup/core/restore/restore-now.ts';
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
import { edited, foundMovie, movie, type Movie } from './schemas.ts';
import { exclusionsOf } from './title-settings.ts';

const CHANGE_TIMEOUT_MS = 60_000;

/** Brings films back to Radarr. It adds and switches; it has no call that deletes a film or a file. */
export function createRadarrRestorer(http: Http, target: ConnectionTarget): TitleRestorer {
  const servarr = openServarr(http, target, 'Radarr');
  return {
    find: (title) => inSteps(find(servarr, title)),
    places: () => inSteps(readPlaces(servarr)),
    unexclude: (title) => inSteps(unexclude(servarr, title)),
    add: (title) => inSteps(add(servarr, title)),
    monitor: (id, { monitored }) => inSteps(monitor(servarr, id, monitored)),
    search: (id) => inSteps(sendCommand(servarr, { name: 'MoviesSearch', movieIds: [id] })),
    recycleBin: () => inSteps(readRecycleBin(servarr)),
  };
}

async function find(
  servarr: Servarr,
  title: RestoreTarget,
): Promise<Result<Omit<RestoreNow, 'places'>, CallFailure>> {
  const found = await findMovie(servarr, title);
  if (!found.ok) return found;
  const excluded = title.tmdb === null ? ok([]) : await exclusionsOf(servarr, title.tmdb);
  if (!excluded.ok) return excluded;
  const film = found.value;
  return ok({
    isExcluded: excluded.value.length > 0,
    title: film && {
      externalId: film.id,
      path: film.path,
      monitored: film.monitored,
      seasons: [],
      episodes: [],
    },
  });
}

/** T-02: whatever the query was for, only the film with this identity is taken for an answer. */
async function findMovie(
  servarr: Servarr,
  { externalId, tmdb }: RestoreTarget,
): Promise<Result<Movie | null, CallFailure>> {
  if (tmdb === null) {
    const found = await servarr.find({ path: `movie/${externalId}` }, movie);
    return found.ok && found.value?.id !== externalId ? ok(null) : found;
  }
  const query = { tmdbId: tmdb, excludeLocalCovers: true };
  const list = await servarr.json({ path: 'movie', query }, z.array(movie));
  return list.ok ? ok(list.value.find((film) => film.tmdbId === tmdb) ?? null) : list;
}

async function unexclude(servarr: Servarr, { tmdb }: RestoreTarget): Promise<Result<void, CallFailure>> {
  if (tmdb === null) return ok(undefined);
  const ids = await exclusionsOf(servarr, tmdb);
  return ids.ok ? removeExclusions(servarr, 'exclusions', ids.value) : ids;
}

async function add(servarr: Servarr, title: AddedTitle): Promise<Result<void, CallFailure>> {
  const query = { tmdbId: title.tmdb ?? 0 };
  const known = await servarr.json({ path: 'movie/lookup/tmdb', query }, foundMovie);
  if (!known.ok) return known;
  if (known.value.tmdbId !== title.tmdb) return err({ code: 'call.wrong-identity', what: 'film' });
  const qualityProfileId = await profileNumber(servarr, title.qualityProfile);
  if (!qualityProfileId.ok) return qualityProfileId;
  const tags = await numbersOf(servarr, title.tags);
  if (!tags.ok) return tags;
  const json = {
    ...known.value,
    ...(title.path === null ? { rootFolderPath: title.rootFolder } : { path: title.path }),
    qualityProfileId: qualityProfileId.value,
    tags: tags.value,
    monitored: title.monitored,
    minimumAvailability: title.minimumAvailability ?? 'released',
    // Searching is a step of its own, so that it is written down and its failure told.
    addOptions: { monitor: title.monitored ? 'movieOnly' : 'none', searchForMovie: false },
  };
  return servarr.send({ method: 'POST', path: 'movie', json, timeoutMs: CHANGE_TIMEOUT_MS });
}

/** Through the editor, because a PUT of the film would replace its tags and profile by what we happen to send (T-04). */
async function monitor(
  servarr: Servarr,
  id: number,
  monitored: boolean | null,
): Promise<Result<void, CallFailure>> {
  if (monitored === null) return ok(undefined);
  const json = { movieIds: [id], monitored };
  const call = { method: 'PUT', path: 'movie/editor', json, timeoutMs: CHANGE_TIMEOUT_MS } as const;
  const changed = await servarr.json(call, z.array(edited));
  return changed.ok ? ok(undefined) : changed;
}
