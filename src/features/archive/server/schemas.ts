import { z } from '@hono/zod-openapi';
import type { SourceProblem } from '../core/source-problem.ts';

/** As JSON keeps it: dates are text. */
export type StoredSourceState =
  | { is: 'unchecked' }
  | { is: 'ready'; account: string; checkedAt: string; expiresAt: string | null }
  | { is: 'stopped'; problem: SourceProblem; since: string; until: string | null };

export const syncCounts = z.object({
  creators: z.number().int(),
  listed: z.number().int(),
  fresh: z.number().int(),
  changed: z.number().int(),
  locked: z.number().int(),
  vanished: z.number().int(),
  mediaFound: z.number().int(),
});
export type SyncCounts = z.infer<typeof syncCounts>;

export type StoredSyncOutcome =
  | { is: 'under-way'; creator: string | null }
  | { is: 'done' }
  /** What was read until then is kept; the next one goes on. */
  | { is: 'stopped'; problem: SourceProblem };
