import { z } from 'zod';
import type { PolicyId } from '#core/ids.ts';
import { defineJob, type Job } from '#server/platform/jobs.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { ExecutionService } from './execution/execution.service.ts';
import type { LeavingSoonService } from './leaving-soon/leaving-soon.service.ts';

export type RunPayload = { policyId: PolicyId; startedBy: 'schedule' | 'person'; byName: string | null };

export type CleanupJobs = ReturnType<typeof cleanupJobs>;

/**
 * Nothing here is repeated by the queue: what was begun stands in the database, and `cleanup.resume` goes on with it.
 * That job is added at every start; its time table is for runs that lost the library lock on the way.
 */
export function cleanupJobs(
  execution: ExecutionService,
  leavingSoon: LeavingSoonService,
  /** Reads the services again when that is some time ago: the last word of the house before anything goes. */
  freshen: (signal: AbortSignal) => Promise<void>,
) {
  const run = defineJob<RunPayload>({
    name: 'cleanup.run',
    queue: 'cleanup',
    payload: z.object({
      policyId: z.string().transform((id) => id as PolicyId),
      startedBy: z.enum(['schedule', 'person']),
      byName: z.string().nullable(),
    }),
    retries: 0,
    singletonKey: ({ policyId }) => policyId,
    run: async ({ policyId, ...by }, { signal }) => {
      if (!signal.aborted) await freshen(signal);
      const done = await execution.run(policyId, by, signal);
      if (!done.ok && done.error.code === 'cleanup.library-busy' && !signal.aborted)
        throw new Error(done.error.code);
      if (!signal.aborted) await leavingSoon.update();
    },
  });

  const resume = defineJob({
    name: 'cleanup.resume',
    queue: 'cleanup',
    payload: z.object({}),
    cron: '*/15 * * * *',
    retries: 0,
    singletonKey: () => 'resume',
    run: async (_payload, { signal }) => {
      await execution.resume(signal);
    },
  });

  /** After a sync, a plan, or a change of what is kept. */
  const updateLeavingSoon = defineJob({
    name: 'cleanup.leaving-soon',
    queue: 'cleanup',
    payload: z.object({}),
    singletonKey: () => 'leaving-soon',
    run: async () => {
      const { failed } = await leavingSoon.update();
      if (failed > 0) throw new Error(`${failed} parts of Leaving Soon could not be updated`);
    },
  });

  return { run, resume, updateLeavingSoon };
}

type Timetable = {
  schedule<T>(job: Job<T>, key: string, cron: string, timeZone: string, payload: T): Promise<void>;
  unschedule(job: { name: string }, key: string): Promise<void>;
};

/** The queue's time table follows the policies: call it with each policy at start, and whenever one is saved. */
export const keepTimetable = (queue: Timetable, { run }: Pick<CleanupJobs, 'run'>) => ({
  saved: (policy: Pick<Policy, 'id' | 'enabled' | 'cron' | 'timeZone'>): Promise<void> =>
    policy.enabled
      ? queue.schedule(run, policy.id, policy.cron, policy.timeZone, {
          policyId: policy.id,
          startedBy: 'schedule',
          byName: null,
        })
      : queue.unschedule(run, policy.id),
  removed: (id: PolicyId): Promise<void> => queue.unschedule(run, id),
});
