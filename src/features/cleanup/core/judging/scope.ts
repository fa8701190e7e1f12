import type { Item } from '#features/library/core/item.ts';
import { claimOn } from './claims.ts';
import type { Evidence } from './evidence.ts';
import type { Policy } from '../policy/policy.ts';
import { longestTag } from './rules.ts';
import type { ScopeReason, Step } from './verdict.ts';

const within = (unit: Policy['unit']): Step => ({ check: 'scope', outcome: 'go-on', unit, because: null });
const inScope = {
  film: within('film'),
  season: within('season'),
  show: within('show'),
  episode: within('episode'),
};

const notKnown: ReadonlySet<ScopeReason> = new Set(['disk-not-known', 'tags-not-known']);

/** Whether the policy looks at the item at all; `unknown` when nobody can say whether it should. */
export function scopeStep(policy: Policy, item: Item, evidence: Evidence): Step {
  const { unit } = policy;
  const because = outsideBecause(policy, item, evidence) ?? notChosen(policy, item);
  if (because !== null) {
    return { check: 'scope', outcome: notKnown.has(because) ? 'unknown' : 'stop', unit, because };
  }
  if (evidence.claims.length === 0) return inScope[unit];
  const own = policy.kind === 'tag' ? (longestTag(policy, item)?.ruling.maxAgeDays ?? null) : null;
  const claimed = policy.kind === 'episodes' ? null : claimOn(item, evidence.claims, own);
  switch (claimed?.is) {
    case 'claimed':
      return {
        check: 'scope',
        outcome: 'stop',
        unit,
        because: 'has-own-policy',
        policy: claimed.by.policyName,
      };
    case 'not-known':
      return { check: 'scope', outcome: 'unknown', unit, because: 'tags-not-known', why: claimed.why };
    default:
      return inScope[unit];
  }
}

function outsideBecause(policy: Policy, item: Item, evidence: Evidence): ScopeReason | null {
  const { unit, connectionIds, diskIds } = policy;
  if (item.kind !== unit) return 'other-unit';
  if (connectionIds.length > 0 && !connectionIds.includes(item.connectionId)) return 'other-service';
  const because = unit === 'film' ? null : outsideOfShows(policy, item, evidence);
  if (because !== null || diskIds.length === 0) return because;
  if (item.diskId === null) return 'disk-not-known';
  return diskIds.includes(item.diskId) ? null : 'other-disk';
}

function outsideOfShows(policy: Policy, item: Item, { shows }: Evidence): ScopeReason | null {
  const isSpecial = item.kind !== 'show' && (item.seasonNumber ?? 0) < 1;
  if (isSpecial && !(policy.kind === 'episodes' && policy.specials)) return 'specials';
  if (policy.shows === 'any') return null;
  const continues = item.continuing || (shows.get(item.showId ?? item.id)?.continuing ?? false);
  if (policy.shows === 'ended') return continues ? 'show-continues' : null;
  return continues ? null : 'show-ended';
}

/** Tag and episode policies look only at what was given to them; without the tags nobody knows what that is. */
function notChosen(policy: Policy, item: Item): ScopeReason | null {
  if (policy.kind === 'tag') {
    if (!item.tags.known) return 'tags-not-known';
    return longestTag(policy, item) === null ? 'not-chosen' : null;
  }
  if (policy.kind !== 'episodes' || policy.showIds.includes(item.showId ?? item.id)) return null;
  if (policy.showTags.length === 0) return 'not-chosen';
  if (!item.tags.known) return 'tags-not-known';
  const own = new Set(item.tags.value.map((tag) => tag.toLowerCase()));
  return policy.showTags.some((tag) => own.has(tag.toLowerCase())) ? null : 'not-chosen';
}
