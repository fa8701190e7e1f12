import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { MediaManager, StepProblem, TitleNow } from '#features/cleanup/server/ports.ts';
import type { TitleSettings } from '#features/cleanup/core/removal/title-settings.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { inSteps, isOwnNotFound, isUnanswered, toStepProblem, type CallFailure } from '../failures.ts';
import { duplicateIsFine } from '../servarr/exclusion.ts';
import { checkTags, readTags } from '../servarr/labels.ts';
import { openServarr, type Servarr } from '../servarr/session.ts';
import { toTitleNow } from './mapping.ts';
import { edited, movie, movieFile, type Movie } from './schemas.ts';
import { readSettings } from './title-settings.ts';

const CHANGE_TIMEOUT_MS = 60_000;

export function createRadarrManager(http: Http, target: ConnectionTarget): MediaManager {
  const servarr = openServarr(http, target, 'Radarr');
  return {
    read: (id) => inSteps(readTitle(servarr, id)),
    settings: (id) => inSteps(settingsOf(servarr, id)),

    unmonitor(id, scope) {
      if (scope.type !== 'title') throw new Error('A film has no seasons');
      return unmonitor(servarr, id);
    },

    remove(id, scope, { addImportExclusion }) {
      if (scope.type !== 'title') throw new Error('A film has no seasons');
      return inSteps(remove(servarr, id, addImportExclusion));
    },
  };
}

/** T-02: whatever was asked, only the film with this number is taken for an answer. */
async function findMovie(servarr: Servarr, id: number): Promise<Result<Movie | null, CallFailure>> {
  const found = await servarr.find({ path: `movie/${id}` }, movie);
  if (!found.ok || found.value === null || found.value.id === id) return found;
  return err({ code: 'call.wrong-identity', what: 'film' });
}

async function settingsOf(servarr: Servarr, id: number): Promise<Result<TitleSettings | null, CallFailure>> {
  const found = await findMovie(servarr, id);
  if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
  return readSettings(servarr, found.value);
}

async function readTitle(servarr: Servarr, id: number): Promise<Result<TitleNow | null, CallFailure>> {
  const found = await findMovie(servarr, id);
  if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
  const [tags, files] = await Promise.all([
    readTags(servarr),
    servarr.json({ path: 'moviefile', query: { movieId: id } }, z.array(movieFile)),
  ]);
  if (!tags.ok) return tags;
  const labels = checkTags(tags.value, [found.value]);
  if (!labels.ok) return labels;
  if (!files.ok) return files;
  if (files.value.some((file) => file.movieId !== id))
    return err({ code: 'call.wrong-identity', what: 'file' });
  return ok(toTitleNow(found.value, files.value, tags.value));
}

/** Through the editor, because a PUT of the film would replace its tags and profile by what we happen to send (T-04). */
async function unmonitor(servarr: Servarr, id: number): Promise<Result<void, StepProblem>> {
  const call = {
    method: 'PUT',
    path: 'movie/editor',
    json: { movieIds: [id], monitored: false },
    timeoutMs: CHANGE_TIMEOUT_MS,
  } as const;
  const changed = await servarr.json(call, z.array(edited));
  if (!changed.ok && !isUnanswered(changed.error)) return err(toStepProblem(changed.error));
  const now = await findMovie(servarr, id);
  if (!now.ok) return err(toStepProblem(now.error));
  if (now.value === null) return err({ code: 'step.changed', what: 'film' });
  return now.value.monitored ? err({ code: 'step.still-there', what: 'monitored' }) : ok(undefined);
}

/** Gone already is as good as removed: the saga reads again either way. The answer comes before the files go. */
async function remove(
  servarr: Servarr,
  id: number,
  addImportExclusion: boolean,
): Promise<Result<void, CallFailure>> {
  const found = await findMovie(servarr, id);
  if (!found.ok || found.value === null) return found.ok ? ok(undefined) : found;
  if (addImportExclusion) {
    const excluded = await exclude(servarr, found.value);
    if (!excluded.ok) return excluded;
  }
  const query = { deleteFiles: true, addImportExclusion };
  const gone = await servarr.send({
    method: 'DELETE',
    path: `movie/${id}`,
    query,
    timeoutMs: CHANGE_TIMEOUT_MS,
  });
  return !gone.ok && isOwnNotFound(gone.error) ? ok(undefined) : gone;
}

/**
 * Radarr writes the exclusion that comes with a removal some time later, and nobody hears when that fails. So it is
 * written before, where a failure still stops the removal.
 */
async function exclude(servarr: Servarr, { tmdbId, title, year }: Movie): Promise<Result<void, CallFailure>> {
  if (!tmdbId) return ok(undefined);
  const json = { tmdbId, movieTitle: title, movieYear: year ?? 0 };
  return duplicateIsFine(await servarr.send({ method: 'POST', path: 'exclusions', json }));
}
