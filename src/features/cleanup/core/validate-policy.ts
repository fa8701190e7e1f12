import type { ConnectionId, DiskId } from '#core/ids.ts';
import type {
  Caps,
  EpisodesRule,
  Policy,
  PolicyDraft,
  TagRule,
  Target,
  Tier,
  TorrentWish,
  WatchedRule,
} from './policy.ts';
import { highestTier, sortTiers } from './tiers.ts';

/** A mistake in a policy: which field it stands beside, and what is wrong. `row` counts tiers from zero. */
export type PolicyProblem =
  | { field: 'name'; code: 'policy.name-missing' }
  | { field: 'name'; code: 'policy.name-too-long'; most: number }
  | { field: 'cron'; code: 'policy.cron-not-readable' }
  | { field: 'timeZone'; code: 'policy.time-zone-unknown' }
  | { field: 'connectionIds'; code: 'policy.connection-unknown'; connectionId: ConnectionId }
  | { field: 'diskIds'; code: 'policy.disk-unknown'; diskId: DiskId }
  | TierProblem
  | TagProblem
  | WatchedProblem
  | EpisodesProblem
  | { field: 'unit'; code: 'policy.unit-not-for-kind' }
  | { field: 'target'; code: 'policy.target-missing' }
  | { field: 'target'; code: 'policy.target-out-of-range' }
  | { field: 'target'; code: 'policy.target-below-highest-tier'; highest: number }
  | { field: 'leavingSoonDays'; code: 'policy.leaving-soon-out-of-range'; most: number }
  | { field: 'midShowDays' | 'requestedWithinDays'; code: 'policy.days-out-of-range'; most: number }
  | { field: `caps.${keyof Caps}`; code: 'policy.cap-out-of-range' }
  | { field: 'torrents.minRatio' | 'torrents.minSeedDays'; code: 'policy.torrent-limit-out-of-range' }
  | { field: 'torrents.minRatio'; code: 'policy.torrent-limit-missing' };

/** A gate is a percentage of free space above which the rule rests. */
type GateProblem<F extends string> = { field: F; code: 'policy.gate-out-of-range' };

export type TagProblem =
  | { field: 'tags'; code: 'policy.tags-missing' }
  | { field: 'tags'; code: 'policy.tags-too-many'; most: number }
  | { field: 'tags'; row: number; code: 'policy.tag-empty' }
  | { field: 'tags'; row: number; code: 'policy.tag-twice'; tag: string }
  | { field: 'tags'; row: number; code: 'policy.tag-age-out-of-range'; most: number }
  /** It would be excluded for ever and have an age. */
  | { field: 'tags'; row: number; code: 'policy.tag-excluded'; tag: string }
  | ({ row: number } & GateProblem<'tags'>);

export type WatchedProblem =
  | { field: 'watchedDays' | 'neverWatchedDays'; code: 'policy.days-out-of-range'; most: number }
  | GateProblem<'freeBelowPercent'>;

export type EpisodesProblem =
  | { field: 'showTags'; code: 'policy.shows-not-chosen' }
  | { field: 'keepLast'; code: 'policy.window-missing' }
  | { field: 'keepLast'; code: 'policy.keep-last-out-of-range'; most: number }
  | { field: 'keepDays'; code: 'policy.days-out-of-range'; most: number }
  | GateProblem<'freeBelowPercent'>;

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
export const MOST_TAGS = 50;
export const MOST_EPISODES_KEPT = 10_000;

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

function ruleProblems(draft: PolicyDraft): PolicyProblem[] {
  const isForEpisodes = draft.unit === 'episode';
  switch (draft.kind) {
    case 'disk-pressure':
      return [
        // By disk and age alone an episode from the middle would go.
        ...(isForEpisodes ? [wrongUnit] : []),
        ...tierListProblems(draft.tiers),
        ...draft.tiers.flatMap((tier, row) => tierProblems(draft, tier, row)),
      ];
    case 'tag':
      return [...(isForEpisodes ? [wrongUnit] : []), ...tagProblems(draft, draft.exclusionTags)];
    case 'watched':
      return [...(isForEpisodes ? [wrongUnit] : []), ...watchedProblems(draft)];
    case 'episodes':
      return [...(isForEpisodes ? [] : [wrongUnit]), ...episodesProblems(draft)];
    default:
      return draft satisfies never;
  }
}

const wrongUnit = { field: 'unit', code: 'policy.unit-not-for-kind' } as const;

function tagProblems({ tags }: TagRule, exclusionTags: readonly string[]): TagProblem[] {
  if (tags.length === 0) return [{ field: 'tags', code: 'policy.tags-missing' }];
  if (tags.length > MOST_TAGS) return [{ field: 'tags', code: 'policy.tags-too-many', most: MOST_TAGS }];
  const excluded = new Set(exclusionTags.map(plainTag));
  return tags.flatMap(({ tag, maxAgeDays, freeBelowPercent }, row): TagProblem[] => {
    const plain = plainTag(tag);
    const at = { field: 'tags', row } as const;
    const isTwice = tags.slice(0, row).some((other) => plainTag(other.tag) === plain);
    return [
      ...(plain === '' ? [{ ...at, code: 'policy.tag-empty' } as const] : []),
      ...(plain !== '' && isTwice ? [{ ...at, code: 'policy.tag-twice', tag } as const] : []),
      ...(excluded.has(plain) ? [{ ...at, code: 'policy.tag-excluded', tag } as const] : []),
      ...(isAge(maxAgeDays)
        ? []
        : [{ ...at, code: 'policy.tag-age-out-of-range', most: MOST_AGE_DAYS } as const]),
      ...(isGate(freeBelowPercent) ? [] : [{ ...at, code: 'policy.gate-out-of-range' } as const]),
    ];
  });
}

const watchedProblems = ({
  watchedDays,
  neverWatchedDays,
  freeBelowPercent,
}: WatchedRule): WatchedProblem[] => [
  ...(isWhole(watchedDays, 0, MOST_AGE_DAYS) ? [] : [wrongDays('watchedDays')]),
  ...(neverWatchedDays === null || isAge(neverWatchedDays) ? [] : [wrongDays('neverWatchedDays')]),
  ...gateProblems(freeBelowPercent),
];

function episodesProblems(rule: EpisodesRule): EpisodesProblem[] {
  const { showTags, showIds, keepLast, keepDays, freeBelowPercent } = rule;
  const most = MOST_EPISODES_KEPT;
  return [
    ...(showTags.length + showIds.length === 0
      ? [{ field: 'showTags', code: 'policy.shows-not-chosen' } as const]
      : []),
    ...(keepLast === null && keepDays === null
      ? [{ field: 'keepLast', code: 'policy.window-missing' } as const]
      : []),
    ...(keepLast === null || isWhole(keepLast, 1, most)
      ? []
      : [{ field: 'keepLast', code: 'policy.keep-last-out-of-range', most } as const]),
    ...(keepDays === null || isAge(keepDays) ? [] : [wrongDays('keepDays')]),
    ...gateProblems(freeBelowPercent),
  ];
}

const plainTag = (tag: string): string => tag.trim().toLowerCase();

const isAge = (days: number): boolean => isWhole(days, 1, MOST_AGE_DAYS);

const isGate = (percent: number | null): boolean => percent === null || (percent > 0 && percent <= 100);

const gateProblems = (percent: number | null): GateProblem<'freeBelowPercent'>[] =>
  isGate(percent) ? [] : [{ field: 'freeBelowPercent', code: 'policy.gate-out-of-range' }];

const wrongDays = <F extends string>(field: F) =>
  ({ field, code: 'policy.days-out-of-range', most: MOST_AGE_DAYS }) as const;

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

function tierListProblems({ length }: readonly Tier[]): TierProblem[] {
  if (length === 0) return [{ field: 'tiers', code: 'policy.tiers-missing' }];
  return length > MOST_TIERS ? [{ field: 'tiers', code: 'policy.tiers-too-many', most: MOST_TIERS }] : [];
}

function tierProblems(
  draft: Extract<PolicyDraft, { kind: 'disk-pressure' }>,
  tier: Tier,
  row: number,
): TierProblem[] {
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

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/** A policy as it is stored: tiers from the lowest up, every tag and id once, tags in the form Radarr and Sonarr keep. */
export const tidyDraft = <T extends PolicyDraft | Policy>(draft: T): T => ({
  ...draft,
  ...tidyRule(draft),
  name: draft.name.trim(),
  cron: draft.cron.trim(),
  connectionIds: [...new Set(draft.connectionIds)],
  diskIds: [...new Set(draft.diskIds)],
  exclusionTags: tidyTags(draft.exclusionTags),
  favouriteUsers: [...new Set(draft.favouriteUsers.map((name) => name.trim()))].filter((name) => name !== ''),
});

function tidyRule(draft: PolicyDraft | Policy) {
  switch (draft.kind) {
    case 'disk-pressure':
      return { tiers: sortTiers(draft.tiers) };
    case 'tag':
      return { tags: draft.tags.map((one) => ({ ...one, tag: plainTag(one.tag) })) };
    case 'episodes':
      return { showTags: tidyTags(draft.showTags), showIds: [...new Set(draft.showIds)] };
    case 'watched':
      return {};
    default:
      return draft satisfies never;
  }
}

const tidyTags = (tags: readonly string[]): string[] =>
  [...new Set(tags.map(plainTag))].filter((tag) => tag !== '');
