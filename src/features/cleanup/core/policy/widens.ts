import type {
  EpisodesRule,
  Policy,
  PolicyDraft,
  PolicyRule,
  TagRule,
  Target,
  Tier,
  TorrentWish,
  WatchedRule,
} from './policy.ts';
import { rulingTier } from './tiers.ts';

/**
 * Whether a change could make something due that was not, or sooner, or choose others, or take more in one run. An armed
 * policy that is widened becomes disarmed, because nobody has seen a plan of the new one (C-08).
 */
export const widens = (before: Policy, after: PolicyDraft): boolean =>
  looksElsewhere(before, after) || losesProtection(before, after) || takesMore(before, after);

const looksElsewhere = (before: Policy, after: PolicyDraft): boolean =>
  before.unit !== after.unit ||
  before.order !== after.order ||
  (before.shows !== 'any' && after.shows !== before.shows) ||
  losesLimit(before.connectionIds, after.connectionIds) ||
  losesLimit(before.diskIds, after.diskIds);

const losesProtection = (before: Policy, after: PolicyDraft): boolean =>
  losesSome(before.exclusionTags, after.exclusionTags) ||
  losesFavourites(before, after) ||
  (before.halfWayProtects && !after.halfWayProtects) ||
  (before.keepsFirstSeason && !after.keepsFirstSeason) ||
  (before.needsApproval && !after.needsApproval) ||
  after.midShowDays < before.midShowDays ||
  after.requestedWithinDays < before.requestedWithinDays ||
  after.leavingSoonDays < before.leavingSoonDays;

const takesMore = (before: Policy, after: PolicyDraft): boolean =>
  rulesWiden(before, after) ||
  isFurther(before.target, after.target) ||
  after.caps.items > before.caps.items ||
  after.caps.bytes > before.caps.bytes ||
  after.caps.libraryPercent > before.caps.libraryPercent ||
  (!before.removeRequests && after.removeRequests) ||
  takesMoreTorrents(before.torrents, after.torrents);

/** Fewer people's favourites count than before; an empty list stands for everybody's. */
function losesFavourites(before: Policy, after: PolicyDraft): boolean {
  if (!before.favouritesProtect) return false;
  if (!after.favouritesProtect) return true;
  if (after.favouriteUsers.length === 0) return false;
  return before.favouriteUsers.length === 0 || losesSome(before.favouriteUsers, after.favouriteUsers);
}

const losesSome = (before: readonly string[], after: readonly string[]): boolean => {
  const left = new Set(after.map((tag) => tag.toLowerCase()));
  return before.some((tag) => !left.has(tag.toLowerCase()));
};

/** An empty list stands for everything. */
const losesLimit = (before: readonly string[], after: readonly string[]): boolean =>
  before.length > 0 && (after.length === 0 || after.some((id) => !before.includes(id)));

/** Without a target there is no end; a percentage and bytes cannot be compared, so a change of unit counts. */
function isFurther(before: Target | null, after: Target | null): boolean {
  if (before === null) return false;
  return after?.unit !== before.unit || after.value > before.value;
}

const takesMoreTorrents = (before: TorrentWish, after: TorrentWish): boolean =>
  after.remove &&
  (!before.remove ||
    isSooner(before.minRatio, after.minRatio) ||
    isSooner(before.minSeedDays, after.minSeedDays));

/** Null is a condition that nothing meets, because the other one decides alone. */
const isSooner = (before: number | null, after: number | null): boolean =>
  (after ?? Infinity) < (before ?? Infinity);

function rulesWiden(before: PolicyRule, after: PolicyRule): boolean {
  if (before.kind !== after.kind) return true;
  switch (after.kind) {
    case 'disk-pressure':
      return (
        before.kind === after.kind &&
        (basisDiffers(before, after) || hasShorterAge(before.tiers, after.tiers))
      );
    case 'tag':
      return before.kind === after.kind && (basisDiffers(before, after) || tagsWiden(before, after));
    case 'watched':
      return before.kind === after.kind && (basisDiffers(before, after) || watchedWidens(before, after));
    case 'episodes':
      return before.kind === after.kind && episodesWiden(before, after);
    default:
      return after satisfies never;
  }
}

/** Both ways: the oldest import is earlier, and what has none in the history was never removed by it (J-21). */
const basisDiffers = (before: { ageBasis: string }, after: { ageBasis: string }): boolean =>
  before.ageBasis !== after.ageBasis;

/** A tag that is taken out counts too: where it was the longest, a shorter one rules now. */
const tagsWiden = (before: TagRule, after: TagRule): boolean =>
  losesSome(
    before.tags.map(({ tag }) => tag),
    after.tags.map(({ tag }) => tag),
  ) ||
  after.tags.some(({ tag, maxAgeDays, freeBelowPercent }) => {
    const old = before.tags.find((one) => one.tag.toLowerCase() === tag.toLowerCase());
    return old === undefined || maxAgeDays < old.maxAgeDays || opens(old.freeBelowPercent, freeBelowPercent);
  });

const watchedWidens = (before: WatchedRule, after: WatchedRule): boolean =>
  before.seenBy !== after.seenBy ||
  after.watchedDays < before.watchedDays ||
  isSooner(before.neverWatchedDays, after.neverWatchedDays) ||
  opens(before.freeBelowPercent, after.freeBelowPercent);

const episodesWiden = (before: EpisodesRule, after: EpisodesRule): boolean =>
  losesSome(after.showTags, before.showTags) ||
  losesSome(after.showIds, before.showIds) ||
  // What neither keeps goes, so a limit that is lost or smaller lets more go.
  (after.keepLast ?? 0) < (before.keepLast ?? 0) ||
  (after.keepDays ?? 0) < (before.keepDays ?? 0) ||
  (!before.olderSeasons && after.olderSeasons) ||
  (!before.specials && after.specials) ||
  opens(before.freeBelowPercent, after.freeBelowPercent);

/** A gate that lets pass at more free space; null lets pass always. */
const opens = (before: number | null, after: number | null): boolean => (after ?? 101) > (before ?? 101);

/** Tiers are steps, so they can only differ in what they say at, or just below, one of their own edges. */
function hasShorterAge(before: readonly Tier[], after: readonly Tier[]): boolean {
  const edges = [...before, ...after].map((tier) => tier.freeBelowPercent);
  return [0, ...edges].some((free) => ageAt(after, free) < ageAt(before, free));
}

const ageAt = (tiers: readonly Tier[], freePercent: number): number =>
  rulingTier(tiers, freePercent)?.maxAgeDays ?? Infinity;
