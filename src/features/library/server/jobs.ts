import { z } from 'zod';
import type { RunId } from '#core/ids.ts';
import { defineJob, retryLater, type JobContext } from '#server/platform/jobs.ts';
import type { CreditService } from './credits.service.ts';
import type { Clock } from './ports.ts';
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
/** Of a first sync of thousands of titles. What is told later is indexed a second time. */
const SEARCH_WAITS_MS = 30_000;

export type CreditsJobDeps = {
  credits: CreditService;
  /** Titles are new, or something else is known of them. */
  tellSearch: () => Promise<void>;
  clock: Clock;
};

/**
 * After each sync. Apart from it: nothing is decided by who plays in a film, so a sync does not wait for that. But search does
 * for a while, because a title costs as much to be indexed again as the first time.
 */
export const creditsJob = ({ credits, tellSearch, clock }: CreditsJobDeps) =>
  defineJob({
    name: 'library.ask-credits',
    queue: 'search',
    payload: z.object({}),
    singletonKey: () => 'library.ask-credits',
    run: async (_payload, { signal, progress }: JobContext) => {
      const waitsUntil = clock.now().getTime() + SEARCH_WAITS_MS;
      let told: Promise<void> | null = null;
      const run = await credits
        .ask({
          signal,
          progress: (made) => {
            progress(made);
            // Should it fail, the one at the end makes up for it.
            if (clock.now().getTime() > waitsUntil) told ??= tellSearch().catch(() => undefined);
          },
        })
        .finally(async () => {
          await told;
          if (!signal.aborted) await tellSearch();
        });
      const why = run.problems.map(({ server, problem }) => `${server}: ${problem.code}`).join(', ');
      return why === '' ? undefined : retryLater(AGAIN_AFTER_SECONDS, why);
    },
  });
