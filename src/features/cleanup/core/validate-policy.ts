import type { ConnectionId, DiskId } from '#core/ids.ts';
import type { Caps, Policy, PolicyDraft, Tier } from './policy.ts';
import { highestTier } from './tiers.ts';

/** A mistake in a policy: which field it stands beside, and what is wrong. `row` counts tiers from zero. */
export type PolicyProblem =
  | { field: 'name'; code: 'policy.name-missing' }
  | { field: 'name'; code: 'policy.name-too-long'; most: number }
  | { field: 'cron'; code: 'policy.cron-not-readable' }
  | { field: 'timeZone'; code: 'policy.time-zone-unknown' }
  | { field: 'connectionIds'; code: 'policy.connection-unknown'; connectionId: ConnectionId }
  | { field: 'diskIds'; code: 'policy.disk-unknown'; diskId: DiskId }
  | TierProblem
  | { field: 'stopAtFreePercent'; code: 'policy.stop-out-of-range' }
  | { field: 'stopAtFreePercent'; code: 'policy.stop-below-highest-tier'; highest: number }
  | { field: 'leavingSoonDays'; code: 'policy.leaving-soon-out-of-range'; most: number }
  | { field: `caps.${keyof Caps}`; code: 'policy.cap-out-of-range' };

export type TierProblem =
  | { field: 'tiers'; code: 'policy.tiers-missing' }
  | { field: 'tiers'; code: 'policy.tiers-too-many'; most: number }
  | { field: 'tiers'; row: number; code: 'policy.tier-percent-out-of-range' }
  | { field: 'tiers'; row: number; code: 'policy.tier-age-out-of-range'; most: number }
  | { field: 'tiers'; row: number; code: 'policy.tier-duplicate'; freeBelowPercent: number }
  /** Less free space may never mean a longer age (J-48 FIX). */
  | {
      field: 'tiers';
      row: number;
      code: 'policy.tiers-not-monotonic';
      freeBelowPercent: number;
      maxAgeDays: number;
    }
  /** Nothing could serve its warning before it is due. Janitorr stopped all clean-up at this, at run time (J-47 FIX). */
  | { field: 'tiers'; row: number; code: 'policy.tier-within-leaving-soon'; leavingSoonDays: number };

/** What core cannot know by itself: clock tables, and which services and disks there are. */
export type KnownWorld = {
  isCron: (cron: string) => boolean;
  isTimeZone: (name: string) => boolean;
  /** Only Radarrs when the unit is films, only Sonarrs otherwise. */
  connectionIds: readonly ConnectionId[];
  diskIds: readonly DiskId[];
};

export const MOST_NAME_LENGTH = 80;
export const MOST_TIERS = 20;
export const MOST_AGE_DAYS = 36_500;
export const MOST_LEAVING_SOON_DAYS = 365;

/** All that is wrong with a policy, empty when it may be saved. Never repairs, never stops later in silence (J-47 FIX). */
export const validatePolicy = (draft: PolicyDraft, world: KnownWorld): PolicyProblem[] => [
  ...nameProblems(draft.name),
  ...(world.isCron(draft.cron) ? [] : [{ field: 'cron', code: 'policy.cron-not-readable' } as const]),
  ...(world.isTimeZone(draft.timeZone)
    ? []
    : [{ field: 'timeZone', code: 'policy.time-zone-unknown' } as const]),
  ...placeProblems(draft, world),
  ...tierListProblems(draft.tiers),
  ...draft.tiers.flatMap((tier, row) => tierProblems(draft, tier, row)),
  ...stopProblems(draft),
  ...windowProblems(draft.leavingSoonDays),
  ...capProblems(draft.caps),
];

function nameProblems(name: string): PolicyProblem[] {
  const { length } = name.trim();
  if (length === 0) return [{ field: 'name', code: 'policy.name-missing' }];
  return length > MOST_NAME_LENGTH
    ? [{ field: 'name', code: 'policy.name-too-long', most: MOST_NAME_LENGTH }]
    : [];
}

const placeProblems = (draft: PolicyDraft, world: KnownWorld): PolicyProblem[] => [
  ...draft.connectionIds
    .filter((id) => !world.connectionIds.includes(id))
    .map((connectionId) => ({
      field: 'connectionIds' as const,
      code: 'policy.connection-unknown' as const,
      connectionId,
    })),
  ...draft.diskIds
    .filter((id) => !world.diskIds.includes(id))
    .map((diskId) => ({ field: 'diskIds' as const, code: 'policy.disk-unknown' as const, diskId })),
];

function tierListProblems({ length }: readonly Tier[]): TierProblem[] {
  if (length === 0) return [{ field: 'tiers', code: 'policy.tiers-missing' }];
  return length > MOST_TIERS ? [{ field: 'tiers', code: 'policy.tiers-too-many', most: MOST_TIERS }] : [];
}

function tierProblems(draft: PolicyDraft, tier: Tier, row: number): TierProblem[] {
  const { freeBelowPercent, maxAgeDays } = tier;
  const problems: TierProblem[] = [];
  if (!(freeBelowPercent > 0 && freeBelowPercent <= 100)) {
    problems.push({ field: 'tiers', row, code: 'policy.tier-percent-out-of-range' });
  }
  if (!isWhole(maxAgeDays, 1, MOST_AGE_DAYS)) {
    problems.push({ field: 'tiers', row, code: 'policy.tier-age-out-of-range', most: MOST_AGE_DAYS });
  } else if (maxAgeDays <= draft.leavingSoonDays) {
    const { leavingSoonDays } = draft;
    problems.push({ field: 'tiers', row, code: 'policy.tier-within-leaving-soon', leavingSoonDays });
  }
  const clash = clashWith(draft.tiers.slice(0, row), tier);
  return clash ? [...problems, { field: 'tiers', row, ...clash }] : problems;
}

/** Compares with the rows above, so that each pair is told of once, beside the later row. */
function clashWith(above: readonly Tier[], { freeBelowPercent, maxAgeDays }: Tier) {
  if (above.some((other) => other.freeBelowPercent === freeBelowPercent)) {
    return { code: 'policy.tier-duplicate', freeBelowPercent } as const;
  }
  const crossed = above.find((other) =>
    other.freeBelowPercent < freeBelowPercent ? other.maxAgeDays > maxAgeDays : other.maxAgeDays < maxAgeDays,
  );
  return crossed ? ({ code: 'policy.tiers-not-monotonic', ...crossed } as const) : undefined;
}

/** A target below the highest tier would mean that a run finds its work done while the tier still says otherwise. */
function stopProblems({ stopAtFreePercent, tiers }: PolicyDraft): PolicyProblem[] {
  const field = 'stopAtFreePercent';
  if (!(stopAtFreePercent > 0 && stopAtFreePercent <= 100))
    return [{ field, code: 'policy.stop-out-of-range' }];
  const highest = highestTier(tiers);
  return stopAtFreePercent < highest ? [{ field, code: 'policy.stop-below-highest-tier', highest }] : [];
}

/** Zero days is allowed: no warning, as somebody who lives alone may want. */
const windowProblems = (leavingSoonDays: number): PolicyProblem[] =>
  isWhole(leavingSoonDays, 0, MOST_LEAVING_SOON_DAYS)
    ? []
    : [{ field: 'leavingSoonDays', code: 'policy.leaving-soon-out-of-range', most: MOST_LEAVING_SOON_DAYS }];

function capProblems({ items, bytes, libraryPercent }: Caps): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const code = 'policy.cap-out-of-range';
  if (!isWhole(items, 1, Number.MAX_SAFE_INTEGER)) problems.push({ field: 'caps.items', code });
  if (!isWhole(bytes, 1, Number.MAX_SAFE_INTEGER)) problems.push({ field: 'caps.bytes', code });
  if (!(libraryPercent > 0 && libraryPercent <= 100)) problems.push({ field: 'caps.libraryPercent', code });
  return problems;
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/** A policy as it is stored: tiers from the lowest up, every tag and id once, tags in the form Radarr and Sonarr keep. */
export const tidyDraft = <T extends PolicyDraft | Policy>(draft: T): T => ({
  ...draft,
  name: draft.name.trim(),
  cron: draft.cron.trim(),
  tiers: draft.tiers.toSorted((a, b) => a.freeBelowPercent - b.freeBelowPercent),
  connectionIds: [...new Set(draft.connectionIds)],
  diskIds: [...new Set(draft.diskIds)],
  exclusionTags: [...new Set(draft.exclusionTags.map((tag) => tag.trim().toLowerCase()))].filter(
    (tag) => tag !== '',
  ),
});
