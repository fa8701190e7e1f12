import type { ItemId, PolicyId } from '#core/ids.ts';
import type { KeepRequest } from '../../core/keeping/keep-requests.ts';
import type { Exclusion, Standing } from '../../core/judging/verdict.ts';
import type { ExclusionStore } from '../planning/planning.ports.ts';

export type KeepRequestStore = {
  find(id: string): Promise<KeepRequest | null>;
  /** The newest first. */
  ofPerson(personKey: string, since: Date): Promise<KeepRequest[]>;
  /** Those without an answer, the oldest first; of one item only when one is named. */
  waiting(itemId?: ItemId): Promise<KeepRequest[]>;
  countWaiting(): Promise<number>;
  /** Adds it, or replaces the one with this id. */
  save(request: KeepRequest): Promise<void>;
};

/** A warning under way: what keeping an item ends. */
export type Mark = {
  policyId: PolicyId;
  itemId: ItemId;
  standing: Standing;
  dueAt: Date | null;
  markedSince: Date | null;
};

export type MarkStore = {
  /** All that leaves soon or is due, as the last plans said. */
  list(): Promise<Mark[]>;
  /** Those of these that are no longer so. */
  lost(marks: readonly Mark[]): Promise<Mark[]>;
  /** Goes on with warnings that were broken off since then, unless a plan had a word meanwhile. */
  resume(marks: readonly Mark[], since: Date): Promise<void>;
};

/** `after` is what the change left there: whoever finds something else knows that somebody was there since. */
export type KeepChange = { itemId: ItemId; before: Exclusion | null; after: Exclusion | null };

export type KeepMemory = {
  id: string;
  /** Only this person can set it back. */
  personKey: string;
  at: Date;
  changes: readonly KeepChange[];
  marks: readonly Mark[];
  /** The request that made the change. */
  requestId: string | null;
};

export type KeepMemoryStore = {
  add(memory: KeepMemory): Promise<void>;
  /** Reads and forgets it: nobody sets the same back twice. */
  take(id: string): Promise<KeepMemory | null>;
  forget(before: Date): Promise<void>;
};

export type KeepTools = {
  requests: KeepRequestStore;
  exclusions: Pick<ExclusionStore, 'of' | 'save' | 'remove'>;
  marks: MarkStore;
  memories: KeepMemoryStore;
};

export type KeepStore = Pick<KeepRequestStore, 'ofPerson' | 'waiting' | 'countWaiting'> & {
  /** One after the other in all processes, so that caps hold; and all of the work or nothing. */
  inTurn<T>(work: (tools: KeepTools) => Promise<T>): Promise<T>;
};
