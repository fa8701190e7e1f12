import type { JobProgress, JobState } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import { OURS, SCHEMA } from './schema.ts';

export type ListedJob = {
  id: string;
  name: string;
  state: JobState;
  payload: unknown;
  priority: number;
  createdAt: Date;
  /** Of a job that waits: when its turn may come. */
  startAfter: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  tries: number;
  mostTries: number;
  /** Why the last try did not end well, or why the job waits for later. */
  error: string | null;
  /** The same in full, for whoever has to mend it. */
  errorDetail: string | null;
  progress: JobProgress | null;
  /** Sent as `after`, the list goes on behind this job. */
  cursor: string;
};

export type JobFilter = {
  names?: readonly string[];
  state?: JobState;
  /** In the name, the id, the payload, the error, or what the job is at. */
  text?: string;
  after?: string | null;
  limit?: number;
};

/** What runs comes first, then the newest. */
export async function listJobs(pool: Pool, filter: JobFilter): Promise<ListedJob[]> {
  const { names, state, text, after, limit = 100 } = filter;
  const [isActive, createdOn, id] = after?.split(' ') ?? [];
  const { rows } = await pool.query<ListedJob & ProgressColumns>(LIST, [
    names ?? null,
    state ?? null,
    text ? `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    isActive ?? null,
    createdOn ?? null,
    id ?? null,
    limit,
  ]);
  return rows.map(({ done, total, progressText, ...job }) => ({
    ...job,
    progress: done === null ? null : { done, total, text: progressText },
  }));
}

type ProgressColumns = { done: number | null; total: number | null; progressText: string | null };

/** The form of a cursor; anything else would be a mistake in SQL. */
export const isJobCursor = (text: string): boolean =>
  /^(true|false) \d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [\da-f-]{36}$/.test(text);

/** The name of a job, which the library wants beside its id. */
export async function nameOfJob(pool: Pool, id: string): Promise<{ name: string; state: JobState } | null> {
  const { rows } = await pool.query<{ name: string; state: JobState }>(
    // By all names, because the index of the library begins with the name.
    `select name, ${STATE} as state from ${SCHEMA}.job
    where name = any (array(select name from ${SCHEMA}.queue where ${OURS})) and id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

export type JobCounts = { waiting: number; active: number; failed: number };

/** By name of the job; one that never had any is missing. */
export async function countJobs(pool: Pool): Promise<Record<string, JobCounts>> {
  const { rows } = await pool.query<JobCounts & { name: string }>(COUNTS);
  return Object.fromEntries(
    rows.map(({ name, waiting, active, failed }) => [name, { waiting, active, failed }]),
  );
}

const STATE = `case when state < 'active' then 'waiting' else state::text end`;

const COUNTS = `
  select name,
    count(*) filter (where state < 'active')::int as waiting,
    count(*) filter (where state = 'active')::int as active,
    count(*) filter (where state = 'failed')::int as failed
  from ${SCHEMA}.job where state <> 'completed' and ${OURS} group by name`;

/** The library's own failures (a heartbeat that stopped) have their message one level deeper. */
const ERROR = `coalesce(output ->> 'message', output -> 'value' ->> 'message')`;
const PLACE = `(state = 'active', created_on, id)`;

const LIST = `
  select id, name, ${STATE} as state, data -> 'payload' as payload, priority, created_on as "createdAt",
    start_after as "startAfter", started_on as "startedAt", completed_on as "endedAt",
    retry_count + (case when started_on is null then 0 else 1 end) as tries, retry_limit + 1 as "mostTries",
    case when state <> 'completed' then ${ERROR} end as error,
    case when state <> 'completed' then output ->> 'detail' end as "errorDetail",
    done, total, text as "progressText",
    concat_ws(' ', (state = 'active')::text,
      to_char(created_on at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), id) as cursor
  from ${SCHEMA}.job left join platform_job_progress on job_id = id
  where ${OURS} and ($1::text[] is null or name = any($1)) and ($2::text is null or ${STATE} = $2)
    and ($3::text is null or concat_ws(' ', name, id, data ->> 'payload', ${ERROR}, text) ilike $3)
    and ($4::bool is null or ${PLACE} < ($4::bool, $5::timestamptz, $6::uuid))
  order by state = 'active' desc, created_on desc, id desc limit $7`;
