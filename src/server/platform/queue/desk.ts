import type { PgBoss } from 'pg-boss';
import type { HourTally, JobState, QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import { affectedBy } from './boss.ts';
import { forgetJobs, type Retention } from './forget.ts';
import {
  countJobs,
  countListed,
  findJob,
  listJobs,
  type JobCounts,
  type JobFilter,
  type ListedJob,
} from './list.ts';
import { readSettings, saveConcurrency, savePause, saveResume, type QueueSettings } from './settings.ts';
import { readHours, readPace, type Pace } from './tally.ts';

export type Timetable = { name: string; key: string; cron: string; timeZone: string; next: Date | null };

/** What somebody who looks after the jobs can see and do. What changes works in every process within a second or two. */
export type JobDesk = {
  settings(): Promise<QueueSettings>;
  /** Jobs that run end; no other begins, not even after a restart. */
  pause(queue: QueueName): Promise<void>;
  resume(queue: QueueName): Promise<void>;
  setConcurrency(queue: QueueName, concurrency: number): Promise<void>;
  list(filter?: JobFilter): Promise<ListedJob[]>;
  /** By name of the job; one that never had any is missing. */
  counts(): Promise<Record<string, JobCounts>>;
  pace(): Promise<Record<QueueName, Pace>>;
  hours(): Promise<Record<QueueName, HourTally[]>>;
  timetables(): Promise<Timetable[]>;
  /** Of the jobs with one of these names. */
  find(names: readonly string[], id: string): Promise<ListedJob | null>;
  /** How many a list has on all its pages. */
  count(filter: JobFilter): Promise<number>;
  /** Each of these is false when the job was no longer in a state for it. */
  cancel(job: JobAt): Promise<boolean>;
  retry(job: JobAt & { state: JobState }): Promise<boolean>;
  setPriority(job: JobAt, priority: number): Promise<boolean>;
  /** Failed jobs of one name, in one go; how many were. */
  retryAll(name: string, ids: readonly string[]): Promise<number>;
  forget(retention: Retention): Promise<number>;
};

export type JobAt = { name: string; id: string };

type Deps = {
  boss: PgBoss;
  pool: Pool;
  /** There is something to do, or to see. */
  changed: () => void;
};

export function createJobDesk({ boss, pool, changed }: Deps): JobDesk {
  const then = (change: Promise<unknown>): Promise<void> => change.then(changed);

  function tell(affected: number): boolean {
    if (affected > 0) changed();
    return affected > 0;
  }
  const affects = async (change: Promise<object>) => tell(await affectedBy(change));

  return {
    settings: () => readSettings(pool),
    pause: (queue) => then(savePause(pool, queue)),
    resume: (queue) => then(saveResume(pool, queue)),
    setConcurrency: (queue, concurrency) => then(saveConcurrency(pool, queue, concurrency)),
    list: (filter = {}) => listJobs(pool, filter),
    counts: () => countJobs(pool),
    pace: () => readPace(pool),
    hours: () => readHours(pool),
    async timetables() {
      const all = await boss.getSchedules();
      return all.map(({ name, key, cron, timezone }) => {
        const [next] = boss.previewSchedule(cron, { tz: timezone, count: 1 });
        return { name, key, cron, timeZone: timezone, next: next ?? null };
      });
    },
    find: (names, id) => findJob(pool, names, id),
    count: (filter) => countListed(pool, filter),
    cancel: ({ name, id }) => affects(boss.cancel(name, id)),
    retry: ({ name, id, state }) =>
      state === 'cancelled'
        ? affects(boss.resume(name, id)).catch(sameKeyWaits)
        : affects(boss.retry(name, id)),
    async setPriority({ name, id }, priority) {
      return tell((await boss.update(name, undefined, { id, priority })).updated);
    },
    async retryAll(name, ids) {
      const retried = await affectedBy(boss.retry(name, [...ids]));
      tell(retried);
      return retried;
    },
    forget: (retention) => forgetJobs(pool, retention).finally(changed),
  };
}

/** Another job with its key waits already, so the cancelled one is not needed. */
function sameKeyWaits(problem: unknown): false {
  if ((problem as { code?: unknown }).code === '23505') return false;
  throw problem;
}
