import { z } from 'zod';
import { defineJob } from '#server/platform/jobs.ts';
import type { JobsService } from './jobs.service.ts';

export const operationsJobs = (jobs: Pick<JobsService, 'forgetOld'>) => ({
  forgetOld: defineJob({
    name: 'operations.forget-jobs',
    queue: 'maintenance',
    payload: z.object({}),
    cron: '25 * * * *',
    retries: 0, // the next one is never far
    singletonKey: () => 'all',
    run: async () => void (await jobs.forgetOld()),
  }),
});
