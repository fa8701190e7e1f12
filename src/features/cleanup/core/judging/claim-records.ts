import type { ItemId, PolicyId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { isStronger, wordOn, type Claim } from './claims.ts';

/** What is remembered of a claim on one item, so that its end is noticed: a policy was deleted or changed, a tag taken off. */
export type ClaimRecord = {
  itemId: ItemId;
  policyId: PolicyId;
  /** As it was called when it last spoke for the item. */
  policyName: string;
  maxAgeDays: number | null;
  /** Null while it holds. */
  endedAt: Date | null;
};

export type EndedClaim = ClaimRecord & { endedAt: Date };

/** What a claim kept back goes no sooner than this after its end, however short the warning of another policy is. */
export const GRACE_DAYS = 7;

export const graceEnd = ({ endedAt }: EndedClaim): Date => addDays(endedAt, GRACE_DAYS);

/**
 * The records as they are now. `pauseMs` is time in which nobody could look: it is no part of the grace. While the tags of an
 * item are not known nothing ends; an item that is not in the library has no claim on it any more.
 */
export function followClaims(
  before: readonly ClaimRecord[],
  {
    items,
    claims,
    now,
    pauseMs,
  }: { items: readonly Item[]; claims: readonly Claim[]; now: Date; pauseMs: number },
): ClaimRecord[] {
  const holding = new Map<string, ClaimRecord>();
  const silent = new Set<ItemId>();
  for (const item of claims.length > 0 ? items : []) {
    if (!item.tags.known) silent.add(item.id);
    for (const claim of claims) {
      const word = wordOn(item, claim);
      if (word === null) continue;
      const { policyId, policyName } = claim;
      const record = { itemId: item.id, policyId, policyName, maxAgeDays: word.maxAgeDays, endedAt: null };
      holding.set(keyOf(record), record);
    }
  }
  const ended = before
    .filter((record) => !holding.has(keyOf(record)))
    .map((record) => (silent.has(record.itemId) ? record : endedOf(record, now, pauseMs)))
    .filter((record) => !isEndedClaim(record) || graceEnd(record) > now);
  return [...holding.values(), ...ended];
}

const keyOf = ({ itemId, policyId }: ClaimRecord): string => `${policyId} ${itemId}`;

/** An end in the future is one of a clock that was set right since. */
const endedOf = (record: ClaimRecord, now: Date, pauseMs: number): EndedClaim => ({
  ...record,
  endedAt: new Date(
    Math.min((record.endedAt ?? now).getTime() + (record.endedAt ? pauseMs : 0), now.getTime()),
  ),
});

export const isEndedClaim = (record: ClaimRecord): record is EndedClaim => record.endedAt !== null;

/** Of the claims that ended on an item the last one that counted against a policy with this age of its own. */
export function lastEndedOn(
  ended: readonly EndedClaim[] | undefined,
  ownMaxAgeDays: number | null,
): EndedClaim | null {
  const counted = (ended ?? []).filter(({ maxAgeDays }) => isStronger(maxAgeDays, ownMaxAgeDays));
  return counted.reduce<EndedClaim | null>((a, b) => (a && a.endedAt >= b.endedAt ? a : b), null);
}
