import { addDays, DAY_MS } from '#core/time-span.ts';
import { trendOf, type Trend } from './trend.ts';

/** C-21: when a disk is full if nothing is removed from it. `few-days`: nobody can say that from a handful of readings. */
export type Forecast =
  | { is: 'few-days'; days: number; neededDays: number }
  /** It is not known how much is free now. */
  | { is: 'space-unknown'; growth: Growth }
  /** `latest` is null when the slow end of the range does not fill the disk within a year. */
  | { is: 'fills'; growth: Growth; fullAt: Date; earliest: Date; latest: Date | null }
  | { is: 'lasts'; growth: Growth; days: number };

/** Bytes that come in a day, and the half of all measured days around it. Below zero: it empties. */
type Growth = { bytesPerDay: number; low: number; high: number };

export type SpaceReading = { at: Date; totalBytes: number; freeBytes: number };
export type Freed = { at: Date; bytes: number };

const FORECAST_NEEDS_DAYS = 7;
/** Older readings tell of another household: other people, another habit. */
export const FORECAST_READS_DAYS = 60;
/** What is further away than this is guessing, not forecasting. */
const FORECAST_REACHES_DAYS = 365;

/**
 * What runs freed is put back before anything is measured, so that the forecast tells what comes in, and not how well the
 * policies hold against it; other sudden drops (somebody deleted by hand) only cut the line in two, see `trendOf`.
 */
export function forecastSpace(input: {
  readings: readonly SpaceReading[];
  freed: readonly Freed[];
  /** Null when nobody knows. */
  freeBytes: number | null;
  now: Date;
}): Forecast {
  const { freeBytes, now } = input;
  const days = dailyUse(input);
  const trend = days.length < FORECAST_NEEDS_DAYS ? null : trendOf(days);
  if (trend === null) return { is: 'few-days', days: days.length, neededDays: FORECAST_NEEDS_DAYS };
  const growth = growthOf(trend);
  if (freeBytes === null || !Number.isFinite(freeBytes)) return { is: 'space-unknown', growth };
  const free = Math.max(0, freeBytes);
  const fullAt = fullOn(now, free, growth.bytesPerDay);
  if (fullAt === null) return { is: 'lasts', growth, days: FORECAST_REACHES_DAYS };
  const latest = fullOn(now, free, growth.low);
  return { is: 'fills', growth, fullAt, earliest: fullOn(now, free, growth.high) ?? fullAt, latest };
}

const growthOf = ({ slope, low, high }: Trend): Growth => ({ bytesPerDay: slope, low, high });

function fullOn(now: Date, freeBytes: number, bytesPerDay: number): Date | null {
  if (!(bytesPerDay > 0)) return null;
  const days = freeBytes / bytesPerDay;
  return days <= FORECAST_REACHES_DAYS ? addDays(now, days) : null;
}

/** The middle value of each day that has any, oldest first: one odd reading within a day is not heard. */
function dailyUse({
  readings,
  freed,
  now,
}: {
  readings: readonly SpaceReading[];
  freed: readonly Freed[];
  now: Date;
}): { day: number; value: number; size: number }[] {
  const from = now.getTime() - FORECAST_READS_DAYS * DAY_MS;
  const usable = readings.filter(
    (one) => one.at.getTime() > from && one.at.getTime() <= now.getTime() && isPlausible(one),
  );
  const byDay = Map.groupBy(usable, ({ at }) => Math.floor(at.getTime() / DAY_MS));
  return [...byDay]
    .map(([day, of]) => ({
      day,
      value: middleOf(of.map((one) => one.totalBytes - one.freeBytes + freedUntil(freed, one.at))),
      size: Math.max(...of.map(({ totalBytes }) => totalBytes)),
    }))
    .sort((a, b) => a.day - b.day);
}

/** Whoever says that more is free than there is does not know (J-40). */
const isPlausible = ({ totalBytes, freeBytes }: SpaceReading): boolean =>
  freeBytes >= 0 && freeBytes <= totalBytes && totalBytes <= Number.MAX_SAFE_INTEGER;

const freedUntil = (freed: readonly Freed[], at: Date): number =>
  freed.reduce(
    (sum, one) => (one.at.getTime() <= at.getTime() && Number.isFinite(one.bytes) ? sum + one.bytes : sum),
    0,
  );

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const above = sorted[Math.floor(half)] ?? 0;
  return sorted.length % 2 === 1 ? above : (above + (sorted[half - 1] ?? above)) / 2;
}
