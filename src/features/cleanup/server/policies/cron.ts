import { Cron } from 'croner';
import { DAY_MS } from '#core/time-span.ts';

/** How often a schedule comes within so many days, at least once. More than one in an hour does not count. */
export function runsWithin(
  { cron, timeZone }: { cron: string; timeZone: string },
  days: number,
  from: Date,
): number {
  const most = Math.max(1, days * 24);
  const end = new Date(from.getTime() + days * DAY_MS);
  const runs = new Cron(cron, { mode: '5-part', timezone: timeZone }).nextRuns(most, from);
  return Math.max(1, runs.filter((run) => run <= end).length);
}

/** Null when it never comes, as the 31st of February. The line and the zone were validated when they were saved. */
export const nextRun = (cron: string, timeZone: string, after: Date): Date | null =>
  new Cron(cron, { mode: '5-part', timezone: timeZone }).nextRun(after);

/** The first run of each day, so many days ahead; days are those of UTC. */
export function dailyRuns(
  { cron, timeZone }: { cron: string; timeZone: string },
  days: number,
  from: Date,
): { runs: Date[]; hasMore: boolean } {
  const schedule = new Cron(cron, { mode: '5-part', timezone: timeZone });
  const end = from.getTime() + days * DAY_MS;
  const runs: Date[] = [];
  let hasMore = false;
  for (let begin = from.getTime(); begin < end; begin = startOfNextDay(begin)) {
    const run = schedule.nextRun(new Date(begin - 1));
    if (run === null) break;
    const dayEnds = Math.min(end, startOfNextDay(begin));
    if (run.getTime() >= dayEnds || run <= from) continue;
    runs.push(run);
    hasMore ||= (schedule.nextRun(run)?.getTime() ?? dayEnds) < dayEnds;
  }
  return { runs, hasMore };
}

const startOfNextDay = (ms: number): number => (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
