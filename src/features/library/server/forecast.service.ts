import type { DiskId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { FORECAST_READS_DAYS, forecastSpace, type Forecast, type Freed } from '../core/forecast.ts';
import type { Clock } from './ports.ts';
import type { LibraryReader } from './store.ports.ts';

export type ForecastDeps = {
  reader: Pick<LibraryReader, 'disks' | 'diskReadings'>;
  /** What was removed from a disk, and when: whoever removes things tells. */
  freedSince: (since: Date) => Promise<readonly (Freed & { diskId: DiskId })[]>;
  clock: Clock;
};

export type DiskForecasts = ReadonlyMap<DiskId, Forecast>;

/** C-21: when each disk is full if nothing changes. */
export function createForecastService({ reader, freedSince, clock }: ForecastDeps) {
  async function forecasts(): Promise<DiskForecasts> {
    const now = clock.now();
    const since = addDays(now, -FORECAST_READS_DAYS);
    const [disks, readings, freed] = await Promise.all([
      reader.disks(),
      reader.diskReadings(since),
      freedSince(since),
    ]);
    return new Map(
      disks.map(({ id, freeBytes }) => [
        id,
        forecastSpace({
          readings: readings.filter(({ diskId }) => diskId === id),
          freed: freed.filter(({ diskId }) => diskId === id),
          freeBytes: freeBytes.known ? freeBytes.value : null,
          now,
        }),
      ]),
    );
  }

  return {
    forecasts,

    /** What comes in a day; a disk of which that cannot be said yet is left out. */
    async growth(): Promise<ReadonlyMap<DiskId, number>> {
      const told = [...(await forecasts())];
      return new Map(
        told.flatMap(([id, forecast]) =>
          'growth' in forecast ? [[id, forecast.growth.bytesPerDay] as const] : [],
        ),
      );
    },
  };
}
