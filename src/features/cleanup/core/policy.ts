import type { ConnectionId, DiskId, PolicyId } from '#core/ids.ts';

/** Below `freeBelowPercent` of free space, items older than `maxAgeDays` may go. The lowest tier that fits rules (J-41). */
export type Tier = { freeBelowPercent: number; maxAgeDays: number };

export const units = ['film', 'season', 'show'] as const;
/** What goes as a whole. A film policy never looks at shows, and the other way round. */
export type Unit = (typeof units)[number];

export const orders = ['longest-unwatched', 'oldest', 'largest'] as const;
export type Order = (typeof orders)[number];

export const ageBases = ['newest-import', 'oldest-import'] as const;
/** Which import starts the clock; a later watch always moves it on (J-22, J-30). */
export type AgeBasis = (typeof ageBases)[number];

/** Where a run stops even when more is due. */
export type Caps = { items: number; bytes: number; libraryPercent: number };

export const defaultCaps: Caps = { items: 25, bytes: 500_000_000_000, libraryPercent: 5 };

/** C-03: when a disk fills up, what nobody watched for longest goes first. */
export type Policy = {
  id: PolicyId;
  name: string;
  kind: 'disk-pressure';
  unit: Unit;
  enabled: boolean;
  /** Not armed means dry run: everything is planned and shown, nothing is touched (C-08). */
  armed: boolean;
  cron: string;
  timeZone: string;
  /** Empty means every Radarr (films) or Sonarr (seasons, shows). */
  connectionIds: readonly ConnectionId[];
  /** Empty means every disk, each judged by its own free space. */
  diskIds: readonly DiskId[];
  /** Sorted by `freeBelowPercent`, and validated as monotonic when saved (J-47 and J-48 FIX). */
  tiers: readonly Tier[];
  /** A run stops when the disk has this much free again. */
  stopAtFreePercent: number;
  leavingSoonDays: number;
  ageBasis: AgeBasis;
  order: Order;
  caps: Caps;
  /** Labels as in Radarr and Sonarr, resolved at each run, any case (J-28 FIX). */
  exclusionTags: readonly string[];
  favouritesProtect: boolean;
  halfWayProtects: boolean;
  addImportExclusion: boolean;
  removeRequests: boolean;
};

export type PolicyDraft = Omit<Policy, 'id' | 'armed' | 'enabled'>;
