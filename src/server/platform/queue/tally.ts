import { queueNames, type HourTally, type QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';

export type Tally = {
  count(queue: QueueName, ended: 'done' | 'failed'): void;
  /** Adds what was counted since the last time; true when there was something. */
  flush(): Promise<boolean>;
};

/** Counts in memory and adds to the minute now and then: a process that is killed loses a second of a statistic. */
export function createTally(pool: Pool): Tally {
  const counted = new Map<QueueName, { done: number; failed: number }>();
  return {
    count(queue, ended) {
      const sum = counted.get(queue) ?? { done: 0, failed: 0 };
      sum[ended] += 1;
      counted.set(queue, sum);
    },
    async flush() {
      const rows = [...counted];
      counted.clear();
      if (rows.length === 0) return false;
      await pool.query(ADD, [
        rows.map(([queue]) => queue),
        rows.map(([, { done }]) => done),
        rows.map(([, { failed }]) => failed),
      ]);
      return true;
    },
  };
}

export type Pace = { lastMinute: number; lastHour: number; lastDay: { done: number; failed: number } };

/** How many jobs of each queue ended well lately. */
export async function readPace(pool: Pool): Promise<Record<QueueName, Pace>> {
  const { rows } = await pool.query<{
    queue: QueueName;
    minute: number;
    hour: number;
    done: number;
    failed: number;
  }>(PACE);
  const found = new Map(rows.map((row) => [row.queue, row]));
  return Object.fromEntries(
    queueNames.map((name) => {
      const { minute = 0, hour = 0, done = 0, failed = 0 } = found.get(name) ?? {};
      return [name, { lastMinute: minute, lastHour: hour, lastDay: { done, failed } }];
    }),
  ) as Record<QueueName, Pace>;
}

/** The last 24 hours of every queue, oldest first, the one that is under way last. */
export async function readHours(pool: Pool): Promise<Record<QueueName, HourTally[]>> {
  const { rows } = await pool.query<HourTally & { queue: QueueName }>(HOURS, [[...queueNames]]);
  const hours = Object.fromEntries(queueNames.map((name) => [name, [] as HourTally[]])) as Record<
    QueueName,
    HourTally[]
  >;
  for (const { queue, ...hour } of rows) hours[queue].push(hour);
  return hours;
}

const ADD = `
  insert into platform_job_minutes as m (queue, minute, done, failed)
  select queue, date_trunc('minute', now()), done, failed
  from unnest($1::text[], $2::int[], $3::int[]) as counted(queue, done, failed)
  on conflict (queue, minute) do update set done = m.done + excluded.done, failed = m.failed + excluded.failed`;

/** A minute's rate is the last whole minute: the one under way would start at nothing sixty times an hour. */
const PACE = `
  select queue,
    coalesce(sum(done) filter (where minute = date_trunc('minute', now()) - interval '1 minute'), 0)::int as minute,
    coalesce(sum(done) filter (where minute > now() - interval '1 hour'), 0)::int as hour,
    sum(done)::int as done, sum(failed)::int as failed
  from platform_job_minutes where minute > now() - interval '1 day' group by queue`;

const HOURS = `
  select asked.queue, hour, coalesce(sum(m.done), 0)::int as done, coalesce(sum(m.failed), 0)::int as failed
  from unnest($1::text[]) as asked(queue)
  cross join generate_series(
    date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') as hour
  left join platform_job_minutes m
    on m.queue = asked.queue and m.minute >= hour and m.minute < hour + interval '1 hour'
  group by asked.queue, hour order by hour`;
