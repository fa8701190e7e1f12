import type { Fact } from '#core/fact.ts';
import type { ConnectionId, DiskId, ItemId, PlanId, PolicyId } from '#core/ids.ts';
import type { Disk } from '#features/library/core/disk.ts';
import type { Item, ItemKind, TitleKind } from '#features/library/core/item.ts';
import type { Source } from '#features/library/core/source.ts';
import type { ClaimRecord } from '../../core/judging/claim-records.ts';
import type { Approval } from '../../core/plan/approval.ts';
import type { Fate, Plan, PlanEntry } from '../../core/plan/plan.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { EpisodePlace } from '../../core/removal/title-settings.ts';
import type { Exclusion, Standing } from '../../core/judging/verdict.ts';

export type StoredPolicy = Policy & { createdAt: Date; changedAt: Date; armedAt: Date | null };

export type PolicyStore = {
  /** In the order in which they were made. */
  list(): Promise<StoredPolicy[]>;
  find(id: PolicyId): Promise<StoredPolicy | null>;
  /** Adds it, or replaces the one with this id. */
  save(policy: StoredPolicy): Promise<void>;
  /** With its plans and verdicts. False when there was none. */
  remove(id: PolicyId): Promise<boolean>;
};

/** A plan without its entries, which come by pages. */
export type PlanSummary = Omit<Plan, 'entries'> & { policyName: string };

export type EntryPage = {
  fate?: Fate['is'] | undefined;
  /** Entries to leave out from the beginning. */
  offset: number;
  limit: number;
};

/** An accepted plan that the number of candidates is compared with. */
export type Baseline = Pick<Plan, 'totals' | 'disks'>;

export type PlanStore = {
  /** The plan, and its verdicts in the place of the earlier ones of its policy, in one transaction. */
  save(plan: Plan, policyName: string): Promise<void>;
  find(id: PlanId): Promise<PlanSummary | null>;
  latest(policyId: PolicyId): Promise<PlanSummary | null>;
  /** When the last plan of any policy was made. */
  lastMadeAt(): Promise<Date | null>;
  /** What is kept is only counted in the totals. `total` is without the limit. */
  entries(id: PlanId, page: EntryPage): Promise<{ entries: PlanEntry[]; total: number }>;
  /** The last plans that no breaker stopped, newest first; `jumpsToo`: or only because of a jump. */
  baselines(policyId: PolicyId, wish: { since: Date; limit: number; jumpsToo: boolean }): Promise<Baseline[]>;
};

/** One for each policy: the newest replaces the one before. */
export type ApprovalStore = {
  save(approval: Approval): Promise<void>;
  of(policyId: PolicyId): Promise<Approval | null>;
};

/** Something that leaves soon or is due, as the last plan of an enabled policy said, and that nobody excluded since. */
export type Leaving = {
  itemId: ItemId;
  kind: ItemKind;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  /** Those in the file of an episode item (T-05); empty for all others. */
  episodes: readonly EpisodePlace[];
  sizeBytes: number | null;
  requestedBy: readonly string[];
  dueAt: Date;
  policyId: PolicyId;
  policyName: string;
  /** Nothing goes until its policy is armed. */
  armed: boolean;
};

export type VerdictStore = {
  markedSince(policyId: PolicyId): Promise<Map<ItemId, Date>>;
  /** Marks of one policy on these items only. */
  markedSinceOf(policyId: PolicyId, items: readonly ItemId[]): Promise<Map<ItemId, Date>>;
  /** A policy that is switched off says nothing, and its warnings end. */
  clear(policyId: PolicyId): Promise<void>;
  /** Soonest first. */
  leaving(now: Date): Promise<Leaving[]>;
};

export type ExclusionStore = {
  list(): Promise<Exclusion[]>;
  /** Those on any of these items. */
  of(items: readonly ItemId[]): Promise<Exclusion[]>;
  /** Replaces an earlier one. The item, its show or its seasons stop leaving at once. */
  save(exclusion: Exclusion): Promise<void>;
  remove(itemId: ItemId): Promise<boolean>;
  /**
   * A service that was added anew, or that lost its database, gives its titles other numbers. Who keeps a film keeps the
   * film and not the number, so what is kept by hand moves to wherever the film is now. Asked before every plan.
   */
  follow(): Promise<void>;
};

export type ClaimRecordStore = {
  list(): Promise<ClaimRecord[]>;
  /** All there are from now on. */
  replace(records: readonly ClaimRecord[]): Promise<void>;
};

export const mediaStatuses = [
  'excluded',
  'due',
  'leaving-soon',
  'eligible',
  'unknown',
  'protected',
  'kept',
  'unmanaged',
] as const;
/** `unmanaged`: no enabled policy looks at it. */
export type MediaStatus = (typeof mediaStatuses)[number];

export const mediaSorts = ['title', 'size', 'added', 'watched', 'due', 'year'] as const;
export type MediaSort = (typeof mediaSorts)[number];

export type MediaQuery = {
  text?: string | undefined;
  /** Films and shows when nothing is said. */
  kinds?: readonly TitleKind[] | undefined;
  status?: MediaStatus | undefined;
  connectionId?: ConnectionId | undefined;
  diskId?: DiskId | undefined;
  requestedBy?: string | undefined;
  tag?: string | undefined;
  minBytes?: number | undefined;
  maxBytes?: number | undefined;
  /** Came to the disk before this. */
  addedBefore?: Date | undefined;
  addedAfter?: Date | undefined;
  /** Not watched since, or never. What nobody knows is left out. */
  unwatchedSince?: Date | undefined;
  watchedSince?: Date | undefined;
  neverWatched?: boolean | undefined;
  sort: MediaSort;
  descending: boolean;
  offset: number;
  limit: number;
};

export type MediaRow = {
  id: ItemId;
  kind: TitleKind;
  showId: ItemId | null;
  seasonNumber: number | null;
  connectionId: ConnectionId;
  diskId: DiskId | null;
  title: string;
  year: number | null;
  hasPoster: boolean;
  fileCount: number;
  sizeBytes: number | null;
  addedAt: Date;
  newestFileAt: Date | null;
  /** Null when nobody watched, and then `watchWhy` is null too; else nobody knows, for that reason. */
  lastWatchedAt: Date | null;
  watchWhy: string | null;
  requestedBy: readonly string[];
  tags: readonly string[];
  status: MediaStatus;
  dueAt: Date | null;
  excludedUntil: Date | null;
};

export type MediaStore = {
  search(query: MediaQuery, now: Date): Promise<{ rows: MediaRow[]; total: number }>;
  /** The values that filters offer. */
  choices(): Promise<{ tags: string[]; requesters: string[] }>;
  status(
    id: ItemId,
    now: Date,
  ): Promise<{ status: MediaStatus; standing: Standing | null; dueAt: Date | null }>;
};

/** The library as planning needs it. */
export type PlanningLibrary = {
  /** Everything, with what is too old to decide on taken away. Asks who plays what when that is not known of late. */
  items(): Promise<Item[]>;
  /** The item with its show and all seasons of that, an episode with all of its show too; empty when there is none. */
  family(id: ItemId): Promise<Item[]>;
  disks(): Promise<readonly Disk[]>;
  /** Looks anew how full the disks are, unless that was just done. Only for whoever holds the library lock. */
  measureDisks(): Promise<void>;
  /** One for each service that is switched on, also when it was never read. */
  sources(): Promise<Source[]>;
  /** Everybody who can sign in to a media server. */
  mediaUsers(): Promise<Fact<readonly string[]>>;
  /** The episode files of these shows, as items of their own. */
  episodes(shows: { ids: readonly ItemId[]; tags: readonly string[] }): Promise<Item[]>;
  /** Every label that exists, used or not. */
  knownTags(): Promise<Fact<readonly string[]>>;
};
