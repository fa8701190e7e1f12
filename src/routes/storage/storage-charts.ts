import { addDays, DAY_MS } from '#core/time-span.ts';
import type { DiskId } from '#core/ids.ts';
import type { Forecast } from '#features/library/core/forecast.ts';
type StorageShare = { name: string | null; items: number; bytes: number };

type DiskLine = {
  days: Date[];
  /** Free space at the end of each day that was; null afterwards. */
  past: (number | null)[];
  /** Null until today. */
  ahead: (number | null)[];
};

type Reading = { diskId: DiskId; at: Date; freeBytes: number };

/** One value a day, the last reading of it, and then the forecast for as many days again as a person plans ahead. */
export function diskLine(
  readings: readonly Reading[],
  {
    forecast,
    freeBytes,
    now,
    ahead,
  }: { forecast: Forecast | null; freeBytes: number | null; now: Date; ahead: number },
): DiskLine {
  const byDay = new Map<number, Reading>();
  for (const reading of readings) byDay.set(Math.floor(reading.at.getTime() / DAY_MS), reading);
  const past = [...byDay.values()];
  const perDay = forecast && 'growth' in forecast ? Math.max(0, forecast.growth.bytesPerDay) : null;
  const coming =
    perDay === null || freeBytes === null
      ? []
      : Array.from({ length: ahead }, (_, day) => ({
          at: addDays(now, day + 1),
          free: Math.max(0, freeBytes - perDay * (day + 1)),
        }));
  return {
    days: [...past.map(({ at }) => at), ...coming.map(({ at }) => at)],
    past: [...past.map(({ freeBytes: free }) => free), ...coming.map(() => null)],
    // The forecast begins where the readings end, so that the two lines meet.
    ahead: [
      ...past.map(({ freeBytes: free }, index) =>
        index === past.length - 1 && coming.length > 0 ? free : null,
      ),
      ...coming.map(({ free }) => free),
    ],
  };
}

/** The largest, and all others as one. */
export function largest(
  shares: readonly StorageShare[],
  most: number,
): { shares: StorageShare[]; rest: StorageShare | null } {
  const others = shares.slice(most);
  if (others.length <= 1) return { shares: [...shares], rest: null };
  const sum = (of: (share: StorageShare) => number) => others.reduce((total, share) => total + of(share), 0);
  return {
    shares: shares.slice(0, most),
    rest: { name: null, items: sum(({ items }) => items), bytes: sum(({ bytes }) => bytes) },
  };
}
