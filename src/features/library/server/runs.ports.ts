import type { ConnectionId, RunId } from '#core/ids.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';
import type { SyncProblem } from '../core/source.ts';

/** `partial`: some services failed and keep what they had. `busy`: a plan or a removal had the library. */
export const syncStates = ['queued', 'running', 'done', 'partial', 'failed', 'interrupted', 'busy'] as const;
export type SyncState = (typeof syncStates)[number];

export const syncSteps = [
  'catalogue',
  'episodes',
  'imports',
  'media',
  'marks',
  'requests',
  'plays',
  'disks',
  'linking',
] as const;
export type SyncStep = (typeof syncSteps)[number];

/** `total` is null where nobody knows how much is coming. */
export type Progress = { step: SyncStep; done: number; total: number | null };

export type Changes = { added: number; changed: number; removed: number };

export type SourceResult = {
  connectionId: ConnectionId;
  kind: ServiceKind;
  name: string;
  problem: SyncProblem | null;
  /** Titles, media entries or requests that the service told of. */
  count: number;
  changes: Changes;
};

export type SyncRun = {
  id: RunId;
  state: SyncState;
  /** An admin has looked at an empty or shrunken answer and says that it is true. */
  acceptShrink: boolean;
  requestedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  aliveAt: Date;
  progress: Progress | null;
  results: readonly SourceResult[];
};
