import type { QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import { SCHEMA } from './schema.ts';

export type Claimed = {
  name: string;
  id: string;
  /** With the id it names this attempt, so that a late word from a lost worker changes nothing. */
  retryCount: number;
  isLastTry: boolean;
  payload: unknown;
};

/** How many more jobs of each name may run in this process. */
export type Room = ReadonlyMap<string, number>;

/**
 * Takes the next jobs of a queue, whatever their names: higher priority first, then the older. The library takes jobs
 * of one name at a time, so a queue that holds several could not be fair. One process after the other does it (the
 * lock), because two that look at once would both see a key free.
 */
export async function claimJobs(
  pool: Pool,
  { queue, free, room }: { queue: QueueName; free: number; room: Room },
): Promise<Claimed[]> {
  const connection = await pool.connect();
  let broken = true;
  try {
    await connection.query(beginLocked(queue));
    const values = [[...room.keys()], [...room.values()], free, queue];
    const { rows } = await connection.query<Claimed>({ name: 'claim jobs', text: CLAIM, values });
    await connection.query('commit');
    broken = false;
    return rows;
  } finally {
    connection.release(broken); // an open transaction must not return to the pool
  }
}

/** Says "still at it" and gives the attempts that are still ours, as `attemptOf` writes them. */
export async function touchJobs(pool: Pool, jobs: readonly Claimed[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<Claimed>(TOUCH, [
    jobs.map(({ name }) => name),
    jobs.map(({ id }) => id),
    jobs.map(({ retryCount }) => retryCount),
  ]);
  return new Set(rows.map(attemptOf));
}

export const attemptOf = ({ id, retryCount }: Pick<Claimed, 'id' | 'retryCount'>): string =>
  `${id}:${retryCount}`;

/** Back to the queue without using up a try. */
export async function parkJob(
  pool: Pool,
  { name, id, retryCount }: Claimed,
  { afterSeconds, output }: { afterSeconds: number; output: object | null },
): Promise<void> {
  await pool.query(PARK, [name, id, retryCount, afterSeconds, output]);
}

/** Failed, however many tries are left. */
export async function failJobForGood(
  pool: Pool,
  { name, id, retryCount }: Claimed,
  output: object,
): Promise<void> {
  await pool.query(FAIL_FOR_GOOD, [name, id, retryCount, output]);
}

/** It is not among those that ended. */
export async function dropJob(pool: Pool, { name, id, retryCount }: Claimed): Promise<void> {
  await pool.query(`delete from ${SCHEMA}.job where ${MINE}`, [name, id, retryCount]);
}

/** In one go, because this is asked for every job that ends. */
const beginLocked = (queue: QueueName): string =>
  `begin; select pg_advisory_xact_lock(hashtextextended('queue ${queue}', 0))`;

/**
 * Per name the best few come from the library's own index (name, priority, age), so a long backlog costs nothing. A job
 * without `started_on` is taken without counting as a retry.
 */
const CLAIM = `
  with ready as materialized (
    select j.name, j.id, j.group_id, j.priority, j.created_on
    from unnest($1::text[], $2::int[]) as room(name, free) cross join lateral (
      select name, id, group_id, priority, created_on from ${SCHEMA}.job j
      where j.name = room.name and j.state < 'active' and not j.blocked and j.start_after <= now()
        and (j.group_id is null or not exists (select from ${SCHEMA}.job r
          where r.name = j.name and r.state = 'active' and r.group_id = j.group_id))
      order by j.priority desc, j.created_on limit room.free
    ) j
  ), one_per_key as (
    select *, row_number() over (partition by name, coalesce(group_id, id::text) order by priority desc, created_on) as nth
    from ready
  ), chosen as materialized (
    select name, id from one_per_key where nth = 1 order by priority desc, created_on limit $3
  )
  update ${SCHEMA}.job j set state = 'active', started_on = now(), heartbeat_on = now(),
    retry_count = case when started_on is null then retry_count else retry_count + 1 end
  where j.name = any (array(select name from chosen)) and j.id = any (array(select id from chosen))
    and j.state < 'active'
    and not exists (select from platform_queues q where q.name = $4 and q.paused_since is not null)
  returning j.name, j.id, j.retry_count as "retryCount", j.retry_count >= j.retry_limit as "isLastTry",
    j.data -> 'payload' as payload`;

const TOUCH = `
  update ${SCHEMA}.job j set heartbeat_on = now()
  from unnest($1::text[], $2::uuid[], $3::int[]) as mine(name, id, retry_count)
  where j.name = mine.name and j.id = mine.id and j.retry_count = mine.retry_count and j.state = 'active'
  returning j.id, j.retry_count as "retryCount"`;

const MINE = `name = $1 and id = $2 and retry_count = $3 and state = 'active'`;

const PARK = `
  update ${SCHEMA}.job set state = 'retry', started_on = null, heartbeat_on = null,
    start_after = now() + make_interval(secs => $4::float8), output = coalesce($5::jsonb, output)
  where ${MINE}`;

const FAIL_FOR_GOOD = `
  update ${SCHEMA}.job set state = 'failed', completed_on = now(), output = $4::jsonb where ${MINE}`;
