import { z } from 'zod';
import { defineJob } from '#server/platform/jobs.ts';
import type { RestoreService } from './restore.service.ts';

/** As with runs, the queue repeats nothing: what was begun stands in the database, and each turn of the job goes on with it. */
export const restoreJob = (restores: Pick<RestoreService, 'resume'>) =>
  defineJob({
    name: 'cleanup.restore',
    queue: 'cleanup',
    payload: z.object({}),
    cron: '*/15 * * * *',
    retries: 0,
    singletonKey: () => 'restore',
    run: async (_payload, { signal }) => {
      await restores.resume(signal);
    },
  });
