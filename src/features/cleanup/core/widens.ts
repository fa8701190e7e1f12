import type { Policy, PolicyDraft } from './policy.ts';
import { rulingTier } from './tiers.ts';

/**
 * Whether a change could make something due that was not, or sooner, or choose others, or take more in one run. An armed
 * policy that is widened becomes disarmed, because nobody has seen a plan of the new one (C-08).
 */
export const widens = (before: Policy, after: PolicyDraft): boolean =>
  looksElsewhere(before, after) || losesProtection(before, after) || takesMore(before, after);

const looksElsewhere = (before: Policy, after: PolicyDraft): boolean =>
  before.unit !== after.unit ||
  before.order !== after.order ||
  losesLimit(before.connectionIds, after.connectionIds) ||
  losesLimit(before.diskIds, after.diskIds);

const losesProtection = (before: Policy, after: PolicyDraft): boolean =>
  losesSome(before.exclusionTags, after.exclusionTags) ||
  (before.favouritesProtect && !after.favouritesProtect) ||
  (before.halfWayProtects && !after.halfWayProtects) ||
  after.leavingSoonDays < before.leavingSoonDays ||
  // Both ways: the oldest import is earlier, and what has none in the history was never removed by it (J-21).
  before.ageBasis !== after.ageBasis;

const takesMore = (before: Policy, after: PolicyDraft): boolean =>
  hasShorterAge(before, after) ||
  after.stopAtFreePercent > before.stopAtFreePercent ||
  after.caps.items > before.caps.items ||
  after.caps.bytes > before.caps.bytes ||
  after.caps.libraryPercent > before.caps.libraryPercent ||
  (!before.removeRequests && after.removeRequests);

const losesSome = (before: readonly string[], after: readonly string[]): boolean => {
  const left = new Set(after.map((tag) => tag.toLowerCase()));
  return before.some((tag) => !left.has(tag.toLowerCase()));
};

/** An empty list stands for everything. */
const losesLimit = (before: readonly string[], after: readonly string[]): boolean =>
  before.length > 0 && (after.length === 0 || after.some((id) => !before.includes(id)));

/** Tiers are steps, so they can only differ in what they say at, or just below, one of their own edges. */
function hasShorterAge(before: PolicyDraft, after: PolicyDraft): boolean {
  const edges = [...before.tiers, ...after.tiers].map((tier) => tier.freeBelowPercent);
  return [0, ...edges].some((free) => ageAt(after, free) < ageAt(before, free));
}

const ageAt = ({ tiers }: PolicyDraft, freePercent: number): number =>
  rulingTier(tiers, freePercent)?.maxAgeDays ?? Infinity;
