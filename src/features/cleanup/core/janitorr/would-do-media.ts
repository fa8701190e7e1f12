import { DAY_MS } from '#core/time-span.ts';
import type { JanitorrConfig } from './config.ts';
import type { JanitorrDoes, JanitorrWhy } from './decision.ts';
import type { JanitorrTier } from './values.ts';

/** J-45: what it takes for the age of something that may not go. */
const A_HUNDRED_YEARS = 36_500;

/** When an item came, and when somebody watched it last as far as Janitorr knows. */
export type JanitorrDates = { importedAt: Date; lastSeenAt: Date | null };

type Outcome = { does: JanitorrDoes; why: JanitorrWhy };

/**
 * J-41: the lowest key strictly above the free space; equal does not trigger. J-40: without a number for the free space
 * nothing is above it. J-42: without access to files the disk does not matter, and the longest age rules.
 */
export function tierFor(
  tiers: readonly JanitorrTier[],
  freePercent: number | null,
  access: boolean,
): JanitorrTier | null {
  if (!access)
    return tiers.reduce<JanitorrTier | null>((a, b) => (a && a.age.days >= b.age.days ? a : b), null);
  if (freePercent === null) return null;
  return tiers.reduce<JanitorrTier | null>(
    (lowest, tier) =>
      tier.freePercent > freePercent && (lowest === null || tier.freePercent < lowest.freePercent)
        ? tier
        : lowest,
    null,
  );
}

/** J-30: the last watch where that is strictly later than the import. */
export const countsFrom = ({ importedAt, lastSeenAt }: JanitorrDates): Date =>
  lastSeenAt !== null && lastSeenAt > importedAt ? lastSeenAt : importedAt;

/**
 * J-44, J-45 and J-48 as they are. `goesAfter`: the age of what goes, null when nothing may. `shownAfter`: the age of what
 * is shown as leaving, from a tier of its own (J-46), null when nothing is.
 */
export function byAge(
  dates: JanitorrDates,
  wish: { goesAfter: number | null; shownAfter: number | null; now: Date },
): Outcome {
  const { goesAfter, shownAfter, now } = wish;
  const isPast = (from: Date, days: number) => from.getTime() + days * DAY_MS < now.getTime();
  const nothing: Outcome = { does: 'keep', why: goesAfter === null ? 'room' : 'young' };
  if (shownAfter === null || !isPast(dates.importedAt, shownAfter)) return nothing;
  const from = countsFrom(dates);
  if (isPast(from, goesAfter ?? A_HUNDRED_YEARS)) return { does: 'delete', why: 'older-than-tier' };
  return isPast(from, shownAfter) ? { does: 'leaving-soon', why: 'announced' } : nothing;
}

export type MediaRule = { goesAfter: number | null; shownAfter: number | null };

/** The ages that rule at this free space; `guard` when J-47 stops films and shows alike. */
export function mediaRules(
  config: JanitorrConfig,
  freePercent: number | null,
): { films: MediaRule; seasons: MediaRule } | 'guard' {
  const { media, files, leavingSoon, offsetPercent } = config;
  const ruleOf = (tiers: readonly JanitorrTier[]): MediaRule => {
    const goes = tierFor(tiers, freePercent, files.access);
    const shown = tierFor(tiers, freePercent === null ? null : freePercent - offsetPercent, files.access);
    return {
      goesAfter: goes?.age.days ?? null,
      shownAfter: shown === null ? null : shown.age.days - leavingSoon.days,
    };
  };
  const films = ruleOf(media.films);
  const seasons = ruleOf(media.seasons);
  const stops = [films, seasons].some(({ goesAfter }) => goesAfter !== null && leavingSoon.days >= goesAfter);
  return stops ? 'guard' : { films, seasons };
}

/** J-60 and J-62: the gate takes "equal" too, and the window of a short age begins with the import. */
export function tagRule(
  { tags, files, leavingSoon }: JanitorrConfig,
  age: number,
  freePercent: number | null,
): MediaRule {
  const isOpen = !files.access || (freePercent !== null && freePercent <= tags.freeAtMostPercent);
  return { goesAfter: isOpen ? age : null, shownAfter: age - leavingSoon.days };
}
