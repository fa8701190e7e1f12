/** When a policy runs, as people say it: a time of day on some days of the week. Sunday is 0, as in cron. */
export type Timetable = { hour: number; minute: number; weekdays: readonly number[] };

export const everyDay: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/** Null for what cron can say and people do not: hours in steps, days of the month, seconds. */
export function readTimetable(cron: string): Timetable | null {
  const parts = /^(\d{1,2}) +(\d{1,2}) +\* +\* +(\S+)$/.exec(cron.trim());
  const minute = Number(parts?.[1]);
  const hour = Number(parts?.[2]);
  const weekdays = readWeekdays(parts?.[3] ?? '');
  return minute <= 59 && hour <= 23 && weekdays !== null ? { hour, minute, weekdays } : null;
}

/** The inverse. No day at all stands for every day, as a form without a tick means it. */
export function writeTimetable({ hour, minute, weekdays }: Timetable): string {
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const isEveryDay = days.length === 0 || days.length === everyDay.length;
  return `${minute} ${hour} * * ${isEveryDay ? '*' : days.join(',')}`;
}

/** `04:30`, as a browser's time field has it; null when it is no time of day. */
export function readTimeOfDay(text: string): Pick<Timetable, 'hour' | 'minute'> | null {
  const parts = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(text.trim());
  const hour = Number(parts?.[1]);
  const minute = Number(parts?.[2]);
  return hour <= 23 && minute <= 59 ? { hour, minute } : null;
}

export const writeTimeOfDay = ({ hour, minute }: Pick<Timetable, 'hour' | 'minute'>): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** `*`, `1-5`, `0,6` and mixtures of these; 7 is Sunday too. */
function readWeekdays(text: string): readonly number[] | null {
  if (text === '*') return everyDay;
  const days = text.split(',').map(readRange);
  return days.includes(null)
    ? null
    : [...new Set(days.flatMap((range) => range ?? []))].sort((a, b) => a - b);
}

function readRange(text: string): readonly number[] | null {
  const parts = /^([0-7])(?:-([0-7]))?$/.exec(text);
  if (!parts) return null;
  const from = Number(parts[1]);
  const to = Number(parts[2] ?? from);
  return from > to ? null : Array.from({ length: to - from + 1 }, (_, index) => (from + index) % 7);
}
