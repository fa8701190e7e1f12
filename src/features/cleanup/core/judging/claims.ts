import type { ConnectionId, ItemId, PolicyId } from '#core/ids.ts';
import type { Fact } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * What a tag or episode policy speaks for, so that the others leave it alone: a title that was given its own age must not
 * go earlier by a rule for everything (J-64 FIX), and a daily show must not lose whole seasons (J-29). It holds while the
 * policy exists, also switched off, because who switches one off does not mean that more should go.
 */
export type Claim = {
  policyId: PolicyId;
  policyName: string;
  about: 'films' | 'shows';
  /** Empty means every one. */
  connectionIds: readonly ConnectionId[];
  /** Lower case. `maxAgeDays` is null where the claim is stronger than any age. */
  tags: readonly { tag: string; maxAgeDays: number | null }[];
  showIds: readonly ItemId[];
};

export function claimsOf(policies: readonly Policy[]): Claim[] {
  return policies.flatMap((policy): Claim[] => {
    const { id: policyId, name: policyName, connectionIds } = policy;
    const base = { policyId, policyName, about: aboutOf(policy), connectionIds };
    if (policy.kind === 'tag') {
      const tags = policy.tags.map(({ tag, maxAgeDays }) => ({ tag: tag.toLowerCase(), maxAgeDays }));
      return [{ ...base, tags, showIds: [] }];
    }
    if (policy.kind === 'episodes') {
      const tags = policy.showTags.map((tag) => ({ tag: tag.toLowerCase(), maxAgeDays: null }));
      return [{ ...base, tags, showIds: policy.showIds }];
    }
    return [];
  });
}

/** Every tag by which some policy, this one too, is given titles of this kind: with another one on it, the plan would differ. */
export const decidingTags = (policy: Pick<Policy, 'unit'>, claims: readonly Claim[]): readonly string[] => {
  const about = aboutOf(policy);
  const tags = claims.filter((claim) => claim.about === about).flatMap((claim) => claim.tags);
  return [...new Set(tags.map(({ tag }) => tag))];
};

export type Claimed = { is: 'free' } | { is: 'claimed'; by: Claim } | { is: 'not-known'; why: string };

const free: Claimed = { is: 'free' };

/**
 * Whether another policy speaks for the item. Two tag policies on one item: the longer age rules (C-04), so a claim counts
 * against a tag policy only when its age is longer than `ownMaxAgeDays`.
 */
export function claimOn(item: Item, claims: readonly Claim[], ownMaxAgeDays: number | null): Claimed {
  const relevant = claims.filter((claim) => speaksOf(claim, item));
  if (relevant.length === 0) return free;
  const byId = relevant.find((claim) => claim.showIds.includes(item.showId ?? item.id));
  if (byId) return { is: 'claimed', by: byId };
  if (relevant.every((claim) => claim.tags.length === 0)) return free;
  if (!item.tags.known) return { is: 'not-known', why: item.tags.why };
  const own = lowerCase(item.tags);
  const by = relevant.find((claim) =>
    claim.tags.some(({ tag, maxAgeDays }) => own.has(tag) && isStronger(maxAgeDays, ownMaxAgeDays)),
  );
  return by ? { is: 'claimed', by } : free;
}

const aboutOf = ({ unit }: Pick<Policy, 'unit'>): Claim['about'] => (unit === 'film' ? 'films' : 'shows');

const speaksOf = ({ about, connectionIds }: Claim, item: Item): boolean =>
  (about === 'films') === (item.kind === 'film') &&
  (connectionIds.length === 0 || connectionIds.includes(item.connectionId));

export const isStronger = (theirs: number | null, own: number | null): boolean =>
  own === null || theirs === null || theirs > own;

/** What this claim says of the item: the age that it gives it, null for one that is stronger than any; null when nothing. */
export function wordOn(item: Item, claim: Claim): { maxAgeDays: number | null } | null {
  if (!speaksOf(claim, item)) return null;
  if (claim.showIds.includes(item.showId ?? item.id)) return { maxAgeDays: null };
  if (claim.tags.length === 0 || !item.tags.known) return null;
  const own = lowerCase(item.tags);
  const found = claim.tags.filter(({ tag }) => own.has(tag));
  const [first, ...rest] = found;
  if (first === undefined) return null;
  return rest.reduce((a, b) => (isStronger(b.maxAgeDays, a.maxAgeDays ?? Infinity) ? b : a), first);
}

const lowerCase = (tags: Extract<Fact<readonly string[]>, { known: true }>): ReadonlySet<string> =>
  new Set(tags.value.map((tag) => tag.toLowerCase()));
