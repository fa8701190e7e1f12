import type { Pool } from './db.ts';
import type { JobCounts, JobState } from './jobs.ts';

/** Where the queue library keeps its tables. What it has no call for is asked here in SQL; its version is pinned. */
export const SCHEMA = 'jobs';

export type ListedJob = {
  id: string;
  name: string;
  state: JobState;
  payload: unknown;
  priority: number;
  createdAt: Date;
  startAfter: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  tries: number;
  error: string | null;
};

export type JobFilter = { name?: string; state?: JobState; limit?: number };

/** The newest first. */
export async function listJobs(pool: Pool, { name, state, limit = 100 }: JobFilter): Promise<ListedJob[]> {
  const { rows } = await pool.query<ListedJob>(LIST, [name ?? null, state ?? null, limit]);
  return rows;
}

/** By name of the job; one that never had any is missing. */
export async function countJobs(pool: Pool): Promise<Record<string, JobCounts>> {
  const { rows } = await pool.query<JobCounts & { name: string }>(COUNTS);
  return Object.fromEntries(
    rows.map(({ name, waiting, active, failed }) => [name, { waiting, active, failed }]),
  );
}

const COUNTS = `
  select name,
    count(*) filter (where state < 'active')::int as waiting,
    count(*) filter (where state = 'active')::int as active,
    count(*) filter (where state = 'failed')::int as failed
  from ${SCHEMA}.job where state <> 'completed' and name not like '\\_\\_pgboss%' group by name`;

const STATE = `case when state < 'active' then 'waiting' else state::text end`;
const LIST = `
  select id, name, ${STATE} as state, data -> 'payload' as payload, priority, created_on as "createdAt", start_after as "startAfter",
    started_on as "startedAt", completed_on as "endedAt",
    retry_count + (case when started_on is null then 0 else 1 end) as tries, output ->> 'message' as error
  from ${SCHEMA}.job
  where name not like '\\_\\_pgboss%' and ($1::text is null or name = $1) and ($2::text is null or ${STATE} = $2)
  order by created_on desc, id limit $3`;
