import type { Tier } from './policy.ts';

/**
 * J-41: the lowest tier strictly above the free space rules; equal does not trigger. Null means that there is room.
 * Every comparison with NaN is false, so a broken reading never finds a tier (J-40).
 */
export function rulingTier(tiers: readonly Tier[], freePercent: number): Tier | null {
  let ruling: Tier | null = null;
  for (const tier of tiers) {
    if (freePercent < tier.freeBelowPercent && (ruling === null || isStricter(tier, ruling))) ruling = tier;
  }
  return ruling;
}

/** Two tiers of the same key are refused when saved; were there two, the longer age would rule. */
const isStricter = (tier: Tier, than: Tier): boolean =>
  tier.freeBelowPercent < than.freeBelowPercent ||
  (tier.freeBelowPercent === than.freeBelowPercent && tier.maxAgeDays > than.maxAgeDays);

export const sortTiers = (tiers: readonly Tier[]): readonly Tier[] =>
  tiers.toSorted((a, b) => a.freeBelowPercent - b.freeBelowPercent);

export const highestTier = (tiers: readonly Tier[]): number =>
  Math.max(0, ...tiers.map((tier) => tier.freeBelowPercent));
