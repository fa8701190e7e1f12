import { plainTag } from './tidy-policy.ts';
import type { EpisodesRule, PolicyDraft, TagRule, Tier, WatchedRule } from './policy.ts';

/** A gate is a percentage of free space above which the rule rests. */
type GateProblem<F extends string> = { field: F; code: 'policy.gate-out-of-range' };

type TagProblem =
  | { field: 'tags'; code: 'policy.tags-missing' }
  | { field: 'tags'; code: 'policy.tags-too-many'; most: number }
  | { field: 'tags'; row: number; code: 'policy.tag-empty' }
  | { field: 'tags'; row: number; code: 'policy.tag-twice'; tag: string }
  | { field: 'tags'; row: number; code: 'policy.tag-age-out-of-range'; most: number }
  /** It would be excluded for ever and have an age. */
  | { field: 'tags'; row: number; code: 'policy.tag-excluded'; tag: string }
  | ({ row: number } & GateProblem<'tags'>);

type WatchedProblem =
  | { field: 'watchedDays' | 'neverWatchedDays'; code: 'policy.days-out-of-range'; most: number }
  | GateProblem<'freeBelowPercent'>;

type EpisodesProblem =
  | { field: 'showTags'; code: 'policy.shows-not-chosen' }
  | { field: 'keepLast'; code: 'policy.window-missing' }
  | { field: 'keepLast'; code: 'policy.keep-last-out-of-range'; most: number }
  | { field: 'keepDays'; code: 'policy.days-out-of-range'; most: number }
  | GateProblem<'freeBelowPercent'>;

type TierProblem =
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

/** What can be wrong with the part of a policy that differs by kind. */
export type RuleProblem =
  | TierProblem
  | TagProblem
  | WatchedProblem
  | EpisodesProblem
  | { field: 'unit'; code: 'policy.unit-not-for-kind' };

const MOST_TIERS = 20;
export const MOST_AGE_DAYS = 36_500;
const MOST_TAGS = 50;
const MOST_EPISODES_KEPT = 10_000;

export function ruleProblems(draft: PolicyDraft): RuleProblem[] {
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

const isAge = (days: number): boolean => isWhole(days, 1, MOST_AGE_DAYS);

const isGate = (percent: number | null): boolean => percent === null || (percent > 0 && percent <= 100);

const gateProblems = (percent: number | null): GateProblem<'freeBelowPercent'>[] =>
  isGate(percent) ? [] : [{ field: 'freeBelowPercent', code: 'policy.gate-out-of-range' }];

export const wrongDays = <F extends string>(field: F) =>
  ({ field, code: 'policy.days-out-of-range', most: MOST_AGE_DAYS }) as const;

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

export const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;
