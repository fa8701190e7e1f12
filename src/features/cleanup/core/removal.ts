import type { ConnectionId, ItemId, PlanId, PolicyId, RunId } from '#core/ids.ts';

/**
 * C-12: removing one item is a saga. Each step is written down before it is done and again when it is proven, so that
 * a crash at any moment leaves a place to go on from. The order is that of T-08: unmonitor before anything is deleted.
 */
export const removalSteps = ['unmonitor', 're-read', 'delete', 'verify', 'request', 'media-server', 'history'] as const;
export type RemovalStep = (typeof removalSteps)[number];

export type Removal = {
  id: string;
  runId: RunId;
  itemId: ItemId;
  connectionId: ConnectionId;
  externalId: number;
  kind: 'film' | 'season' | 'show';
  seasonNumber: number | null;
  title: string;
  /** What the plan counted on; a re-read that finds much more stops the removal. */
  plannedFiles: readonly { externalId: number; path: string; sizeBytes: number }[];
  plannedBytes: number;
  state: RemovalState;
};

export type RemovalState =
  | { is: 'planned' }
  /** `step` was begun and is not proven. */
  | { is: 'under-way'; step: RemovalStep; begunAt: Date }
  | { is: 'removed'; at: Date; freedBytes: number }
  /** Something had changed since the plan (tag, watched, files): left alone. */
  | { is: 'left-alone'; at: Date; because: string }
  | { is: 'failed'; at: Date; step: RemovalStep; because: string };

export type Run = {
  id: RunId;
  policyId: PolicyId;
  planId: PlanId;
  mode: 'dry' | 'real';
  startedBy: 'schedule' | 'person';
  byName: string | null;
  startedAt: Date;
  endedAt: Date | null;
  outcome: RunOutcome;
};

export type RunOutcome =
  | { is: 'under-way' }
  | { is: 'done'; items: number; bytes: number; failed: number; leftAlone: number }
  /** The breaker or a failed plan: nothing was changed. */
  | { is: 'stopped'; because: readonly string[] };
