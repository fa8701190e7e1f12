import { ok, type Result } from '#core/result.ts';
import type { MonitoringChange } from '#features/cleanup/core/restore/restore-now.ts';
import type { StepProblem } from '#features/cleanup/server/ports.ts';
import { inSteps } from '../failures.ts';
import type { Servarr } from '../servarr/session.ts';
import { readWhole } from './unmonitor.ts';

const CHANGE_TIMEOUT_MS = 60_000;

/** Only what is named is changed. Whether it was, the look that follows tells (T-08). */
export async function changeMonitoring(
  servarr: Servarr,
  id: number,
  { monitored, seasons, episodes }: MonitoringChange,
): Promise<Result<void, StepProblem>> {
  if (monitored !== null || seasons.length > 0) {
    const set = await putWhole(servarr, id, { monitored, seasons });
    if (!set.ok) return set;
  }
  for (const wanted of [true, false]) {
    const ids = episodes.filter((one) => one.monitored === wanted).map(({ externalId }) => externalId);
    const set = ids.length > 0 ? await setEpisodes(servarr, ids, wanted) : ok(undefined);
    if (!set.ok) return set;
  }
  return ok(undefined);
}

/** The show as just read is sent back with these switches set: a PUT replaces the whole (T-04). */
async function putWhole(
  servarr: Servarr,
  id: number,
  { monitored, seasons }: Pick<MonitoringChange, 'monitored' | 'seasons'>,
): Promise<Result<void, StepProblem>> {
  const whole = await readWhole(servarr, id);
  if (!whole.ok) return whole;
  const wanted = new Map(seasons.map((season) => [season.number, season.monitored]));
  const json = {
    ...whole.value,
    ...(monitored === null ? {} : { monitored }),
    seasons: whole.value.seasons.map((season) => ({
      ...season,
      monitored: wanted.get(season.seasonNumber) ?? season.monitored,
    })),
  };
  return inSteps(servarr.send({ method: 'PUT', path: `series/${id}`, json, timeoutMs: CHANGE_TIMEOUT_MS }));
}

const setEpisodes = (servarr: Servarr, episodeIds: readonly number[], monitored: boolean) =>
  inSteps(
    servarr.send({
      method: 'PUT',
      path: 'episode/monitor',
      json: { episodeIds, monitored },
      timeoutMs: CHANGE_TIMEOUT_MS,
    }),
  );
