import { z } from 'zod';
import type { Sha256 } from '#core/ids.ts';
import { defineJob } from '#server/platform/jobs.ts';
import type { EnrichmentService } from './service.ts';

/** Bytes that are not there come back with their disk; the nightly sweep asks again, so nobody waits for it here. */
export const enrichmentJobs = (enrichment: Pick<EnrichmentService, 'derive' | 'sweep'>) => ({
  derive: defineJob({
    name: 'enrichment.derive',
    queue: 'enrichment',
    payload: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    concurrency: 1, // sharp and ffmpeg use several cores by themselves
    singletonKey: ({ sha256 }) => sha256,
    run: async ({ sha256 }, { signal }) => void (await enrichment.derive(sha256 as Sha256, signal)),
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
