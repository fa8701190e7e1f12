import { err, ok, type Result } from './result.ts';

export const DAY_MS = 86_400_000;

export type TimeSpanProblem =
  | { code: 'time-span.not-readable' }
  | { code: 'time-span.no-unit' }
  | { code: 'time-span.under-a-day' }
  | { code: 'time-span.too-long' };

const HOURS: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168, m: 720, y: 8760 };
const HUNDRED_YEARS_IN_DAYS = 36_500;

/**
 * Reads `90d`, `12w`, `6m` (30 days each) or `1y` (365 days) as whole days.
 * A bare number is refused: Janitorr read `30` as 30 milliseconds and deleted everything (J-10 FIX).
 */
export function parseTimeSpan(text: string): Result<number, TimeSpanProblem> {
  const match = /^(\d{1,6})\s*([a-z]*)$/.exec(text.trim().toLowerCase());
  const amount = Number(match?.[1]);
  const unit = match?.[2];
  if (unit === undefined) return err({ code: 'time-span.not-readable' });
  if (unit === '') return err({ code: 'time-span.no-unit' });
  const hours = HOURS[unit];
  if (hours === undefined) return err({ code: 'time-span.not-readable' });
  const days = Math.floor((amount * hours) / 24);
  if (days < 1) return err({ code: 'time-span.under-a-day' });
  return days > HUNDRED_YEARS_IN_DAYS ? err({ code: 'time-span.too-long' }) : ok(days);
}

/** The inverse for forms and the API: `90` becomes `90d`. */
export const formatTimeSpan = (days: number): string => `${days}d`;

export const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / DAY_MS;

export const addDays = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY_MS);
