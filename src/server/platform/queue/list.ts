import type { JobState, QueuedJob } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import { OURS, SCHEMA } from './schema.ts';

/** `cursor` sent as `after`: the list goes on behind this job. */
export type ListedJob = QueuedJob & { cursor: string };

export type JobFilter = {
  names?: readonly string[];
  state?: JobState;
  /** In the name, the id, the payload, the error, or what the job is at. */
  text?: string;
  id?: string;
  after?: string | null;
  limit?: number;
};

/** What runs comes first, then the newest. */
export async function listJobs(pool: Pool, filter: JobFilter): Promise<ListedJob[]> {
  const [isActive, createdOn, id] = filter.after?.split(' ') ?? [];
  const { rows } = await pool.query<ListedJob & ProgressColumns>(LIST, [
    ...narrowing(filter),
    isActive ?? null,
    createdOn ?? null,
    id ?? null,
    filter.limit ?? 100,
  ]);
  return rows.map(({ done, total, progressText, ...job }) => ({
    ...job,
    progress: done === null ? null : { done, total, text: progressText },
  }));
}

/** How many there are on all pages. */
export async function countListed(pool: Pool, filter: JobFilter): Promise<number> {
  const { rows } = await pool.query<{ jobs: number }>(COUNT_LISTED, narrowing(filter));
  return rows[0]?.jobs ?? 0;
}

/** One job; its name is one of these, because the index of the library begins with the name. */
export async function findJob(pool: Pool, names: readonly string[], id: string): Promise<ListedJob | null> {
  const [job] = await listJobs(pool, { names, id, limit: 1 });
  return job ?? null;
}

const narrowing = ({ names, state, text, id }: JobFilter): unknown[] => [
  names ?? null,
  state ?? null,
  text ? `%${text.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
  id ?? null,
];

type ProgressColumns = { done: number | null; total: number | null; progressText: string | null };

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

const PASSES = `${OURS} and ($1::text[] is null or name = any($1)) and ($2::text is null or ${STATE} = $2)
    and ($3::text is null or concat_ws(' ', name, id, data ->> 'payload', ${ERROR}, text) ilike $3)
    and ($4::uuid is null or id = $4)`;
const FROM = `from ${SCHEMA}.job left join platform_job_progress on job_id = id`;

const COUNT_LISTED = `select count(*)::int as jobs ${FROM} where ${PASSES}`;

const LIST = `
  select id, name, ${STATE} as state, data -> 'payload' as payload, priority, created_on as "createdAt",
    start_after as "startAfter", started_on as "startedAt", completed_on as "endedAt",
    retry_count + (case when started_on is null then 0 else 1 end) as tries, retry_limit + 1 as "mostTries",
    case when state <> 'completed' then ${ERROR} end as error,
    case when state <> 'completed' then output ->> 'detail' end as "errorDetail",
    done, total, text as "progressText",
    concat_ws(' ', (state = 'active')::text,
      to_char(created_on at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), id) as cursor
  ${FROM} where ${PASSES}
    and ($5::bool is null or ${PLACE} < ($5::bool, $6::timestamptz, $7::uuid))
  order by state = 'active' desc, created_on desc, id desc limit $8`;
