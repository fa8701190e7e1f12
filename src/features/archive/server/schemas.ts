import { z } from '@hono/zod-openapi';
import type { SourceState } from '../core/source.ts';
import type { SyncOutcome } from '../core/shown-sync.ts';
import type { SourceProblem } from '../core/source-problem.ts';

/** As JSON keeps it: dates are text. */
export type StoredSourceState =
  | { is: 'unchecked' }
  | { is: 'ready'; account: string | null; checkedAt: string; expiresAt: string | null }
  | { is: 'stopped'; problem: SourceProblem; since: string; until: string | null };

export function toStoredState(state: SourceState): StoredSourceState {
  switch (state.is) {
    case 'unchecked':
      return state;
    case 'ready':
      return {
        ...state,
        checkedAt: state.checkedAt.toISOString(),
        expiresAt: state.expiresAt?.toISOString() ?? null,
      };
    case 'stopped':
      return { ...state, since: state.since.toISOString(), until: state.until?.toISOString() ?? null };
  }
}

export function fromStoredState(state: StoredSourceState): SourceState {
  switch (state.is) {
    case 'unchecked':
      return state;
    case 'ready':
      return {
        ...state,
        checkedAt: new Date(state.checkedAt),
        expiresAt: state.expiresAt === null ? null : new Date(state.expiresAt),
      };
    case 'stopped':
      return {
        ...state,
        since: new Date(state.since),
        until: state.until === null ? null : new Date(state.until),
      };
  }
}

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

export type StoredSyncOutcome = SyncOutcome;
