import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#core/time-span.ts';
import { forecastSpace, type Forecast, type SpaceReading } from './forecast.ts';

const now = new Date('2026-06-01T12:00:00Z');
const GB = 1_000_000_000;
const TB = 1000 * GB;

/** One reading a day, the last one today. */
const daily = (used: readonly number[], totalBytes = TB): SpaceReading[] =>
  used.map((bytes, index) => ({
    at: addDays(now, index - used.length + 1),
    totalBytes,
    freeBytes: totalBytes - bytes,
  }));
const line = (days: number, perDay: number, from = 300 * GB): number[] =>
  Array.from({ length: days }, (_, index) => from + index * perDay);
const forecast = (
  readings: readonly SpaceReading[],
  more: Partial<Parameters<typeof forecastSpace>[0]> = {},
): Forecast =>
  forecastSpace({ readings, freed: [], freeBytes: readings.at(-1)?.freeBytes ?? null, now, ...more });
const slopeOf = (told: Forecast): number => ('growth' in told ? told.growth.bytesPerDay : NaN);

const lengths = fc.integer({ min: 7, max: 60 });
const slopes = fc.integer({ min: 1, max: 12 }).map((gigabytes) => gigabytes * GB);

describe('C-21: the forecast of a disk', () => {
  test('says how many days it needs when there are too few', () => {
    expect(forecast(daily(line(6, GB)))).toEqual({ is: 'few-days', days: 6, neededDays: 7 });
    expect(forecast([])).toEqual({ is: 'few-days', days: 0, neededDays: 7 });
  });

  test('a disk that fills by 10 GB a day with 200 GB free is full in 20 days', () => {
    const told = forecast(daily(line(30, 10 * GB, 510 * GB)));
    expect(told).toMatchObject({ is: 'fills', fullAt: addDays(now, 20), latest: addDays(now, 20) });
  });

  test('what is further away than a year is not given a date', () => {
    expect(forecast(daily(line(30, GB / 10)))).toMatchObject({ is: 'lasts', days: 365 });
  });

  test('a disk of which nobody knows what is free now has a growth and no date', () => {
    const told = forecast(daily(line(30, GB)), { freeBytes: null });
    expect(told).toEqual({ is: 'space-unknown', growth: { bytesPerDay: GB, low: GB, high: GB } });
  });

  test('a full disk is full now', () => {
    const told = forecast(daily(line(30, GB)), { freeBytes: 0 });
    expect(told).toMatchObject({ is: 'fills', fullAt: now, earliest: now });
  });

  test('somebody who deletes 80 GB each week does not make 10 GB a day look like less', () => {
    const used = line(42, 10 * GB, 100 * GB).map((bytes, day) => bytes - Math.floor(day / 7) * 80 * GB);
    expect(slopeOf(forecast(daily(used)))).toBe(10 * GB);
  });

  test('what runs free every night is put back: the disk seems to stand still, and 10 GB a day come in', () => {
    const freed = Array.from({ length: 30 }, (_, index) => ({
      at: addDays(now, -index - 0.2),
      bytes: 10 * GB,
    }));
    const readings = daily(Array.from({ length: 30 }, () => 900 * GB));
    expect(slopeOf(forecast(readings))).toBe(0);
    expect(slopeOf(forecast(readings, { freed }))).toBeCloseTo(10 * GB);
  });

  test('the last weeks count more than the ones before', () => {
    const used = [...line(30, GB), ...line(30, 9 * GB, 330 * GB)];
    expect(slopeOf(forecast(daily(used)))).toBeGreaterThan(6 * GB);
  });

  test('many readings of one day are one day', () => {
    const hourly = Array.from({ length: 24 }, (_, hour) => daily([300 * GB + hour * GB])[0] ?? []).flat();
    expect(forecast(hourly)).toMatchObject({ is: 'few-days', days: 1 });
  });

  test('a straight line gives its slope, whatever its length', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: -4, max: 11 }), (days, gigabytes) => {
        const told = forecast(daily(line(days, gigabytes * GB)));
        expect(slopeOf(told)).toBeCloseTo(gigabytes * GB, -3);
      }),
    );
  });

  test('one outlier, however large, does not move it', () => {
    fc.assert(
      fc.property(
        lengths,
        slopes,
        fc.nat(),
        fc.integer({ min: -250, max: 900 }),
        (days, perDay, at, jump) => {
          const used = line(days, perDay);
          used[at % days] = Math.min(2 * TB, Math.max(0, (used[at % days] ?? 0) + jump * GB));
          expect(slopeOf(forecast(daily(used, 2 * TB)))).toBeCloseTo(perDay, -3);
        },
      ),
    );
  });

  const anyReading = fc.record({
    at: fc.double({ min: -90, max: 5, noNaN: true }).map((days) => addDays(now, days)),
    totalBytes: fc.oneof(fc.constant(TB), fc.double(), fc.integer({ min: 0, max: 4 * TB })),
    freeBytes: fc.oneof(fc.integer({ min: 0, max: TB }), fc.double()),
  });
  const anyReadings = fc.array(anyReading, { maxLength: 60 });

  test('the order of the readings does not matter', () => {
    fc.assert(
      fc.property(anyReadings, fc.nat(), (readings, seed) => {
        const other = readings.toSorted(
          (a, b) => ((a.at.getTime() * (seed + 1)) % 97) - ((b.at.getTime() * (seed + 1)) % 97),
        );
        expect(forecast(other, { freeBytes: GB })).toEqual(forecast(readings, { freeBytes: GB }));
      }),
    );
  });

  test('nothing that anybody could measure makes it say NaN', () => {
    fc.assert(
      fc.property(anyReadings, fc.option(fc.double()), (readings, freeBytes) => {
        const told = forecast(readings, { freeBytes });
        if ('growth' in told) for (const value of Object.values(told.growth)) expect(value).not.toBeNaN();
        if (told.is !== 'fills') return;
        expect(told.fullAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(told.earliest.getTime()).toBeLessThanOrEqual(told.fullAt.getTime());
        expect(told.latest?.getTime() ?? Infinity).toBeGreaterThanOrEqual(told.fullAt.getTime());
      }),
    );
  });

  test('growth that never stops gives a date, and shrinking gives none', () => {
    const steps = fc.array(fc.integer({ min: 4, max: 12 }), { minLength: 7, maxLength: 50 });
    fc.assert(
      fc.property(steps, (gigabytes) => {
        let used = 100 * GB;
        const growing = daily(gigabytes.map((step) => (used += step * GB)));
        expect(forecast(growing).is).toBe('fills');
        used = 900 * GB;
        const shrinking = daily(gigabytes.map((step) => (used -= step * GB)));
        expect(forecast(shrinking).is).toBe('lasts');
      }),
    );
  });
});
