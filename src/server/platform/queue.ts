import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fromDrizzle, PgBoss, type SendOptions } from 'pg-boss';
import { sql, type Database, type Db } from './db.ts';
import type { Job, JobCounts, Stopped } from './jobs.ts';
import { countJobs, listJobs, SCHEMA, type JobFilter, type ListedJob } from './queue-list.ts';
import { startLoop, type Claimed, type Claims, type Loop } from './queue-loop.ts';

export type AddOptions = {
  /** The job exists only if this transaction commits. It starts up to a second later than one added outside. */
  inTransaction?: Db;
  startAfter?: Date;
  /** Higher runs first; 0 is usual. */
  priority?: number;
  /** Instead of the job's own `singletonKey`. */
  key?: string;
};

export type Queue = {
  /** Gives the id, or null when one with the same key waits already. */
  add<T>(job: Job<T>, payload: T, options?: AddOptions): Promise<string | null>;
  /**
   * A row of a feature (a policy, a source) with its own time table; the same job and key replaces the old one.
   * The key is an id: letters, digits and `_ - . /`.
   */
  schedule<T>(job: Job<T>, key: string, cron: string, timeZone: string, payload: T): Promise<void>;
  unschedule(job: { name: string }, key: string): Promise<void>;
  serve(jobs: readonly Job<unknown>[]): Promise<void>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  cancel(name: string, id: string): Promise<void>;
  retry(name: string, id: string): Promise<void>;
  counts(): Promise<Record<string, JobCounts>>;
  list(filter?: JobFilter): Promise<ListedJob[]>;
  stop(options?: { graceMs?: number }): Promise<Stopped>;
};

export type { JobFilter, ListedJob } from './queue-list.ts';
export type QueueOptions = { log?: (line: string) => void };

/** One cheap question for all queues together, instead of one poll per queue and place. */
const LOOK_EVERY_MS = 1_000;
/** A job whose process was killed comes back after this and one pass of the supervisor. */
const HEARTBEAT_SECONDS = 60;
const SUPERVISE_SECONDS = 30;
/** The heartbeat notices dead workers; transcribing a long film must not run into the library's 15 minutes. 24 h is its limit. */
const LONGEST_RUN_SECONDS = 23 * 3600;
const DEFAULT_GRACE_MS = 10_000;

/**
 * The job queue, in schema `jobs` of the same database and over the same pool. There is no dead letter queue: failed
 * jobs stay seven days where they are, are counted, and can be tried again; a dead letter would inherit the retries.
 */
export async function openQueue(
  { pool }: Database,
  { log = () => undefined }: QueueOptions = {},
): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schema: SCHEMA,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on('error', (problem) => log(`queue: ${problem.message}`));
  boss.on('warning', ({ message }) => log(`queue: ${message}`));
  await boss.start();

  const known = new Map<string, Promise<void>>();
  const loops = new Map<string, Loop>();
  /** Somebody may pause in another process: as of the last look. */
  const paused = new Set<string>();
  let looking: NodeJS.Timeout | undefined;
  let stopped: Promise<Stopped> | undefined;

  /** A process that only adds may come before the first worker, so whoever names a job makes its queue. */
  function ensure(job: Job<unknown>): Promise<void> {
    const made = known.get(job.name) ?? makeQueue(boss, job);
    known.set(job.name, made);
    made.catch(() => known.delete(job.name));
    return made;
  }

  /** Jobs of other processes, of transactions, delayed ones and retries are found here; our own `add` wakes at once. */
  async function look(): Promise<void> {
    const { rows } = await pool.query<{ name: string; paused: boolean; ready: boolean }>(LOOK, [
      [...loops.keys()],
    ]);
    for (const { name, paused: isPaused, ready } of rows) {
      if (isPaused) paused.add(name);
      else paused.delete(name);
      if (ready && !isPaused) loops.get(name)?.wake();
    }
  }

  async function stop(graceMs: number): Promise<Stopped> {
    clearInterval(looking);
    const all = [...loops.values()];
    const before = all.reduce((sum, loop) => sum + loop.running(), 0);
    for (const loop of all) loop.stop();
    await Promise.race([
      Promise.all(all.map((loop) => loop.idle())),
      wait(graceMs, undefined, { ref: false }),
    ]);
    await boss.stop({ graceful: true, timeout: 1_000 });
    const abandoned = all.reduce((sum, loop) => sum + loop.running(), 0);
    const parked = all.reduce((sum, loop) => sum + loop.parked(), 0);
    return { finished: Math.max(0, before - parked - abandoned), parked, abandoned };
  }

  return {
    async add(job, payload, options = {}) {
      await ensure(job);
      const checked = job.check(payload);
      const id = await boss.send(
        job.name,
        { payload: checked },
        sendOptions(options.key ?? job.keyOf(checked), options),
      );
      if (!options.inTransaction) loops.get(job.name)?.wake();
      return id;
    },

    async schedule(job, key, cron, timeZone, payload) {
      await ensure(job);
      const checked = job.check(payload);
      const one = job.keyOf(checked) ?? `schedule ${key}`;
      await boss.schedule(
        job.name,
        cron,
        { payload: checked },
        { tz: timeZone, key, ...sendOptions(one, {}) },
      );
    },

    unschedule: (job, key) => boss.unschedule(job.name, key),

    async serve(jobs) {
      for (const job of jobs) {
        if (loops.has(job.name)) throw new Error(`Two jobs are called ${job.name}`);
        await ensure(job);
        await keepTimetable(boss, job);
        loops.set(
          job.name,
          startLoop(job, claimsOf(boss, pool, job.name, paused), (problem) =>
            log(`${job.name}: ${textOf(problem)}`),
          ),
        );
      }
      looking ??= setInterval(
        () => void look().catch((problem: unknown) => log(`queue: ${textOf(problem)}`)),
        LOOK_EVERY_MS,
      );
      await look();
    },

    async pause(name) {
      await pool.query('insert into platform_paused_queues (name) values ($1) on conflict do nothing', [
        name,
      ]);
      paused.add(name);
    },
    async resume(name) {
      await pool.query('delete from platform_paused_queues where name = $1', [name]);
      paused.delete(name);
      loops.get(name)?.wake();
    },
    async cancel(name, id) {
      await boss.cancel(name, id);
    },
    async retry(name, id) {
      await boss.retry(name, id);
      loops.get(name)?.wake();
    },

    counts: () => countJobs(pool),
    list: (filter = {}) => listJobs(pool, filter),
    stop: ({ graceMs = DEFAULT_GRACE_MS } = {}) => (stopped ??= stop(graceMs)),
  };
}

/** The library keeps old options on an existing queue, so they are written again at each start. */
async function makeQueue(boss: PgBoss, job: Job<unknown>): Promise<void> {
  const options = {
    retryLimit: job.retries,
    retryDelay: job.backoff.firstSeconds,
    retryBackoff: true,
    retryDelayMax: job.backoff.maxSeconds,
    expireInSeconds: LONGEST_RUN_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  };
  // `short`: one waiting job per key. `stately` promises one running too, but learns of running ones once a minute.
  await boss.createQueue(job.name, { policy: 'short', ...options });
  await boss.updateQueue(job.name, options);
}

/** The time table in the code wins; one that was taken out of the code must not go on firing. */
async function keepTimetable(boss: PgBoss, job: Job<unknown>): Promise<void> {
  if (job.cron === null) return boss.unschedule(job.name);
  const payload = job.check({});
  const key = job.keyOf(payload) ?? 'schedule';
  await boss.schedule(job.name, job.cron, { payload }, { tz: job.timeZone, ...sendOptions(key, {}) });
}

/** `short` takes "no key" for one key, so a job without one gets a key of its own. The group allows one running per key. */
const sendOptions = (
  key: string | null,
  { inTransaction, startAfter, priority }: AddOptions,
): SendOptions => ({
  singletonKey: key ?? randomUUID(),
  ...(key === null ? {} : { group: { id: key } }),
  ...(startAfter ? { startAfter } : {}),
  ...(priority === undefined ? {} : { priority }),
  ...(inTransaction ? { db: fromDrizzle(inTransaction, sql) } : {}),
});

function claimsOf(boss: PgBoss, pool: Database['pool'], name: string, paused: ReadonlySet<string>): Claims {
  return {
    async fetch(count, runningKeys) {
      if (paused.has(name)) return [];
      // groupConcurrency looks at all processes but two may look at once; the keys we run ourselves are exact.
      const jobs = await boss.fetch<{ payload: unknown }>(name, {
        batchSize: count,
        groupConcurrency: 1,
        ignoreGroups: runningKeys,
      });
      return jobs.map(({ id, retryCount, data, groupId }) => ({
        id,
        retryCount,
        data: data.payload,
        groupId: groupId ?? null,
      }));
    },
    async complete(job) {
      await boss.complete(name, attempt(job));
    },
    async fail(job, problem) {
      await boss.fail(name, attempt(job), { message: textOf(problem) });
    },
    async park(job) {
      await pool.query(PARK, [name, job.id, job.retryCount]);
    },
    async touch(jobs) {
      await boss.touch(name, jobs.map(attempt));
      const { rows } = await pool.query<{ id: string }>(STILL_OURS, [name, jobs.map(({ id }) => id)]);
      return new Set(rows.map(({ id }) => id));
    },
  };
}

/** With the number of tries, so that a late word from a lost worker changes nothing. */
const attempt = ({ id, retryCount }: Claimed) => ({ id, retryCount });

const textOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));

const LOOK = `
  select name,
    exists (select from platform_paused_queues p where p.name = asked.name) as paused,
    exists (select from ${SCHEMA}.job j
      where j.name = asked.name and j.state < 'active' and not j.blocked and j.start_after <= now()) as ready
  from unnest($1::text[]) as asked(name)`;

/** A job without \`started_on\` is fetched without counting as a retry. */
const PARK = `
  update ${SCHEMA}.job set state = 'retry', started_on = null, heartbeat_on = null, start_after = now()
  where name = $1 and id = $2 and retry_count = $3 and state = 'active'`;

const STILL_OURS = `select id from ${SCHEMA}.job where name = $1 and id = any($2::uuid[]) and state = 'active'`;
