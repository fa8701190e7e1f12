import { randomUUID } from 'node:crypto';
import { fromDrizzle, PgBoss, type SendOptions } from 'pg-boss';
import { sql, type Db, type Pool } from '../db.ts';
import type { Job } from '../jobs.ts';
import { SCHEMA } from './schema.ts';

export type AddOptions = {
  /** The job exists only if this transaction commits. It starts up to a second later than one added outside. */
  inTransaction?: Db;
  startAfter?: Date;
  /** Higher runs first; 0 is usual. */
  priority?: number;
  /** Instead of the job's own `singletonKey`. */
  key?: string;
};

/** A job whose process was killed comes back after this and one pass of the supervisor. */
const HEARTBEAT_SECONDS = 60;
const SUPERVISE_SECONDS = 30;
/** The heartbeat notices dead workers; transcribing a long film must not run into the library's 15 minutes. 24 h is its limit. */
const LONGEST_RUN_SECONDS = 23 * 3600;
/** The library throws away what waited longer than its 14 days: too soon for a queue that is paused. */
const TEN_YEARS_IN_SECONDS = 10 * 365 * 86_400;
/** Ended jobs are thrown away by state (`forgetJobs`), which the library cannot. */
const NEVER = 0;

export type BossOptions = { log: (line: string) => void; superviseSeconds?: number };

/** The queue library, in schema `jobs` of the same database and over the same pool. */
export async function startBoss(
  pool: Pool,
  { log, superviseSeconds = SUPERVISE_SECONDS }: BossOptions,
): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schema: SCHEMA,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on('error', (problem) => log(`queue: ${problem.message}`));
  boss.on('warning', ({ message }) => log(`queue: ${message}`));
  await boss.start();
  return boss;
}

/** The library keeps old options on an existing queue, so they are written again at each start. */
export async function makeQueue(boss: PgBoss, job: Job<unknown>): Promise<void> {
  const options = {
    retryLimit: job.retries,
    retryDelay: job.backoff.firstSeconds,
    retryBackoff: true,
    retryDelayMax: job.backoff.maxSeconds,
    expireInSeconds: LONGEST_RUN_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retentionSeconds: TEN_YEARS_IN_SECONDS,
    deleteAfterSeconds: NEVER,
  };
  // `short`: one waiting job per key. That one of them runs is seen to where jobs are claimed.
  await boss.createQueue(job.name, { policy: 'short', ...options });
  await boss.updateQueue(job.name, options);
}

/** The time table in the code wins; one that was taken out of the code must not go on firing. */
export async function keepTimetable(boss: PgBoss, job: Job<unknown>): Promise<void> {
  if (job.cron === null) return boss.unschedule(job.name);
  const payload = job.check({});
  const key = job.keyOf(payload) ?? 'schedule';
  await boss.schedule(job.name, job.cron, { payload }, { tz: job.timeZone, ...sendOptions(key, {}) });
}

export async function schedule<T>(
  boss: PgBoss,
  job: Job<T>,
  key: string,
  cron: string,
  timeZone: string,
  payload: T,
): Promise<void> {
  const checked = job.check(payload);
  const one = sendOptions(job.keyOf(checked) ?? `schedule ${key}`, {});
  await boss.schedule(job.name, cron, { payload: checked }, { tz: timeZone, key, ...one });
}

export function send<T>(boss: PgBoss, job: Job<T>, payload: T, options: AddOptions): Promise<string | null> {
  const checked = job.check(payload);
  const key = options.key ?? job.keyOf(checked);
  return boss.send(job.name, { payload: checked }, sendOptions(key, options));
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

/** How many jobs a command of the library changed; its types keep silent about it. */
export async function affectedBy(command: Promise<object>): Promise<number> {
  return ((await command) as { affected: number }).affected;
}
