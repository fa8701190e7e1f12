import { z } from 'zod';
import type { Sha256 } from '#core/ids.ts';
import { defineJob, retryLater } from '#server/platform/jobs.ts';
import type { EnrichmentService } from './service.ts';

const STORE_BACK_SECONDS = 600;

export const enrichmentJobs = (enrichment: Pick<EnrichmentService, 'derive' | 'sweep'>) => ({
  derive: defineJob({
    name: 'enrichment.derive',
    queue: 'enrichment',
    payload: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    concurrency: 1, // sharp and ffmpeg use several cores by themselves
    singletonKey: ({ sha256 }) => sha256,
    run: async ({ sha256 }, { signal }) => {
      const derived = await enrichment.derive(sha256 as Sha256, signal);
      return derived.is === 'store-missing'
        ? retryLater(STORE_BACK_SECONDS, 'media folder not there')
        : undefined;
    },
  }),
  sweep: defineJob({
    name: 'enrichment.sweep',
    queue: 'enrichment',
    payload: z.object({}),
    cron: '40 3 * * *',
    singletonKey: () => 'all',
    run: async (_payload, { signal }) => void (await enrichment.sweep(signal)),
  }),
});
