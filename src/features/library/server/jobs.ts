import type { RunId } from '#core/ids.ts';
import { defineJob } from '#server/platform/jobs.ts';
import { syncPayload } from './schemas.ts';
import type { LibraryService } from './service.ts';

const EVERY_SIX_HOURS = '0 */6 * * *';

export const syncJob = (library: Pick<LibraryService, 'runSync'>, cron = EVERY_SIX_HOURS) =>
  defineJob({
    name: 'library.sync',
    queue: 'cleanup',
    payload: syncPayload,
    cron,
    retries: 0, // what failed is written down with the run; the next time table entry is soon enough
    singletonKey: () => 'library.sync',
    run: async ({ syncId }, { signal }) => {
      await library.runSync((syncId as RunId | undefined) ?? null, signal);
    },
  });
