/** Pure formatting: every function takes the locale, none reads the clock or the browser. */

/**
 * Making a formatter costs fifty times what using it does, and a list of 50 items needs three hundred: they are kept. Few
 * differ, because locales, options and time zones are few.
 */
function kept<Options, Made>(make: (locale: string, options: Options) => Made) {
  const made = new Map<string, Made>();
  return (locale: string, options: Options): Made => {
    const as = locale + JSON.stringify(options);
    const before = made.get(as);
    if (before) return before;
    const formatter = make(locale, options);
    made.set(as, formatter);
    return formatter;
  };
}

const numbers = kept((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
const dates = kept((locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
const relativeTimes = kept(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

const NO_BREAK_SPACE = '\u00A0';
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal units, as disks are sold and as people say them: `1.2 TB`, in Spanish `1,2 TB`. */
export function formatBytes(bytes: number, locale: string): string {
  const sign = bytes < 0 ? '-' : '';
  let value = Math.abs(bytes);
  let unit = 0;
  // 999.95 and not 1000: what would be rounded up to "1,000 GB" is said as "1 TB".
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const maximumFractionDigits = unit >= 3 && value < 99.95 ? 1 : unit === 2 && value < 9.95 ? 1 : 0;
  const number = numbers(locale, { maximumFractionDigits }).format(value);
  return `${sign}${number}${NO_BREAK_SPACE}${BYTE_UNITS[unit] ?? 'B'}`;
}

/** Takes 0 to 100. Small values keep one decimal, because "0 %" and "0.4 %" free are different news. */
export function formatPercent(percent: number, locale: string): string {
  const maximumFractionDigits = Math.abs(percent) < 9.95 ? 1 : 0;
  return numbers(locale, { style: 'percent', maximumFractionDigits }).format(percent / 100);
}

/** `useGrouping: 'always'`: Spanish writes 1234 without a point, but in a column 1.234 beside 12.345 reads better. */
export const formatCount = (count: number, locale: string): string =>
  numbers(locale, { useGrouping: 'always' }).format(count);

export const formatDate = (date: Date, locale: string, timeZone?: string): string =>
  dates(locale, { dateStyle: 'medium', ...(timeZone ? { timeZone } : {}) }).format(date);

/** The day and the month, with the year only where it is not this year. */
export function formatShortDate(date: Date, now: Date, locale: string, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {};
  const year = (value: Date) => dates('en', { year: 'numeric', ...zone }).format(value);
  return dates(locale, {
    day: 'numeric',
    month: 'short',
    ...(year(date) === year(now) ? {} : { year: 'numeric' }),
    ...zone,
  }).format(date);
}

/** `Nov 2026`: months are counted in UTC, so they are named in UTC. */
export const formatMonth = (month: Date, locale: string): string =>
  dates(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(month);

/** With the zone, so that it is exact wherever it was rendered. */
export const formatDateTime = (date: Date, locale: string, timeZone?: string): string =>
  dates(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(date);

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

const AGO_STEPS: readonly { below: number; unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { below: 45, unit: 'second', seconds: 1 },
  { below: 45 * MINUTE, unit: 'minute', seconds: MINUTE },
  { below: 22 * HOUR, unit: 'hour', seconds: HOUR },
  { below: 25 * DAY, unit: 'day', seconds: DAY },
  { below: 320 * DAY, unit: 'month', seconds: 30.44 * DAY },
  { below: Infinity, unit: 'year', seconds: 365.25 * DAY },
];

/** "3 hours ago", "in 12 days", "now": one unit, rounded, as people say it. */
export function formatAgo(date: Date, now: Date, locale: string): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const relative = relativeTimes(locale, { numeric: 'auto' });
  if (Math.abs(seconds) < 45) return relative.format(0, 'second');
  const step = AGO_STEPS.find(({ below }) => Math.abs(seconds) < below) ?? {
    unit: 'year',
    seconds: 365.25 * DAY,
  };
  const amount = Math.round(seconds / step.seconds) || Math.sign(seconds);
  // A bare "yesterday" or "last month" for 25 hours or 5 weeks would be vaguer than the number.
  if (step.unit === 'month' || step.unit === 'year') {
    return relativeTimes(locale, { numeric: 'always' }).format(amount, step.unit);
  }
  return relative.format(amount, step.unit);
}

/** Whole days from the day of `now` to the day of `date`; 0 is today, negative is past. */
export function daysLeft(date: Date, now: Date, timeZone?: string): number {
  return Math.round((startOfDay(date, timeZone) - startOfDay(now, timeZone)) / (DAY * 1000));
}

/** "today", "tomorrow", "in 12 days". */
export const formatDaysLeft = (date: Date, now: Date, locale: string, timeZone?: string): string =>
  relativeTimes(locale, { numeric: 'auto' }).format(daysLeft(date, now, timeZone), 'day');

/** "2 min 5 s": the two biggest units. */
export function formatDuration(ms: number, locale: string): string {
  const total = Math.round(ms / 1000);
  if (total < 1) return unit(Math.max(0, Math.round(ms)), 'millisecond', locale);
  const parts: [number, string][] = [
    [Math.floor(total / DAY), 'day'],
    [Math.floor((total % DAY) / HOUR), 'hour'],
    [Math.floor((total % HOUR) / MINUTE), 'minute'],
    [total % MINUTE, 'second'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, name]) => unit(amount, name, locale))
    .join(' ');
}

/** Days as the form writes them are `90d`; as people read them, `90 days`. */
export const formatDays = (days: number, locale: string): string =>
  numbers(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(days);

/** At most two letters for a picture that is missing: "The Leftovers" gives "TL". */
export function initials(title: string): string {
  const words = title.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toLocaleUpperCase() ?? '')
    .join('');
}

const unit = (amount: number, name: string, locale: string): string =>
  numbers(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(amount);

function startOfDay(date: Date, timeZone?: string): number {
  const parts = dates('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).format(date);
  return Date.parse(`${parts}T00:00:00Z`);
}
