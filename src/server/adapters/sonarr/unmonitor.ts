import { z } from 'zod';
import { err, ok, type Result } from '#core/result.ts';
import type { StepProblem } from '#features/cleanup/server/ports.ts';
import { isUnanswered, toStepProblem, type CallFailure } from '../failures.ts';
import type { Servarr } from '../servarr/session.ts';
import { episode, wholeSeries, type Episode } from './schemas.ts';

const CHANGE_TIMEOUT_MS = 60_000;
type WholeSeries = z.infer<typeof wholeSeries>;

/** A change that got no answer may have been made (T-08), so what is true afterwards decides, not the answer. */
const mayBeDone = (result: Result<unknown, CallFailure>): boolean => result.ok || isUnanswered(result.error);

/** The show as Sonarr has it, to be sent back whole with one thing changed. */
export async function readWhole(servarr: Servarr, id: number): Promise<Result<WholeSeries, StepProblem>> {
  const found = await servarr.find({ path: `series/${id}` }, wholeSeries);
  if (!found.ok) return err(toStepProblem(found.error));
  return found.value?.id === id ? ok(found.value) : err({ code: 'step.changed', what: 'show' });
}

/** Through the editor, which changes nothing but what it is told (T-04). */
export async function unmonitorShow(servarr: Servarr, id: number): Promise<Result<void, StepProblem>> {
  const call = {
    method: 'PUT',
    path: 'series/editor',
    json: { seriesIds: [id], monitored: false },
    timeoutMs: CHANGE_TIMEOUT_MS,
  } as const;
  const changed = await servarr.send(call);
  if (!changed.ok && !mayBeDone(changed)) return err(toStepProblem(changed.error));
  const now = await readWhole(servarr, id);
  if (!now.ok) return now;
  return now.value['monitored'] === false
    ? ok(undefined)
    : err({ code: 'step.still-there', what: 'monitored' });
}

const isMonitored = (whole: WholeSeries, seasonNumber: number): boolean | undefined =>
  whole.seasons.find((season) => season.seasonNumber === seasonNumber)?.monitored;

/**
 * The show as just read, with this one season changed, is sent back whole (T-04); that also unmonitors the season's
 * episodes. `seasonpass` would leave them monitored, and Sonarr would fetch them again.
 */
export async function unmonitorSeason(
  servarr: Servarr,
  id: number,
  seasonNumber: number,
): Promise<Result<void, StepProblem>> {
  const before = await readWhole(servarr, id);
  if (!before.ok) return before;
  if (isMonitored(before.value, seasonNumber) === undefined)
    return err({ code: 'step.changed', what: 'season' });
  if (isMonitored(before.value, seasonNumber)) {
    const put = await putSeason(servarr, before.value, seasonNumber);
    if (!put.ok) return put;
  }
  return unmonitorEpisodes(servarr, id, seasonNumber);
}

async function putSeason(
  servarr: Servarr,
  whole: WholeSeries,
  seasonNumber: number,
): Promise<Result<void, StepProblem>> {
  const seasons = whole.seasons.map((season) =>
    season.seasonNumber === seasonNumber ? { ...season, monitored: false } : season,
  );
  const call = {
    method: 'PUT',
    path: `series/${whole.id}`,
    json: { ...whole, seasons },
    timeoutMs: CHANGE_TIMEOUT_MS,
  } as const;
  const changed = await servarr.send(call);
  if (!changed.ok && !mayBeDone(changed)) return err(toStepProblem(changed.error));
  const now = await readWhole(servarr, whole.id);
  if (!now.ok) return now;
  return isMonitored(now.value, seasonNumber) === false
    ? ok(undefined)
    : err({ code: 'step.still-there', what: 'monitored season' });
}

/** Which episodes of one show: the query may narrow the answer, and `isMeant` decides. */
type Meant = {
  seriesId: number;
  query?: { seasonNumber: number };
  isMeant: (one: Episode) => boolean;
};

/** The season may have been unmonitored long ago while somebody monitored single episodes of it (T-09). */
const unmonitorEpisodes = (servarr: Servarr, seriesId: number, seasonNumber: number) =>
  unmonitorEach(servarr, {
    seriesId,
    query: { seasonNumber },
    isMeant: (one) => one.seasonNumber === seasonNumber,
  });

/** T-05, T-08: every episode of the file and no other; the season and the show stay as they are. Zero is no file. */
export const unmonitorFile = (servarr: Servarr, seriesId: number, fileId: number) =>
  unmonitorEach(servarr, { seriesId, isMeant: (one) => fileId > 0 && one.episodeFileId === fileId });

async function monitoredEpisodes(
  servarr: Servarr,
  { seriesId, query, isMeant }: Meant,
): Promise<Result<Episode[], StepProblem>> {
  const all = await servarr.json({ path: 'episode', query: { seriesId, ...query } }, z.array(episode));
  if (!all.ok) return err(toStepProblem(all.error));
  // T-03: never trust the filter of the query; every other episode stays as it is.
  return ok(all.value.filter((one) => one.seriesId === seriesId && one.monitored && isMeant(one)));
}

async function unmonitorEach(servarr: Servarr, meant: Meant): Promise<Result<void, StepProblem>> {
  const monitored = await monitoredEpisodes(servarr, meant);
  if (!monitored.ok || monitored.value.length === 0) return monitored.ok ? ok(undefined) : monitored;
  const json = { episodeIds: monitored.value.map(({ id }) => id), monitored: false };
  const changed = await servarr.send({
    method: 'PUT',
    path: 'episode/monitor',
    json,
    timeoutMs: CHANGE_TIMEOUT_MS,
  });
  if (!changed.ok && !mayBeDone(changed)) return err(toStepProblem(changed.error));
  const left = await monitoredEpisodes(servarr, meant);
  if (!left.ok) return left;
  return left.value.length === 0
    ? ok(undefined)
    : err({ code: 'step.still-there', what: 'monitored episodes' });
}
