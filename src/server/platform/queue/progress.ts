import type { Pool } from '../db.ts';
import type { Progress } from '../jobs.ts';

export type ProgressBook = {
  note(jobId: string, progress: Progress): void;
  /** The job ended well: how far it was interests nobody any more. */
  forget(jobId: string): void;
  /** Writes what was noted since the last time; true when there was something. */
  flush(): Promise<boolean>;
};

/** Keeps the last word of each job and writes all of them in one go, however often the jobs report. */
export function createProgressBook(pool: Pool): ProgressBook {
  const noted = new Map<string, Progress & { at: Date }>();
  /** With a row in the database, or one that is about to be written. */
  const written = new Set<string>();
  const over = new Set<string>();

  return {
    note: (jobId, progress) => void noted.set(jobId, { ...progress, at: new Date() }),
    forget(jobId) {
      noted.delete(jobId);
      if (written.delete(jobId)) over.add(jobId);
    },
    async flush() {
      const rows = [...noted];
      const gone = [...over];
      noted.clear();
      over.clear();
      for (const [jobId] of rows) written.add(jobId);
      if (rows.length > 0) await pool.query(WRITE, columnsOf(rows));
      if (gone.length > 0)
        await pool.query('delete from platform_job_progress where job_id = any($1)', [gone]);
      return rows.length + gone.length > 0;
    },
  };
}

const columnsOf = (rows: readonly (readonly [string, Progress & { at: Date }])[]): unknown[] => [
  rows.map(([jobId]) => jobId),
  rows.map(([, { done }]) => Math.round(done)),
  rows.map(([, { total }]) => (total === null || total === undefined ? null : Math.round(total))),
  rows.map(([, { text }]) => text ?? null),
  rows.map(([, { at }]) => at),
];

const WRITE = `
  insert into platform_job_progress (job_id, done, total, text, at)
  select * from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::timestamptz[])
  on conflict (job_id) do update
    set done = excluded.done, total = excluded.total, text = excluded.text, at = excluded.at`;
