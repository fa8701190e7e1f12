import type { ItemId, PolicyId, UserId } from '#core/ids.ts';
import type { Audience, Unit } from '../policy/policy.ts';

/**
 * What a policy says of one item. Only `due` can lead to a removal, and `unknown` never can:
 * it means that something had to be asked and could not be.
 */
export const standings = [
  'out-of-scope',
  'protected',
  'unknown',
  'kept',
  'eligible',
  'leaving-soon',
  'due',
] as const;
/** `eligible`: old enough, but the target does not need it, so nobody is warned and it cannot go. */
export type Standing = (typeof standings)[number];

/** One link of the chain that the "why" page shows, in the order in which it was looked at. */
export type Step =
  | {
      check: 'scope';
      outcome: Outcome;
      unit: Unit;
      because: ScopeReason | null;
      policy?: string;
      why?: string;
    }
  | { check: 'has-files'; outcome: Outcome; fileCount: number; sizeBytes: number | null; why?: string }
  | {
      check: 'excluded-by-hand';
      outcome: Outcome;
      by: string | null;
      until: Date | null;
      note: string | null;
      /** Somebody asked, and an admin has not answered yet. */
      asked?: boolean;
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
  | { check: 'first-season'; outcome: Outcome }
  /** `by` are people who go on with the show from `nextSeason`: that season and what follows it stays. */
  | {
      check: 'mid-show';
      outcome: Outcome;
      by: readonly string[];
      nextSeason: number | null;
      withinDays: number;
      why?: string;
    }
  | {
      check: 'requested';
      outcome: Outcome;
      by: readonly string[];
      at: Date | null;
      withinDays: number;
      why?: string;
    }
  /** Of the tags on the item the one that keeps it longest rules. */
  | { check: 'tag-age'; outcome: Outcome; tags: readonly string[]; ruling: string | null; maxAgeDays: number }
  /** `waitingFor`: those who have not seen it to the end. `maxAgeDays` counts from the last watch, or the import. */
  | {
      check: 'watched-by';
      outcome: Outcome;
      seenBy: Audience;
      seen: readonly string[];
      waitingFor: readonly string[];
      maxAgeDays: number | null;
      why?: string;
    }
  /** `place` counts from the newest episode with a file, which is 1. */
  | {
      check: 'episode-window';
      outcome: Outcome;
      place: number;
      keepLast: number | null;
      keepDays: number | null;
      because: 'last' | 'days' | 'older-season' | null;
    }
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
      /** The tier that rules now; null when the disk has room, and where the rule has no tiers. */
      maxAgeDays: number | null;
      /** The gate of a rule without tiers; null when it goes whatever the disk. */
      belowPercent?: number | null;
      /** So much of what counts as free is only coming free; left out when there is none. */
      comingFreeBytes?: number;
      why?: string;
    }
  /** `markedSince`: since when people have been able to see that it leaves. The full window is served first (J-61 FIX). */
  | {
      check: 'due';
      outcome: Outcome;
      /** Since when, or from when on, it is old enough. */
      oldEnoughAt: Date;
      /** Null while it is not announced. */
      dueAt: Date | null;
      leavingSoonFrom: Date | null;
      markedSince: Date | null;
      grace?: Grace;
    };

/** A tag or episode policy spoke for it until lately, so it stays a while whatever the warning of this policy is. */
export type Grace = { policy: string; endedAt: Date; until: Date };

/** Why a policy does not look at an item at all. */
export type ScopeReason =
  | 'other-unit'
  | 'other-service'
  | 'other-disk'
  | 'specials'
  | 'disk-not-known'
  | 'show-continues'
  | 'show-ended'
  /** A tag or episode policy speaks for it (J-29); `policy` in the step is its name. */
  | 'has-own-policy'
  /** It carries none of the tags that the policy is about, or is none of its shows. */
  | 'not-chosen'
  | 'tags-not-known';

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
  /** Only while it waits for the answer of an admin: see keep-requests. */
  asked?: boolean;
};
