import type { ItemId, PolicyId, UserId } from '#core/ids.ts';
import type { Unit } from './policy.ts';

/**
 * What a policy says of one item. Only `due` can lead to a removal, and `unknown` never can:
 * it means that something had to be asked and could not be.
 */
export type Standing = 'out-of-scope' | 'protected' | 'unknown' | 'kept' | 'leaving-soon' | 'due';

/** One link of the chain that the "why" page shows, in the order in which it was looked at. */
export type Step =
  | { check: 'scope'; outcome: Outcome; unit: Unit; because: ScopeReason | null }
  | { check: 'has-files'; outcome: Outcome; fileCount: number; sizeBytes: number | null; why?: string }
  | {
      check: 'excluded-by-hand';
      outcome: Outcome;
      by: string | null;
      until: Date | null;
      note: string | null;
    }
  | { check: 'exclusion-tags'; outcome: Outcome; matched: readonly string[]; why?: string }
  /** `newestSeason` is the newest one with files: announcing a season must not cost the running one (J-72 FIX). */
  | {
      check: 'continuing-show';
      outcome: Outcome;
      continuing: boolean;
      newestSeason: number | null;
      why?: string;
    }
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
  /** `markedSince`: since when people have been able to see that it leaves. The full window is served first (J-61 FIX). */
  | {
      check: 'due';
      outcome: Outcome;
      dueAt: Date | null;
      leavingSoonFrom: Date | null;
      markedSince: Date | null;
    };

/** Why a policy does not look at an item at all. */
export type ScopeReason = 'other-unit' | 'other-service' | 'other-disk' | 'specials' | 'disk-not-known';

/** `go-on`: nothing speaks against it so far. `stop`: this keeps the item. `unknown`: we could not ask. */
export type Outcome = 'go-on' | 'stop' | 'unknown';

export type Verdict = {
  itemId: ItemId;
  policyId: PolicyId;
  standing: Standing;
  steps: readonly Step[];
  /** When the item may go if nothing changes; null when it never would, or that cannot be known. */
  dueAt: Date | null;
  /** Since when it has been leaving soon or due without a break; null when it is neither. Fed back at the next plan. */
  markedSince: Date | null;
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
