import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { MediaManager, Scope, StepProblem, TitleNow } from '#features/cleanup/server/ports.ts';
import type { TitleSettings } from '#features/cleanup/core/removal/title-settings.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { inSteps, isOwnNotFound, type CallFailure } from '../failures.ts';
import { duplicateIsFine } from '../servarr/exclusion.ts';
import { checkTags, readTags } from '../servarr/labels.ts';
import { openServarr, type Servarr } from '../servarr/session.ts';
import { toTitleNow } from './mapping.ts';
import { episodeFile, series, type EpisodeFile, type Series } from './schemas.ts';
import { readEpisodes, readSettings } from './title-settings.ts';
import { unmonitorFile, unmonitorSeason, unmonitorShow } from './unmonitor.ts';

const CHANGE_TIMEOUT_MS = 60_000;

export function createSonarrManager(http: Http, target: ConnectionTarget): MediaManager {
  const servarr = openServarr(http, target, 'Sonarr');
  return {
    read: (id) => inSteps(readTitle(servarr, id)),
    settings: (id) => inSteps(settingsOf(servarr, id)),

    unmonitor: (id, scope) => unmonitor(servarr, id, scope),

    remove: (id, scope, { addImportExclusion, files }) =>
      inSteps(
        scope.type === 'title'
          ? removeShow(servarr, id, addImportExclusion)
          : removeFiles(servarr, id, scope, files),
      ),
  };
}

function unmonitor(servarr: Servarr, id: number, scope: Scope): Promise<Result<void, StepProblem>> {
  switch (scope.type) {
    case 'title':
      return unmonitorShow(servarr, id);
    case 'season':
      return unmonitorSeason(servarr, id, scope.number);
    case 'episode-file':
      return unmonitorFile(servarr, id, scope.file);
    default:
      return scope satisfies never;
  }
}

/** T-02: whatever was asked, only the show with this number is taken for an answer. */
async function findSeries(servarr: Servarr, id: number): Promise<Result<Series | null, CallFailure>> {
  const found = await servarr.find({ path: `series/${id}` }, series);
  if (!found.ok || found.value === null || found.value.id === id) return found;
  return err({ code: 'call.wrong-identity', what: 'show' });
}

async function readFiles(servarr: Servarr, seriesId: number): Promise<Result<EpisodeFile[], CallFailure>> {
  const files = await servarr.json({ path: 'episodefile', query: { seriesId } }, z.array(episodeFile));
  if (!files.ok) return files;
  const isOfAnother = files.value.some((file) => file.seriesId !== seriesId);
  return isOfAnother ? err({ code: 'call.wrong-identity', what: 'file' }) : files;
}

async function settingsOf(servarr: Servarr, id: number): Promise<Result<TitleSettings | null, CallFailure>> {
  const found = await findSeries(servarr, id);
  if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
  return readSettings(servarr, found.value);
}

async function readTitle(servarr: Servarr, id: number): Promise<Result<TitleNow | null, CallFailure>> {
  const found = await findSeries(servarr, id);
  if (!found.ok || found.value === null) return found.ok ? ok(null) : found;
  const [tags, files, episodes] = await Promise.all([
    readTags(servarr),
    readFiles(servarr, id),
    readEpisodes(servarr, id),
  ]);
  if (!tags.ok) return tags;
  const labels = checkTags(tags.value, [found.value]);
  if (!labels.ok) return labels;
  if (!files.ok) return files;
  if (!episodes.ok) return episodes;
  const parts = { files: files.value, episodes: episodes.value, tags: tags.value };
  return ok(toTitleNow(found.value, parts));
}

/** Sonarr answers 500 when asked to remove a show it does not know, so it is asked whether it does first. */
async function removeShow(
  servarr: Servarr,
  id: number,
  addImportExclusion: boolean,
): Promise<Result<void, CallFailure>> {
  const found = await findSeries(servarr, id);
  if (!found.ok || found.value === null) return found.ok ? ok(undefined) : found;
  if (addImportExclusion) {
    const excluded = await exclude(servarr, found.value);
    if (!excluded.ok) return excluded;
  }
  // Not Radarr's name (T-06): Sonarr ignores a name it does not know, and the show would come back.
  const query = { deleteFiles: true, addImportListExclusion: addImportExclusion };
  return servarr.send({ method: 'DELETE', path: `series/${id}`, query, timeoutMs: CHANGE_TIMEOUT_MS });
}

/** Before the removal, where a failure still stops it: the one that comes with a removal is written later, unheard. */
async function exclude(servarr: Servarr, { tvdbId, title }: Series): Promise<Result<void, CallFailure>> {
  if (!tvdbId) return ok(undefined);
  return duplicateIsFine(
    await servarr.send({ method: 'POST', path: 'importlistexclusion', json: { tvdbId, title } }),
  );
}

/**
 * Of the files named, those that are still in this season of this show, or the one file. One show per call, because Sonarr takes the
 * folder of the first file for all of them; each file once, because one stale or repeated number fails the whole call.
 */
async function removeFiles(
  servarr: Servarr,
  seriesId: number,
  scope: Exclude<Scope, { type: 'title' }>,
  named: readonly number[],
): Promise<Result<void, CallFailure>> {
  const files = await readFiles(servarr, seriesId);
  if (!files.ok) return files;
  const wanted = new Set(named);
  const isInScope = ({ id, seasonNumber: number }: EpisodeFile): boolean =>
    scope.type === 'season' ? number === scope.number : id === scope.file;
  const inScope = files.value.filter((file) => isInScope(file) && wanted.has(file.id));
  const episodeFileIds = [...new Set(inScope.map((file) => file.id))];
  if (episodeFileIds.length === 0) return ok(undefined);
  const call = {
    method: 'DELETE',
    path: 'episodefile/bulk',
    json: { episodeFileIds },
    timeoutMs: CHANGE_TIMEOUT_MS,
  } as const;
  const gone = await servarr.send(call);
  const isStale = !gone.ok && gone.error.code === 'http.status' && gone.error.status === 500;
  return isStale ? removeOneByOne(servarr, episodeFileIds) : gone;
}

async function removeOneByOne(servarr: Servarr, ids: readonly number[]): Promise<Result<void, CallFailure>> {
  for (const id of ids) {
    const gone = await servarr.send({
      method: 'DELETE',
      path: `episodefile/${id}`,
      timeoutMs: CHANGE_TIMEOUT_MS,
    });
    if (!gone.ok && !isOwnNotFound(gone.error)) return gone;
  }
  return ok(undefined);
}
