import type { ConnectionId, DiskId } from '#core/ids.ts';
import type { Caps, PolicyDraft, Target, TorrentWish } from './policy.ts';
import { highestTier } from './tiers.ts';
import { MOST_AGE_DAYS, isWhole, ruleProblems, wrongDays, type RuleProblem } from './validate-rule.ts';

/** A mistake in a policy: which field it stands beside, and what is wrong. `row` counts tiers from zero. */
export type PolicyProblem =
  | { field: 'name'; code: 'policy.name-missing' }
  | { field: 'name'; code: 'policy.name-too-long'; most: number }
  | { field: 'cron'; code: 'policy.cron-not-readable' }
  | { field: 'timeZone'; code: 'policy.time-zone-unknown' }
  | { field: 'connectionIds'; code: 'policy.connection-unknown'; connectionId: ConnectionId }
  | { field: 'diskIds'; code: 'policy.disk-unknown'; diskId: DiskId }
  | RuleProblem
  | { field: 'target'; code: 'policy.target-missing' }
  | { field: 'target'; code: 'policy.target-out-of-range' }
  | { field: 'target'; code: 'policy.target-below-highest-tier'; highest: number }
  | { field: 'leavingSoonDays'; code: 'policy.leaving-soon-out-of-range'; most: number }
  | { field: 'midShowDays' | 'requestedWithinDays'; code: 'policy.days-out-of-range'; most: number }
  | { field: `caps.${keyof Caps}`; code: 'policy.cap-out-of-range' }
  | { field: 'torrents.minRatio' | 'torrents.minSeedDays'; code: 'policy.torrent-limit-out-of-range' }
  | { field: 'torrents.minRatio'; code: 'policy.torrent-limit-missing' };

/** What core cannot know by itself: clock tables, and which services and disks there are. */
export type KnownWorld = {
  isCron: (cron: string) => boolean;
  isTimeZone: (name: string) => boolean;
  /** Only Radarrs when the unit is films, only Sonarrs otherwise. */
  connectionIds: readonly ConnectionId[];
  diskIds: readonly DiskId[];
};

export const MOST_NAME_LENGTH = 80;
export const MOST_LEAVING_SOON_DAYS = 365;

/** All that is wrong with a policy, empty when it may be saved. Never repairs, never stops later in silence (J-47 FIX). */
export const validatePolicy = (draft: PolicyDraft, world: KnownWorld): PolicyProblem[] => [
  ...nameProblems(draft.name),
  ...(world.isCron(draft.cron) ? [] : [{ field: 'cron', code: 'policy.cron-not-readable' } as const]),
  ...(world.isTimeZone(draft.timeZone)
    ? []
    : [{ field: 'timeZone', code: 'policy.time-zone-unknown' } as const]),
  ...placeProblems(draft, world),
  ...ruleProblems(draft),
  ...targetProblems(draft),
  ...windowProblems(draft.leavingSoonDays),
  ...daysProblems('midShowDays', draft.midShowDays),
  ...daysProblems('requestedWithinDays', draft.requestedWithinDays),
  ...capProblems(draft.caps),
  ...torrentProblems(draft.torrents),
];

/** Zero switches the question off. */
const daysProblems = <F extends 'midShowDays' | 'requestedWithinDays'>(field: F, days: number) =>
  isWhole(days, 0, MOST_AGE_DAYS) ? [] : [wrongDays(field)];

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

/** A target below the highest tier would mean that a run finds its work done while the tier still says otherwise. */
function targetProblems(draft: PolicyDraft): PolicyProblem[] {
  const { target } = draft;
  const field = 'target';
  if (target === null)
    return draft.kind === 'disk-pressure' ? [{ field, code: 'policy.target-missing' }] : [];
  if (!isReachable(target)) return [{ field, code: 'policy.target-out-of-range' }];
  if (draft.kind !== 'disk-pressure' || target.unit === 'bytes') return [];
  const highest = highestTier(draft.tiers);
  return target.value < highest ? [{ field, code: 'policy.target-below-highest-tier', highest }] : [];
}

const isReachable = ({ unit, value }: Target): boolean =>
  unit === 'percent' ? value > 0 && value <= 100 : isWhole(value, 1, Number.MAX_SAFE_INTEGER);

/** Without either, a torrent would go the moment it is finished, which no tracker forgives. */
function torrentProblems({ remove, minRatio, minSeedDays }: TorrentWish): PolicyProblem[] {
  const code = 'policy.torrent-limit-out-of-range';
  const wrong: PolicyProblem[] = [];
  if (minRatio !== null && !(minRatio >= 0 && minRatio <= 1000))
    wrong.push({ field: 'torrents.minRatio', code });
  if (minSeedDays !== null && !isWhole(minSeedDays, 0, MOST_AGE_DAYS))
    wrong.push({ field: 'torrents.minSeedDays', code });
  const isOpen = remove && minRatio === null && minSeedDays === null;
  return isOpen ? [...wrong, { field: 'torrents.minRatio', code: 'policy.torrent-limit-missing' }] : wrong;
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
