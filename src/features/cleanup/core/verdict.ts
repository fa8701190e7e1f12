import type { ItemId, PolicyId, UserId } from '#core/ids.ts';

/**
 * What a policy says of one item. Only `due` can lead to a removal, and `unknown` never can:
 * it means that something had to be asked and could not be.
 */
export type Standing = 'out-of-scope' | 'protected' | 'unknown' | 'kept' | 'leaving-soon' | 'due';

/** One link of the chain that the "why" page shows, in the order in which it was looked at. */
export type Step =
  | { check: 'scope'; outcome: Outcome; unit: string }
  | { check: 'has-files'; outcome: Outcome; fileCount: number; sizeBytes: number | null; why?: string }
  | { check: 'excluded-by-hand'; outcome: Outcome; by: string | null; until: Date | null; note: string | null }
  | { check: 'exclusion-tags'; outcome: Outcome; matched: readonly string[]; why?: string }
  | { check: 'continuing-show'; outcome: Outcome }
  | { check: 'playing-now'; outcome: Outcome; why?: string }
  | { check: 'half-way'; outcome: Outcome; by: readonly string[]; why?: string }
  | { check: 'favourites'; outcome: Outcome; of: readonly string[]; why?: string }
  | {
      check: 'age';
      outcome: Outcome;
      importedAt: Date | null;
      lastWatchedAt: Date | null;
      /** The later of the two: the clock of J-30. */
      countsFrom: Date | null;
      ageDays: number | null;
      why?: string;
    }
  | {
      check: 'free-space';
      outcome: Outcome;
      diskPath: string | null;
      freePercent: number | null;
      /** The tier that rules now; null when the disk has room. */
      maxAgeDays: number | null;
      why?: string;
    }
  | { check: 'due'; outcome: Outcome; dueAt: Date | null; leavingSoonFrom: Date | null };

/** `go-on`: nothing speaks against it so far. `stop`: this protects the item. `unknown`: we could not ask. */
export type Outcome = 'go-on' | 'stop' | 'unknown';

export type Verdict = {
  itemId: ItemId;
  policyId: PolicyId;
  standing: Standing;
  steps: readonly Step[];
  /** When the item may go if nothing changes; null when it never would, or that cannot be known. */
  dueAt: Date | null;
};

/** C-06 by hand: kept for ever when `until` is null. */
export type Exclusion = {
  itemId: ItemId;
  until: Date | null;
  note: string | null;
  byUserId: UserId;
  byName: string;
  at: Date;
};
