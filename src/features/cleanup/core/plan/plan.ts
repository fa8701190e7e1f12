import type { Fact } from '#core/fact.ts';
import type { DiskId, ItemId, PlanId, PolicyId } from '#core/ids.ts';
import type { Item, ItemKind } from '#features/library/core/item.ts';
import type { Source } from '#features/library/core/source.ts';
import type { EndedClaim } from '../judging/claim-records.ts';
import type { Claim } from '../judging/claims.ts';
import type { PlannedDisk } from '../space/coming-free.ts';
import type { Policy } from '../policy/policy.ts';
import type { EpisodePlace } from '../removal/title-settings.ts';
import type { ValueWeights } from '../judging/value.ts';
import type { Exclusion, Verdict } from '../judging/verdict.ts';

/** C-09: a plan is a value. Preview, plan page and run are made by the same function, so the preview cannot lie. */
export type Plan = {
  id: PlanId;
  policyId: PolicyId;
  madeAt: Date;
  entries: readonly PlanEntry[];
  disks: readonly DiskForecast[];
  totals: PlanTotals;
  /** Not empty: the run stops and changes nothing (C-11). */
  breaker: readonly BreakerTrip[];
};

export const fates = [
  'remove',
  'held-back',
  'leaving-soon',
  'eligible',
  'protected',
  'unknown',
  'kept',
] as const;

export type Fate =
  | { is: 'remove'; position: number }
  /** Due, but a cap or the target was reached first. */
  | { is: 'held-back'; position: number; by: HeldBackBy }
  | { is: 'leaving-soon' }
  /** Old enough, and not needed for the target: nobody is warned of it. */
  | { is: 'eligible' }
  | { is: 'protected' }
  | { is: 'unknown' }
  | { is: 'kept' };

export const heldBackBy = ['target', 'cap-items', 'cap-bytes', 'cap-library', 'approval'] as const;
/** `target`: its disk has enough room by then. `approval`: a person has not said yet that it may go. */
export type HeldBackBy = (typeof heldBackBy)[number];

export type PlanEntry = {
  itemId: ItemId;
  kind: ItemKind;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  /** Those in the file of an episode item (T-05); empty for all others. */
  episodes: readonly EpisodePlace[];
  diskId: DiskId | null;
  /** Null when the service did not tell; such an item is never removed. */
  sizeBytes: number | null;
  /** How much is gained by its removal (`valueScore`); null for what cannot go now. */
  score: number | null;
  fate: Fate;
  verdict: Verdict;
};

export type DiskForecast = {
  diskId: DiskId;
  path: string;
  totalBytes: Fact<number>;
  freeBytes: Fact<number>;
  /** After everything that is marked `remove`. */
  projectedFreeBytes: Fact<number>;
  /** The tier that rules now, as days; null when there is room. */
  maxAgeDays: number | null;
};

export type PlanTotals = {
  remove: { items: number; bytes: number };
  heldBack: { items: number; bytes: number };
  leavingSoon: { items: number; bytes: number };
  eligible: { items: number; bytes: number };
  protected: number;
  unknown: number;
  kept: number;
};

/** C-11: why a run must not touch anything. */
export type BreakerTrip =
  | { code: 'breaker.source-stale'; source: string; lastSuccessAt: Date | null; maxAgeHours: number }
  | { code: 'breaker.source-failed'; source: string; problem: string }
  | { code: 'breaker.source-empty'; source: string }
  | { code: 'breaker.source-missing'; kind: string }
  | { code: 'breaker.disk-unknown'; disk: string; why: string }
  | { code: 'breaker.candidates-jumped'; now: number; before: number; factor: number }
  /** A service that is silent says nothing about tags: not the same as a tag that is not there. */
  | { code: 'breaker.tags-unknown'; why: string }
  | { code: 'breaker.exclusion-tag-missing'; tag: string };

export type PlanInput = {
  id: PlanId;
  policy: Policy;
  /** The whole library, not only what the policy looks at: shows tell about seasons, and caps about the whole. */
  items: readonly Item[];
  disks: readonly PlannedDisk[];
  exclusions: readonly Exclusion[];
  markedSince: ReadonlyMap<ItemId, Date>;
  now: Date;
  /** The last plan that the number of candidates can be compared with; null when there is none. */
  previous: Pick<Plan, 'totals' | 'disks'> | null;
  sources: readonly Source[];
  /** Of every policy, also those that are switched off. */
  claims: readonly Claim[];
  /** Of those that ended lately; left out: none. */
  endedClaims?: readonly EndedClaim[];
  /** Everybody who can sign in to a media server. */
  mediaUsers: Fact<readonly string[]>;
  weights: ValueWeights;
  /** How often the policy runs within one warning, at least once. */
  runsPerWarning: number;
  /** Every label that Radarr and Sonarr know, used or not; unknown when they could not be asked. */
  knownTags: Fact<readonly string[]>;
};
