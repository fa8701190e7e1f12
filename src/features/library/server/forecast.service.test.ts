import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { DiskId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { createForecastService } from './forecast.service.ts';
import { fakeClock, fakeReader } from './ports.fake.ts';

const [films, shows, blind] = ['films', 'shows', 'blind'] as DiskId[] as [DiskId, DiskId, DiskId];
const GB = 1_000_000_000;

function setup() {
  const clock = fakeClock();
  const now = clock.now();
  const disk = (id: DiskId) => ({
    id,
    path: `/${id}`,
    totalBytes: known(1000 * GB),
    freeBytes: known(100 * GB),
    measuredBy: 'own' as const,
    rootFolders: [],
    folders: [],
    readAt: now,
  });
  const readingsOf = (diskId: DiskId, perDay: number, days = 20) =>
    Array.from({ length: days }, (_, index) => ({
      diskId,
      at: addDays(now, index - days + 1),
      totalBytes: 1000 * GB,
      freeBytes: 100 * GB + perDay * (days - 1 - index),
    }));
  const asked: Date[] = [];
  const service = createForecastService({
    reader: fakeReader({
      disks: async () => [
        disk(films),
        disk(shows),
        { ...disk(blind), freeBytes: unknown('service-not-read') },
      ],
      diskReadings: async (since) => {
        asked.push(since);
        return [...readingsOf(films, 0), ...readingsOf(shows, GB, 3), ...readingsOf(blind, GB)];
      },
    }),
    freedSince: async (since) =>
      Array.from({ length: 20 }, (_, index) => ({
        diskId: films,
        at: addDays(since, 41 + index),
        bytes: 2 * GB,
      })),
    clock,
  });
  return { service, now, asked };
}

test('C-21: each disk is judged by its own readings, and by what was removed from it', async () => {
  const { service, now, asked } = setup();
  const told = await service.forecasts();
  expect(told.get(films)).toMatchObject({ is: 'fills', fullAt: addDays(now, 50) });
  expect(told.get(shows)).toEqual({ is: 'few-days', days: 3, neededDays: 7 });
  expect(told.get(blind)).toMatchObject({ is: 'space-unknown', growth: { bytesPerDay: GB } });
  expect(asked).toEqual([addDays(now, -60)]);
});

test('growth leaves out what nobody can say yet', async () => {
  const growth = await setup().service.growth();
  expect([...growth]).toEqual([
    [films, 2 * GB],
    [blind, GB],
  ]);
});
