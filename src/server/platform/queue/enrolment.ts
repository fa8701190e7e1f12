import type { PgBoss } from 'pg-boss';
import type { QueueName } from '#core/queues.ts';
import type { Job } from '../jobs.ts';
import { makeQueue } from './boss.ts';

export type Enrolment = ((job: Job<unknown>) => Promise<void>) & {
  /** For the list of all jobs: a second one of the same name is a mistake. */
  once: (job: Job<unknown>) => Promise<void>;
  known: () => { name: string; queue: QueueName }[];
};

/** A process that only adds may come before the first worker, so whoever names a job makes its place in the library. */
export function createEnrolment(boss: PgBoss): Enrolment {
  const made = new Map<string, Promise<void>>();
  const jobs = new Map<string, QueueName>();

  function enroll(job: Job<unknown>): Promise<void> {
    const making = made.get(job.name) ?? makeQueue(boss, job);
    made.set(job.name, making);
    making.catch(() => made.delete(job.name)); // tried again by whoever comes next
    return making;
  }

  return Object.assign(enroll, {
    once(job: Job<unknown>): Promise<void> {
      if (jobs.has(job.name)) throw new Error(`Two jobs are called ${job.name}`);
      jobs.set(job.name, job.queue);
      return enroll(job);
    },
    known: () => [...jobs].map(([name, queue]) => ({ name, queue })),
  });
}
