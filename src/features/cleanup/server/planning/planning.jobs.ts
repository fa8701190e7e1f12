import { z } from 'zod';
import type { PolicyId } from '#core/ids.ts';
import { defineJob } from '#server/platform/jobs.ts';
import type { PlanningService } from './planning.service.ts';

const payload = z.object({ policyId: z.string().optional() });

/**
 * Plans again after a sync (every policy) or after a change (one), so that pages tell what is so. Nothing is removed by
 * it. While the library is busy it fails and is tried again.
 */
export const planJob = (planning: Pick<PlanningService, 'planAll' | 'planNow'>) =>
  defineJob({
    name: 'cleanup.plan',
    queue: 'cleanup',
    payload,
    retries: 5,
    singletonKey: ({ policyId }) => policyId ?? 'all',
    run: async ({ policyId }) => {
      const made =
        policyId === undefined ? await planning.planAll() : await planning.planNow(policyId as PolicyId);
      if (!made.ok && made.error.code === 'cleanup.library-busy') throw new Error(made.error.code);
    },
  });
