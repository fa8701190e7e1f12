import type { ConnectionId, ItemId, PolicyId, RunId } from '#core/ids.ts';
import type { Fact } from '#core/fact.ts';
import type { Result } from '#core/result.ts';
import type { Claim } from '../../core/judging/claims.ts';
import type { Approval } from '../../core/plan/approval.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Removal, RemovalState, Run, RunOutcome } from '../../core/removal/removal.ts';
import type { RemovalTarget } from '../../core/removal/saga-draft.ts';
import type { StepProblem } from '../../core/removal/title-now.ts';
import type { Before } from '../../core/removal/title-settings.ts';

export type RunStore = {
  /** The run and all that it may ever remove, in one transaction: a resumed run can only go on with these. */
  begin(run: Run, removals: readonly Removal[]): Promise<void>;
  end(id: RunId, endedAt: Date, outcome: RunOutcome): Promise<void>;
  get(id: RunId): Promise<Run | null>;
  /** Newest first; `before` is the start of the last one already shown. */
  list(page: { limit: number; before: Date | null; policyId?: PolicyId }): Promise<Run[]>;
  /** Oldest first. */
  underWay(): Promise<Run[]>;
};

export type RemovalStore = {
  /** In the order of the run. */
  ofRun(runId: RunId): Promise<Removal[]>;
  /** Also noted in the trail. An ended removal cannot change any more: then this throws. */
  write(id: string, state: RemovalState, at: Date): Promise<void>;
  find(id: string): Promise<Removal | null>;
  /** C-14: written before the first step of a removal that has not begun; later it changes nothing. */
  keepBefore(id: string, before: Before): Promise<void>;
  /** Whether a removal of this item has not ended yet. */
  isUnderWay(itemId: ItemId): Promise<boolean>;
  /** Those that failed since then. */
  failedSince(since: Date): Promise<Removal[]>;
  /** The one way in which an ended removal changes: from failed to removed. Else this throws. */
  settle(id: string, state: RemovalState, at: Date): Promise<void>;
  /** Ended removals, newest first. They outlive the item, its policy and its connection (C-14). */
  history(page: HistoryPage): Promise<HistoryEntry[]>;
};

export type HistoryPage = {
  limit: number;
  /** `cursor` of the last entry already shown. */
  after: string | null;
  outcome?: 'removed' | 'left-alone' | 'failed';
  itemId?: ItemId;
  /** A part of the title, in any case. */
  text?: string;
};

export type HistoryEntry = {
  cursor: string;
  removal: Removal;
  run: Pick<Run, 'id' | 'policyId' | 'policyName' | 'startedBy' | 'byName'>;
  trail: readonly TrailMark[];
};

/** One thing that was written down, before it was done. */
export type TrailMark = { at: Date; is: RemovalState['is']; step: string | null; tries: number | null };

/** The library, as far as clean-up changes it. */
export type RemovalLibrary = {
  /** What is not in the library is left out. */
  targets(ids: readonly ItemId[]): Promise<RemovalTarget[]>;
  /** The item is gone from the disk: it leaves the library before the next sync would notice. */
  forget(itemId: ItemId): Promise<void>;
  /** From the namespace of one connection into that of another, by both path mappings (T-60). */
  translatePaths(from: ConnectionId, to: ConnectionId, paths: readonly string[]): Promise<readonly string[]>;
  /** Whether this program sees any of these files itself; unknown where the disk is not mounted here. */
  anyOnDisk(from: ConnectionId, paths: readonly string[]): Promise<Fact<boolean>>;
};

/** Asked again at the moment of deleting (T-70). The ids are the item with its show or its seasons. */
export type Guards = {
  excludedByHand(itemIds: readonly ItemId[]): Promise<boolean>;
  /** The item itself comes first: when nobody can say of it, the answer is unknown, which is never "nobody". */
  playingNow(itemIds: readonly ItemId[]): Promise<Result<Fact<boolean>, StepProblem>>;
  /**
   * Whether the folder of this film or show holds more than it: another title, of whatever service, or a whole root
   * folder. Removing a title takes its folder with everything in it.
   */
  folderIsShared(itemId: ItemId): Promise<boolean>;
};

/** The planning half of clean-up. */
export type Planning = {
  /** With when a person last changed and armed it: a run goes on only under the policy that it was planned with. */
  policy(id: PolicyId): Promise<(Policy & { changedAt: Date; armedAt: Date | null }) | null>;
  /** What tag and episode policies speak for at this moment. */
  claims(): Promise<readonly Claim[]>;
  /** Called while the library lock is held, so it must not take it again. The plan is stored by then. */
  makePlan(id: PolicyId): Promise<Result<Plan, { code: string }>>;
  /** What a person said may go, for a policy that asks for it; null when nobody did, or too long ago. */
  approvalOf(id: PolicyId): Promise<Approval | null>;
};

/** One lock for sync, planning and executing. `lost` aborts when somebody else may have it by now. */
export type LibraryLock = <T>(
  work: (lost: AbortSignal) => Promise<T>,
) => Promise<Result<T, { code: string }>>;

export type Clock = { now(): Date };

/** Resolves after the time, or at once when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export type RunLog = {
  info(what: string, facts: Record<string, unknown>): void;
  warn(what: string, facts: Record<string, unknown>): void;
};
