import { z } from 'zod';
import type { PostMediaId } from '#core/ids.ts';
import { MOST_CONCURRENCY } from '#core/queues.ts';
import { defineJob, retryLater } from '#server/platform/jobs.ts';
import type { Downloads } from './downloads.service.ts';
import type { createOrphanService } from './orphans.service.ts';
import type { createVerifyService } from './verify.service.ts';

export type MediaJobDeps = {
  downloads: Downloads;
  orphans: ReturnType<typeof createOrphanService>;
  verify: ReturnType<typeof createVerifyService>;
  /** Whatever waits and has no job gets one. */
  fetchAll: (signal: AbortSignal) => Promise<number>;
  changed: () => void;
  log: { info: (what: string, facts: object) => void; warn: (what: string, facts: object) => void };
};

const postMediaId = z.string().transform((id) => id as PostMediaId);

/** Of each hour: the rest of it the disk is for people. */
const VERIFY_MS = 20 * 60_000;

export function mediaJobs({ downloads, orphans, verify, fetchAll, changed, log }: MediaJobDeps) {
  return {
    /** Tries are counted in the row, by what went wrong; what the queue counts is broken programs. */
    download: defineJob({
      name: 'archive.media',
      queue: 'media',
      payload: z.object({ postMediaId }),
      concurrency: MOST_CONCURRENCY, // the queue has fewer places, and each source its own number
      singletonKey: (payload) => payload.postMediaId,
      run: async (payload, { signal, progress }) => {
        const end = await downloads.run(payload.postMediaId, {
          signal,
          progress: (done, total) => progress({ done, total }),
        });
        if (end.is === 'later') return retryLater(Math.ceil(end.afterMs / 1000), end.why);
        if (end.is === 'gap') log.warn('media cannot be had', { media: payload.postMediaId, why: end.why });
        changed();
        return undefined;
      },
    }),

    upkeep: defineJob({
      name: 'archive.media-upkeep',
      queue: 'maintenance',
      payload: z.object({}),
      cron: '10 3 * * *',
      singletonKey: () => 'upkeep',
      run: async (_payload, { signal }) => {
        const tidied = await orphans.tidy(signal);
        if (!tidied) log.warn('the media folder is not there, so nothing was tidied', {});
        else if (Object.values(tidied).some((count) => count > 0))
          log.info('the media folder was tidied', tidied);
        const fetched = await fetchAll(signal);
        if (fetched > 0) log.info('media that waited without a job got one', { fetched });
        changed();
      },
    }),

    verify: defineJob({
      name: 'archive.media-verify',
      queue: 'maintenance',
      payload: z.object({}),
      cron: '35 * * * *',
      singletonKey: () => 'verify',
      run: async (_payload, { signal }) => {
        const verified = await verify.run(VERIFY_MS, signal);
        if (verified && verified.damaged > 0) log.warn('damaged media files were found', verified);
        changed();
      },
    }),
  };
}
