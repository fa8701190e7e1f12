import type { PgBoss } from 'pg-boss';
import type { QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import { redactText } from '../redact.ts';
import { affectedBy } from './boss.ts';
import { claimJobs, dropJob, failJobForGood, parkJob, touchJobs, type Claimed } from './claims.ts';
import type { Claims } from './loop.ts';
import type { ProgressBook } from './progress.ts';
import type { Tally } from './tally.ts';

type Deps = {
  boss: PgBoss;
  pool: Pool;
  progress: ProgressBook;
  tally: Tally;
  /** Something changed that a page may show. */
  note: () => void;
};

/** How the jobs of a queue are taken, and how their endings are written. */
export const claimsOf =
  ({ boss, pool, progress, tally, note }: Deps) =>
  (queue: QueueName): Claims => ({
    async claim(free, room) {
      const claimed = await claimJobs(pool, { queue, free, room });
      if (claimed.length > 0) note();
      return claimed;
    },
    async complete(job) {
      const affected = await affectedBy(boss.complete(job.name, attempt(job)));
      progress.forget(job.id);
      if (affected > 0) tally.count(queue, 'done');
    },
    async fail(job, problem) {
      await boss.fail(job.name, attempt(job), describe(problem));
      if (job.isLastTry) tally.count(queue, 'failed');
      note();
    },
    async end(job, outcome) {
      if (outcome.is === 'nothing-done') {
        await dropJob(pool, job);
        progress.forget(job.id);
        return note();
      }
      const output = { message: redactText(outcome.why) };
      if (outcome.is === 'retry-later')
        await parkJob(pool, job, { afterSeconds: outcome.afterSeconds, output });
      else {
        await failJobForGood(pool, job, output);
        tally.count(queue, 'failed');
      }
      note();
    },
    async park(job) {
      await parkJob(pool, job, { afterSeconds: 0, output: null });
    },
    touch: (jobs) => touchJobs(pool, jobs),
    progress: (job, made) => progress.note(job.id, made),
  });

const attempt = ({ id, retryCount }: Claimed) => ({ id, retryCount });

export const textOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem);

/** Shown to people, so no secret may be in it. */
const describe = (problem: unknown) => ({
  message: redactText(textOf(problem)),
  ...(problem instanceof Error && problem.stack ? { detail: redactText(problem.stack) } : {}),
});
