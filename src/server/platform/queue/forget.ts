import type { Pool } from '../db.ts';
import { OURS, SCHEMA } from './schema.ts';

/** After how many days an ended job is thrown away. What waits is never thrown away. */
export type Retention = { completedDays: number; cancelledDays: number; failedDays: number };

/** Rows in one statement: a long one would hold up the clean-up of the database itself. */
const AT_ONCE = 10_000;
const KEEP_MINUTES = '2 days';

/** Throws away ended jobs that are old enough, and what was kept beside them. Gives how many jobs went. */
export async function forgetJobs(pool: Pool, retention: Retention): Promise<number> {
  const { completedDays, cancelledDays, failedDays } = retention;
  let gone = 0;
  for (;;) {
    const { rowCount } = await pool.query(FORGET, [completedDays, cancelledDays, failedDays, AT_ONCE]);
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < AT_ONCE) break;
  }
  await pool.query(
    `delete from platform_job_progress p where not exists (select from ${SCHEMA}.job j where j.id = p.job_id)`,
  );
  await pool.query('delete from platform_job_minutes where minute < now() - $1::interval', [KEEP_MINUTES]);
  return gone;
}

const FORGET = `
  delete from ${SCHEMA}.job where (name, id) in (
    select name, id from ${SCHEMA}.job
    where ${OURS} and completed_on < now() - make_interval(days =>
      case state when 'completed' then $1::int when 'cancelled' then $2::int when 'failed' then $3::int end)
    limit $4)`;
