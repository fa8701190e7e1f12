import { z } from 'zod';
import type { RunId } from '#core/ids.ts';
import { defineJob, retryLater, type JobContext } from '#server/platform/jobs.ts';
import type { CreditService } from './credits.service.ts';
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

/** Each sync asks anyway; this is for the time until then. */
const AGAIN_AFTER_SECONDS = 3600;

/** After each sync. Apart from it: nothing is decided by who plays in a film, so a sync does not wait for that. */
export const creditsJob = (credits: CreditService, changed: () => Promise<void>) =>
  defineJob({
    name: 'library.ask-credits',
    queue: 'maintenance',
    payload: z.object({}),
    singletonKey: () => 'library.ask-credits',
    run: async (_payload, context: JobContext) => {
      const run = await credits.ask(context);
      if (run.changed > 0) await changed();
      const why = run.problems.map(({ server, problem }) => `${server}: ${problem.code}`).join(', ');
      return why === '' ? undefined : retryLater(AGAIN_AFTER_SECONDS, why);
    },
  });
