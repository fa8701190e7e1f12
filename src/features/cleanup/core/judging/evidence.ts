import { known, type Fact } from '#core/fact.ts';
import type { DiskId, ItemId } from '#core/ids.ts';
import { freePercent } from '#features/library/core/disk.ts';
import { seasonId, type Item } from '#features/library/core/item.ts';
import type { EndedClaim } from './claim-records.ts';
import type { Claim } from './claims.ts';
import type { Policy, Tier } from '../policy/policy.ts';
import type { PlannedDisk } from '../space/coming-free.ts';
import { episodePlaces, showsOf, type ShowState } from './shows.ts';
import { rulingTier } from '../policy/tiers.ts';
import type { Exclusion, Step } from './verdict.ts';

/** Everything besides the item itself that a verdict looks at. Made once for a plan, then only read. */
export type Evidence = {
  now: Date;
  disks: ReadonlyMap<DiskId, DiskState>;
  shows: ReadonlyMap<ItemId, ShowState>;
  /** Of episodes: 1 is the newest of its show that has a file. */
  places: ReadonlyMap<ItemId, number>;
  exclusions: ReadonlyMap<ItemId, Exclusion>;
  markedSince: ReadonlyMap<ItemId, Date>;
  /** Of the other policies. */
  claims: readonly Claim[];
  /** Claims of other policies that ended lately, by item. */
  endedClaims: ReadonlyMap<ItemId, readonly EndedClaim[]>;
  /** Everybody who can sign in to a media server. */
  mediaUsers: Fact<readonly string[]>;
};

/** `step` is the same for every item on the disk, so it is made once: a plan has 500 000 of them. */
export type DiskState = {
  path: string;
  free: Fact<number>;
  /** Part of what counts as free. */
  comingFreeBytes: number;
  tier: Tier | null;
  step: Step;
};

export type EvidenceInput = {
  items: readonly Item[];
  disks: readonly PlannedDisk[];
  exclusions: readonly Exclusion[];
  /** From the verdicts of the last plan of the same policy. */
  markedSince: ReadonlyMap<ItemId, Date>;
  /** Of every policy; one's own is left out here. */
  claims: readonly Claim[];
  /** Left out: none. */
  endedClaims?: readonly EndedClaim[];
  mediaUsers: Fact<readonly string[]>;
  now: Date;
};

export const gatherEvidence = (policy: Policy, input: EvidenceInput): Evidence => ({
  now: input.now,
  disks: new Map(input.disks.map((disk) => [disk.id, diskState(disk, policy)])),
  shows:
    policy.unit === 'film'
      ? new Map<ItemId, ShowState>()
      : showsOf(input.items, { midShowDays: policy.midShowDays, now: input.now }),
  places: policy.unit === 'episode' ? episodePlaces(input.items) : new Map<ItemId, number>(),
  exclusions: spreadExclusions(input.items, input.exclusions, input.now),
  markedSince: input.markedSince,
  claims: input.claims.filter((claim) => claim.policyId !== policy.id),
  endedClaims: Map.groupBy(
    (input.endedClaims ?? []).filter((ended) => ended.policyId !== policy.id),
    ({ itemId }) => itemId,
  ),
  mediaUsers: asksWhoIsThere(policy) ? input.mediaUsers : known([]),
});

const asksWhoIsThere = ({ kind, favouriteUsers }: Policy): boolean =>
  kind === 'watched' || favouriteUsers.length > 0;

function diskState(disk: PlannedDisk, policy: Policy): DiskState {
  const { path, comingFreeBytes = 0 } = disk;
  const free = freePercent(disk);
  const tier = policy.kind === 'disk-pressure' && free.known ? rulingTier(policy.tiers, free.value) : null;
  const state = { path, free, comingFreeBytes, tier };
  return { ...state, step: freeSpaceStep(state) };
}

/** Said only where there is some, since most chains are shorter without it. */
export const comingFree = ({ comingFreeBytes }: Pick<DiskState, 'comingFreeBytes'>) =>
  comingFreeBytes > 0 ? { comingFreeBytes } : {};

function freeSpaceStep({ path: diskPath, free, tier, ...state }: Omit<DiskState, 'step'>): Step {
  const check = 'free-space';
  if (!free.known)
    return { check, outcome: 'unknown', diskPath, freePercent: null, maxAgeDays: null, why: free.why };
  const outcome = tier === null ? 'stop' : 'go-on';
  const maxAgeDays = tier?.maxAgeDays ?? null;
  return { check, outcome, diskPath, freePercent: free.value, maxAgeDays, ...comingFree(state) };
}

/**
 * Who keeps a show by hand keeps its seasons and episodes, and who keeps one of these keeps the show from going as a
 * whole; one kept episode keeps every season of its show, because its file does not say which season it stands in.
 * Of several the longest counts. What has run out is left out.
 */
export function spreadExclusions(
  items: readonly Item[],
  exclusions: readonly Exclusion[],
  now: Date,
): ReadonlyMap<ItemId, Exclusion> {
  const spread = new Map<ItemId, Exclusion>();
  const ofEpisodes = new Map<ItemId, Exclusion>();
  for (const exclusion of exclusions) {
    if (exclusion.until !== null && exclusion.until <= now) continue;
    keepLonger(spread, exclusion.itemId, exclusion);
    const show = showOfEpisode(exclusion.itemId);
    if (show !== null) keepLonger(ofEpisodes, show, exclusion);
  }
  if (spread.size === 0) return spread;

  const byHand = new Map(spread);
  for (const { kind, id, showId, seasonNumber } of items) {
    if (kind === 'show') keepLonger(spread, id, ofEpisodes.get(id));
    if (showId === null) continue;
    keepLonger(spread, id, byHand.get(showId));
    if (kind === 'season') {
      keepLonger(spread, id, ofEpisodes.get(showId));
      keepLonger(spread, showId, byHand.get(id));
    } else if (seasonNumber !== null) {
      keepLonger(spread, id, byHand.get(seasonId(showId, seasonNumber)));
    }
  }
  return spread;
}

/** `<show>-f<number>`: see `episodeId`. */
const showOfEpisode = (id: ItemId): ItemId | null =>
  (/^(.+)-f\d+$/.exec(id)?.[1] as ItemId | undefined) ?? null;

function keepLonger(into: Map<ItemId, Exclusion>, id: ItemId, exclusion: Exclusion | undefined): void {
  if (!exclusion) return;
  const before = into.get(id);
  if (!before || endOf(exclusion) > endOf(before)) into.set(id, exclusion);
}

const endOf = ({ until }: Exclusion): number => until?.getTime() ?? Infinity;
