import { addDays } from '#core/time-span.ts';
import { FORECAST_READS_DAYS } from '#features/library/core/forecast.ts';
import { live } from '#ui/topics.ts';
import type { PageServerLoad } from './$types';
import { diskLine, largest } from './storage-charts.ts';

const AHEAD_DAYS = 60;
const SHARES = 12;

export const load: PageServerLoad = async ({ locals, depends }) => {
  depends(live('library'), live('plans'), live('runs'));
  const { library, planning, forecasts, storage } = locals.app;
  const now = new Date();
  const [disks, readings, told, plans, freed, requesters, qualities] = await Promise.all([
    library.disks(),
    library.diskReadings(addDays(now, -FORECAST_READS_DAYS)),
    forecasts(),
    planning.lastPlans(),
    storage.freedByMonth(),
    storage.byRequester(),
    storage.byQuality(),
  ]);

  return {
    now,
    disks: disks.map(({ id, path, freeBytes, totalBytes }) => {
      const forecast = told.get(id) ?? null;
      const free = freeBytes.known ? freeBytes.value : null;
      const own = readings.filter(({ diskId }) => diskId === id);
      return {
        id,
        path,
        totalBytes: totalBytes.known ? totalBytes.value : null,
        forecast,
        line: diskLine(own, { forecast, freeBytes: free, now, ahead: AHEAD_DAYS }),
      };
    }),
    policies: plans.flatMap(({ policy, lastPlan }) =>
      lastPlan
        ? [
            {
              id: policy.id,
              name: policy.name,
              next: lastPlan.totals.remove.bytes,
              leaving: lastPlan.totals.leavingSoon.bytes,
            },
          ]
        : [],
    ),
    freed,
    requesters: largest(requesters, SHARES),
    qualities: largest(qualities, SHARES),
  };
};
