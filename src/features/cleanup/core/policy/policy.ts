import type { ConnectionId, DiskId, ItemId, PolicyId } from '#core/ids.ts';

/** Below `freeBelowPercent` of free space, items older than `maxAgeDays` may go. The lowest tier that fits rules (J-41). */
export type Tier = { freeBelowPercent: number; maxAgeDays: number };

export const units = ['film', 'season', 'show', 'episode'] as const;
/** What goes as a whole. A film policy never looks at shows, and the other way round. */
export type Unit = (typeof units)[number];

export const policyKinds = ['disk-pressure', 'tag', 'episodes', 'watched'] as const;
export type PolicyKind = (typeof policyKinds)[number];

export const orders = ['longest-unwatched', 'oldest', 'largest', 'value'] as const;
export type Order = (typeof orders)[number];

export const ageBases = ['newest-import', 'oldest-import'] as const;
/** Which import starts the clock; a later watch always moves it on (J-22, J-30). */
export type AgeBasis = (typeof ageBases)[number];

export const showStates = ['any', 'continuing', 'ended'] as const;
export type ShowStates = (typeof showStates)[number];

export const audiences = ['requester', 'starters', 'everybody'] as const;
/** Who has to have seen it to the end. `starters`: everybody who began, and at least one person. */
export type Audience = (typeof audiences)[number];

/** Where a run stops even when more is due. */
export type Caps = { items: number; bytes: number; libraryPercent: number };

export const defaultCaps: Caps = { items: 25, bytes: 500_000_000_000, libraryPercent: 5 };

/** A run takes just enough: it stops when the disk has this much free again. */
export type Target = { unit: 'percent' | 'bytes'; value: number };

/** C-13: whether torrents that only hold what went may go too, and when: one of the two is enough. */
export type TorrentWish = { remove: boolean; minRatio: number | null; minSeedDays: number | null };

export const noTorrents: TorrentWish = { remove: false, minRatio: null, minSeedDays: null };

/** C-03: when a disk fills up, what nobody watched for longest goes first. */
export type DiskPressureRule = { kind: 'disk-pressure'; tiers: readonly Tier[]; ageBasis: AgeBasis };

/** C-04: `freeBelowPercent` is the tag's own gate; null means whatever the disk. */
export type TagAge = { tag: string; maxAgeDays: number; freeBelowPercent: number | null };
export type TagRule = { kind: 'tag'; tags: readonly TagAge[]; ageBasis: AgeBasis };

/** Seen to the end by its audience, and so many days ago (janitorr#27, #137); its clock for what nobody began is another. */
export type WatchedRule = {
  kind: 'watched';
  seenBy: Audience;
  watchedDays: number;
  /** Null: what nobody began stays. */
  neverWatchedDays: number | null;
  freeBelowPercent: number | null;
  ageBasis: AgeBasis;
};

/**
 * C-05: of the shows that carry a tag or are named, the last episodes that have files and those of the last days stay;
 * what either keeps, stays. The last episodes are counted over all seasons, so a new season does not end the old one.
 */
export type EpisodesRule = {
  kind: 'episodes';
  showTags: readonly string[];
  showIds: readonly ItemId[];
  keepLast: number | null;
  keepDays: number | null;
  /** Whether the rule reaches into seasons before the newest one that has files; else those stay (J-72 FIX). */
  olderSeasons: boolean;
  specials: boolean;
  freeBelowPercent: number | null;
};

export type PolicyRule = DiskPressureRule | TagRule | WatchedRule | EpisodesRule;

/** What every policy has, whatever its rule. */
export type PolicyBase = {
  id: PolicyId;
  name: string;
  unit: Unit;
  enabled: boolean;
  /** Not armed means dry run: everything is planned and shown, nothing is touched (C-08). */
  armed: boolean;
  cron: string;
  timeZone: string;
  /** Empty means every Radarr (films) or Sonarr (seasons, shows, episodes). */
  connectionIds: readonly ConnectionId[];
  /** Empty means every disk, each judged by its own free space. */
  diskIds: readonly DiskId[];
  /** Null, which disk pressure does not allow: everything that is due goes, within the caps. */
  target: Target | null;
  leavingSoonDays: number;
  order: Order;
  caps: Caps;
  shows: ShowStates;
  /** The first regular season stays, as a sampler. */
  keepsFirstSeason: boolean;
  /** A show that somebody watched within so many days and has not finished is not broken; 0 is off. */
  midShowDays: number;
  /** What somebody asked for within so many days stays; 0 is off. */
  requestedWithinDays: number;
  /** Labels as in Radarr and Sonarr, resolved at each run, any case (J-28 FIX). */
  exclusionTags: readonly string[];
  favouritesProtect: boolean;
  /** Names whose favourites count, any case; empty means everybody's. */
  favouriteUsers: readonly string[];
  halfWayProtects: boolean;
  addImportExclusion: boolean;
  removeRequests: boolean;
  /** A plan waits for a person before it is carried out. */
  needsApproval: boolean;
  torrents: TorrentWish;
};

export type Policy = PolicyBase & PolicyRule;

export type PolicyDraft = Omit<PolicyBase, 'id' | 'armed' | 'enabled'> & PolicyRule;

/** A rule by itself, for what is asked of it whatever the rest of the policy says. */
export function ruleOf(policy: PolicyRule): PolicyRule {
  switch (policy.kind) {
    case 'disk-pressure':
      return { kind: policy.kind, tiers: policy.tiers, ageBasis: policy.ageBasis };
    case 'tag':
      return { kind: policy.kind, tags: policy.tags, ageBasis: policy.ageBasis };
    case 'watched': {
      const { kind, seenBy, watchedDays, neverWatchedDays, freeBelowPercent, ageBasis } = policy;
      return { kind, seenBy, watchedDays, neverWatchedDays, freeBelowPercent, ageBasis };
    }
    case 'episodes': {
      const { kind, showTags, showIds, keepLast, keepDays, olderSeasons, specials, freeBelowPercent } =
        policy;
      return { kind, showTags, showIds, keepLast, keepDays, olderSeasons, specials, freeBelowPercent };
    }
    default:
      return policy satisfies never;
  }
}
