import { queueNames, type QueueName } from '#core/queues.ts';
import type { Database } from './db.ts';
import type { Job, Stopped } from './jobs.ts';
import { keepTimetable, schedule, send, startBoss, type AddOptions } from './queue/boss.ts';
import { createJobDesk, type JobDesk } from './queue/desk.ts';
import { createEnrolment } from './queue/enrolment.ts';
import { createProgressBook } from './queue/progress.ts';
import { createServing } from './queue/serving.ts';
import { createTally } from './queue/tally.ts';
import { claimsOf, textOf } from './queue/work.ts';

export type Queue = {
  /** Gives the id, or null when one with the same key waits already. */
  add<T>(job: Job<T>, payload: T, options?: AddOptions): Promise<string | null>;
  /**
   * A row of a feature (a policy, a source) with its own time table; the same job and key replaces the old one.
   * The key is an id: letters, digits and `_ - . /`.
   */
  schedule<T>(job: Job<T>, key: string, cron: string, timeZone: string, payload: T): Promise<void>;
  unschedule(job: { name: string }, key: string): Promise<void>;
  /** Makes the jobs known, and runs those of the given queues in this process. */
  serve(jobs: readonly Job<unknown>[], queues?: readonly QueueName[]): Promise<void>;
  /** Every job that was made known, and its queue. */
  known(): { name: string; queue: QueueName }[];
  desk: JobDesk;
  stop(options?: { graceMs?: number }): Promise<Stopped>;
};

export type { JobDesk } from './queue/desk.ts';
export type { JobFilter, ListedJob } from './queue/list.ts';

export type QueueOptions = {
  log?: (line: string) => void;
  /** Something that the Jobs page shows is no longer so; at most once a second. */
  changed?: () => void;
  /** How often jobs of dead workers are looked for. */
  superviseSeconds?: number;
};

/** One cheap question for all queues together, instead of one poll per queue and place. */
const LOOK_EVERY_MS = 1_000;
const DEFAULT_GRACE_MS = 10_000;

/**
 * The job queue, over the queue library. There is no dead letter queue: failed jobs stay where they are, are counted,
 * and can be tried again; a dead letter would inherit the retries.
 */
export async function openQueue(
  { pool }: Database,
  { log = () => undefined, changed = () => undefined, ...options }: QueueOptions = {},
): Promise<Queue> {
  const boss = await startBoss(pool, { log, ...options });
  const enroll = createEnrolment(boss);
  const progress = createProgressBook(pool);
  const tally = createTally(pool);
  let isNews = false;
  let looking: NodeJS.Timeout | undefined;
  let stopped: Promise<Stopped> | undefined;

  const note = (): void => void (isNews = true);
  const complain = (problem: unknown, part = 'queue'): void => log(`${part}: ${textOf(problem)}`);
  const serving = createServing({
    pool,
    claims: claimsOf({ boss, pool, progress, tally, note }),
    complain,
  });
  const look = (): void => void serving.look().catch(complain);

  async function flush(): Promise<void> {
    const written = await Promise.all([progress.flush(), tally.flush()]);
    if (!isNews && !written.includes(true)) return;
    isNews = false;
    changed();
  }

  return {
    async add(job, payload, options = {}) {
      await enroll(job);
      const id = await send(boss, job, payload, options);
      note();
      if (!options.inTransaction) serving.wake(job.queue); // otherwise nobody sees it yet
      return id;
    },

    async schedule(job, ...timetable) {
      await enroll(job);
      await schedule(boss, job, ...timetable);
    },
    unschedule: (job, key) => boss.unschedule(job.name, key),

    async serve(jobs, queues = queueNames) {
      for (const job of jobs) {
        await enroll.once(job);
        await keepTimetable(boss, job);
        if (queues.includes(job.queue)) serving.add(job);
      }
      looking ??= setInterval(() => {
        look();
        flush().catch(complain);
      }, LOOK_EVERY_MS);
      await serving.look();
    },
    known: enroll.known,

    desk: createJobDesk({
      boss,
      pool,
      changed: () => {
        note();
        look();
      },
    }),

    stop: ({ graceMs = DEFAULT_GRACE_MS } = {}) =>
      (stopped ??= (async () => {
        clearInterval(looking);
        const outcome = await serving.stop(graceMs);
        await flush().catch(complain);
        await boss.stop({ graceful: true, timeout: 1_000 });
        return outcome;
      })()),
  };
}
