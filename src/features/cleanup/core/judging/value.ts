import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';

/** How much each part counts, as an exponent: 0 leaves it out, 1 is usual, 2 makes it count double. */
export type ValueWeights = { size: number; unwatched: number; rating: number; rarity: number };

export const usualWeights: ValueWeights = { size: 1, unwatched: 1, rating: 1, rarity: 1 };
export const MOST_WEIGHT = 3;

const GB = 1_000_000_000;
/** Of what nobody rated: neither good nor bad. */
const NEUTRAL_RATING = 6;
/** Of what nobody counted the ratings of: halfway between what everybody knows and what hardly anybody does. */
const NEUTRAL_RARITY = 2;

/**
 * G13: how much is gained by removing it: gigabytes × days unwatched ÷ rating and rarity. The highest goes first.
 * Rarity goes from 1.5 (a million ratings: easy to get again) to 4 (none).
 */
export function valueScore(
  item: Pick<Item, 'sizeBytes' | 'rating' | 'votes'>,
  since: Date,
  { now, weights }: { now: Date; weights: ValueWeights },
): number {
  const gigabytes = item.sizeBytes.known ? item.sizeBytes.value / GB : 0;
  const days = Math.max(0, (now.getTime() - since.getTime()) / DAY_MS);
  const rating = Math.max(1, item.rating ?? NEUTRAL_RATING);
  const score =
    (gigabytes ** weights.size * days ** weights.unwatched) /
    (rating ** weights.rating * rarityOf(item.votes) ** weights.rarity);
  return Math.round(score * 10) / 10;
}

const rarityOf = (votes: number | null): number =>
  votes === null ? NEUTRAL_RARITY : 1 + 3 / Math.log10(10 + Math.max(0, votes));
