import type { Fact } from '#core/fact.ts';
import type { DiskId, ItemId } from '#core/ids.ts';
import { freePercent, type Disk } from '#features/library/core/disk.ts';
import type { Item } from '#features/library/core/item.ts';
import type { Policy, Tier } from './policy.ts';
import { rulingTier } from './tiers.ts';
import type { Exclusion, Step } from './verdict.ts';

/** Everything besides the item itself that a verdict looks at. Made once for a plan, then only read. */
export type Evidence = {
  now: Date;
  disks: ReadonlyMap<DiskId, DiskState>;
  shows: ReadonlyMap<ItemId, ShowState>;
  exclusions: ReadonlyMap<ItemId, Exclusion>;
  markedSince: ReadonlyMap<ItemId, Date>;
};

/** `step` is the same for every item on the disk, so it is made once: a plan has 500 000 of them. */
export type DiskState = { tier: Tier | null; step: Step };

/** `newestSeason` is the newest season that has files; null when only specials have, or none. */
export type ShowState = { continuing: boolean; newestSeason: number | null };

export type EvidenceInput = {
  items: readonly Item[];
  disks: readonly Disk[];
  exclusions: readonly Exclusion[];
  /** From the verdicts of the last plan of the same policy. */
  markedSince: ReadonlyMap<ItemId, Date>;
  now: Date;
};

export const gatherEvidence = (policy: Policy, input: EvidenceInput): Evidence => ({
  now: input.now,
  disks: new Map(input.disks.map((disk) => [disk.id, diskState(disk, policy.tiers)])),
  shows: policy.unit === 'season' ? showsOf(input.items) : new Map<ItemId, ShowState>(),
  exclusions: spreadExclusions(input.items, input.exclusions, input.now),
  markedSince: input.markedSince,
});

function diskState(disk: Disk, tiers: readonly Tier[]): DiskState {
  const free = freePercent(disk);
  const tier = free.known ? rulingTier(tiers, free.value) : null;
  return { tier, step: freeSpaceStep(disk.path, free, tier) };
}

function freeSpaceStep(diskPath: string, free: Fact<number>, tier: Tier | null): Step {
  const check = 'free-space';
  if (!free.known)
    return { check, outcome: 'unknown', diskPath, freePercent: null, maxAgeDays: null, why: free.why };
  const maxAgeDays = tier?.maxAgeDays ?? null;
  return { check, outcome: tier === null ? 'stop' : 'go-on', diskPath, freePercent: free.value, maxAgeDays };
}

function showsOf(items: readonly Item[]): Map<ItemId, ShowState> {
  const shows = new Map<ItemId, ShowState>();
  for (const item of items) {
    if (item.kind === 'show') shows.set(item.id, { continuing: item.continuing, newestSeason: null });
  }
  for (const item of items) {
    if (item.kind !== 'season' || item.showId === null || !item.seasonNumber || item.fileCount === 0)
      continue;
    const show = shows.get(item.showId);
    if (show) show.newestSeason = Math.max(show.newestSeason ?? 0, item.seasonNumber);
  }
  return shows;
}

/**
 * Who keeps a show by hand keeps its seasons, and who keeps one season keeps the show from going as a whole.
 * Of several the longest counts. What has run out is left out.
 */
export function spreadExclusions(
  items: readonly Item[],
  exclusions: readonly Exclusion[],
  now: Date,
): ReadonlyMap<ItemId, Exclusion> {
  const spread = new Map<ItemId, Exclusion>();
  for (const exclusion of exclusions) {
    if (exclusion.until === null || exclusion.until > now) keepLonger(spread, exclusion.itemId, exclusion);
  }
  if (spread.size === 0) return spread;

  const byHand = new Map(spread);
  for (const { kind, id, showId } of items) {
    if (kind !== 'season' || showId === null) continue;
    keepLonger(spread, id, byHand.get(showId));
    keepLonger(spread, showId, byHand.get(id));
  }
  return spread;
}

function keepLonger(into: Map<ItemId, Exclusion>, id: ItemId, exclusion: Exclusion | undefined): void {
  if (!exclusion) return;
  const before = into.get(id);
  if (!before || endOf(exclusion) > endOf(before)) into.set(id, exclusion);
}

const endOf = ({ until }: Exclusion): number => until?.getTime() ?? Infinity;
