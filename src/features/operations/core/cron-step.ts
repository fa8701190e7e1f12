/** What cron says and people can follow; null for anything finer, which stays a cron line. */
export type CronStep = { every: 'minutes' | 'hours'; count: number } | { every: 'hour'; minute: number };

export function readCronStep(cron: string): CronStep | null {
  const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/);
  if (days.join(' ') !== '* * *') return null;
  const minutes = stepOf(minute, 60);
  if (minutes !== null && hour === '*') return { every: 'minutes', count: minutes };
  if (!/^\d{1,2}$/.test(minute)) return null;
  if (hour === '*') return { every: 'hour', minute: Number(minute) };
  const hours = stepOf(hour, 24);
  return hours === null ? null : { every: 'hours', count: hours };
}

/** A step that does not divide the hour or the day is shorter at its end, so it is not "every n". */
function stepOf(field: string, of: number): number | null {
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1] ?? Number.NaN);
  return step > 1 && of % step === 0 ? step : null;
}
