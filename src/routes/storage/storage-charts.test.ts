import { expect, test } from 'vitest';
import type { DiskId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { diskLine, largest } from './storage-charts.ts';

const now = new Date('2026-06-10T12:00:00Z');
const diskId = 'disk' as DiskId;
const reading = (daysAgo: number, freeBytes: number) => ({ diskId, at: addDays(now, -daysAgo), freeBytes });
const lasts = { is: 'lasts', days: 365, growth: { bytesPerDay: 4, low: 4, high: 4 } } as const;

test('of each day the last reading is drawn, and the forecast goes on from the newest', () => {
  const readings = [reading(1.4, 30), reading(1.2, 25), reading(0, 10)];
  const line = diskLine(readings, { forecast: lasts, freeBytes: 10, now, ahead: 3 });
  expect(line.past).toEqual([25, 10, null, null, null]);
  expect(line.ahead).toEqual([null, 10, 6, 2, 0]);
  expect(line.days.slice(2)).toEqual([addDays(now, 1), addDays(now, 2), addDays(now, 3)]);
});

test('without a forecast only what was is drawn', () => {
  const forecast = { is: 'few-days', days: 1, neededDays: 7 } as const;
  expect(diskLine([reading(0, 10)], { forecast, freeBytes: 10, now, ahead: 3 })).toEqual({
    days: [now],
    past: [10],
    ahead: [null],
  });
});

test('many small shares become one, and a single one does not', () => {
  const shares = [5, 4, 3, 2].map((bytes) => ({ name: String(bytes), items: 1, bytes }));
  expect(largest(shares, 2)).toEqual({
    shares: shares.slice(0, 2),
    rest: { name: null, items: 2, bytes: 5 },
  });
  expect(largest(shares, 3)).toEqual({ shares, rest: null });
});
