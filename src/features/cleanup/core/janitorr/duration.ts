/**
 * A time span as Janitorr reads it: `days` are whole ones, cut off, because it cuts off every duration. A bare number
 * means milliseconds there, so `30` and `12h` are no days at all, and everything is older than that (J-10).
 */
export type JanitorrDuration = { days: number; problem: DurationProblem | null };

export type DurationProblem = 'no-unit' | 'under-a-day' | 'not-readable';

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
};

const DAY_S = 86_400;

const simple = /^([+-]?\d+)([a-z]{0,2})$/i;
/** ISO 8601 as Java takes it: days, hours, minutes, seconds; no weeks, months or years. */
const iso = /^([+-]?)p(?:([+-]?\d+)d)?(?:t(?:([+-]?\d+)h)?(?:([+-]?\d+)m)?(?:([+-]?\d+(?:\.\d+)?)s)?)?$/i;

/** Spring reads `30d`, `12h`, `P30D` and `PT12H`; Janitorr does not start with anything else. */
export function readDuration(text: string): JanitorrDuration {
  const typed = text.trim();
  const plain = simple.exec(typed);
  if (plain) return plainDuration(Number(plain[1]), (plain[2] ?? '').toLowerCase());
  const parts = iso.exec(typed);
  if (!parts || !/\d/.test(typed)) return { days: 0, problem: 'not-readable' };
  const [, sign, days, hours, minutes, seconds] = parts;
  const total =
    Number(days ?? 0) * DAY_S + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return wholeDays(sign === '-' ? -total : total);
}

function plainDuration(amount: number, unit: string): JanitorrDuration {
  if (unit === '') return { ...wholeDays(amount / 1000), problem: 'no-unit' };
  const seconds = SECONDS[unit];
  return seconds === undefined ? { days: 0, problem: 'not-readable' } : wholeDays(amount * seconds);
}

function wholeDays(seconds: number): JanitorrDuration {
  const days = Math.trunc(seconds / DAY_S);
  return { days, problem: days < 1 ? 'under-a-day' : null };
}
