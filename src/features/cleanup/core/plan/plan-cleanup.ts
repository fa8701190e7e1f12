import { mapFact } from '#core/fact.ts';
import type { DiskId } from '#core/ids.ts';
import { freePercent } from '#features/library/core/disk.ts';
import type { Item } from '#features/library/core/item.ts';
import { findTrips } from './breaker.ts';
import type { PlannedDisk } from '../space/coming-free.ts';
import { gatherEvidence } from '../judging/evidence.ts';
import { announce } from './announce.ts';
import { announced, judge, spared } from '../judging/judge.ts';
import type { DiskForecast, Fate, Plan, PlanEntry, PlanInput, PlanTotals } from './plan.ts';
import type { Policy } from '../policy/policy.ts';
import { ranked } from './ranked.ts';
import { inOrder, selectRemovals, type Candidate, type Selection } from './select.ts';
import { rulingTier } from '../policy/tiers.ts';
import { valueScore } from '../judging/value.ts';
import type { Verdict } from '../judging/verdict.ts';

/**
 * Decides everything, touches nothing. Entries come in the order in which people read them: what goes (in the order in
 * which it goes), what is held back, what leaves soon (soonest first), eligible (the best to lose first), protected, unknown, kept (in the
 * order of the library). Out of scope is left out.
 */
export function planCleanup(input: PlanInput): Plan {
  const { id, policy, now } = input;
  const evidence = gatherEvidence(policy, input);
  const judged = judgeAll(input, (item) => judge(policy, item, evidence));
  // An announcement changes nothing of the order, so all candidates are sorted once.
  const candidates = inOrder(judged.filter(isCandidate), policy.order);
  changeAnnounced(input, candidates);
  const selection = selectRemovals({
    policy,
    due: candidates.filter(isDue),
    disks: input.disks,
    libraryBytes: libraryBytes(input.items),
  });
  const entries = inReadingOrder(judged.map((one) => toEntry(one, selection)));
  const disks = forecastDisks(policy, input.disks, judged, selection);
  const plan = { id, policyId: policy.id, madeAt: now, entries, disks, totals: countUp(entries) };
  return { ...plan, breaker: findTrips(input, plan) };
}

type Judged = { item: Item; verdict: Verdict; score: number | null };

function judgeAll({ policy, items, now, weights }: PlanInput, judgeOne: (item: Item) => Verdict): Judged[] {
  const judged: Judged[] = [];
  for (const item of items) {
    if (item.kind !== policy.unit) continue; // as the first step of `judge` says too, without the cost of saying it
    const verdict = judgeOne(item);
    if (verdict.standing === 'out-of-scope') continue;
    const score = isAged(verdict) ? valueScore(item, clockOf(verdict), { now, weights }) : null;
    judged.push({ item, verdict, score });
  }
  return judged;
}

/** Who is warned, now that all candidates are known: what the target does not need is neither announced nor due. */
function changeAnnounced(input: PlanInput, candidates: readonly Candidate[]): void {
  const { policy, now, disks, runsPerWarning } = input;
  const { begins, ends } = announce({ policy, candidates, disks, runsPerWarning });
  for (const one of begins) one.verdict = announced(one.verdict, policy, now);
  for (const one of ends) one.verdict = spared(one.verdict, policy, now);
}

const isAged = ({ standing }: Verdict): boolean =>
  standing === 'eligible' || standing === 'leaving-soon' || standing === 'due';

/** The later of import and last watch; `judge` gives no such verdict without it. */
const clockOf = ({ steps }: Verdict): Date => {
  const age = steps.find((step) => step.check === 'age');
  return age?.countsFrom ?? new Date(NaN);
};

/** Such an item always has a known size and disk: `judge` answers `unknown` otherwise. Asked again here, for the types. */
const isCandidate = (one: Judged): one is Judged & Candidate =>
  isAged(one.verdict) && one.score !== null && one.item.sizeBytes.known && one.item.diskId !== null;

const isDue = ({ verdict }: Candidate): boolean => verdict.standing === 'due';

/** Shows are the sum of their seasons, and these of their episodes, so only one of the three is counted. */
const libraryBytes = (items: readonly Item[]): number =>
  items.reduce(
    (sum, { kind, sizeBytes }) =>
      sum + ((kind === 'film' || kind === 'season') && sizeBytes.known ? sizeBytes.value : 0),
    0,
  );

function toEntry({ item, verdict, score }: Judged, { fates }: Selection): PlanEntry {
  const { id: itemId, kind, title, year, seasonNumber, diskId } = item;
  const sizeBytes = item.sizeBytes.known ? item.sizeBytes.value : null;
  const fate = fates.get(itemId) ?? fateOf(verdict);
  const episodes = placesOf(item);
  return {
    itemId,
    kind,
    title,
    year,
    seasonNumber,
    episodes,
    diskId,
    sizeBytes,
    score,
    fate,
    verdict,
  };
}

const noEpisodes: PlanEntry['episodes'] = [];

const placesOf = ({ episodes }: Item): PlanEntry['episodes'] =>
  episodes.length === 0
    ? noEpisodes
    : episodes.map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber }));

const fates = {
  'leaving-soon': { is: 'leaving-soon' },
  eligible: { is: 'eligible' },
  protected: { is: 'protected' },
  unknown: { is: 'unknown' },
  kept: { is: 'kept' },
} as const;

function fateOf({ standing }: Verdict): Fate {
  // `due` without a selected fate cannot be; were it so, the item would stay.
  return fates[standing === 'due' || standing === 'out-of-scope' ? 'unknown' : standing];
}

/** Sorted within each fate only: comparing everything with everything would cost a third of the whole plan. */
function inReadingOrder(entries: readonly PlanEntry[]): PlanEntry[] {
  const by = Map.groupBy(entries, (entry) => entry.fate.is);
  const of = (is: Fate['is']): PlanEntry[] => by.get(is) ?? [];
  return [
    ...of('remove').sort(byPosition),
    ...of('held-back').sort(byPosition),
    ...of('leaving-soon').sort(byDueDate),
    // Many score the same: comparing their ids as well was a tenth of the whole plan.
    ...ranked(of('eligible'), ({ score }) => -(score ?? 0)),
    ...of('protected'),
    ...of('unknown'),
    ...of('kept'),
  ];
}

const byPosition = (a: PlanEntry, b: PlanEntry): number => positionOf(a) - positionOf(b);

const positionOf = ({ fate }: PlanEntry): number =>
  fate.is === 'remove' || fate.is === 'held-back' ? fate.position : 0;

const byDueDate = (a: PlanEntry, b: PlanEntry): number =>
  Number(a.verdict.dueAt) - Number(b.verdict.dueAt) || (a.itemId < b.itemId ? -1 : 1);

function countUp(entries: readonly PlanEntry[]): PlanTotals {
  const counts = {
    remove: 0,
    'held-back': 0,
    'leaving-soon': 0,
    eligible: 0,
    protected: 0,
    unknown: 0,
    kept: 0,
  };
  const bytes = { ...counts };
  for (const { fate, sizeBytes } of entries) {
    counts[fate.is] += 1;
    bytes[fate.is] += sizeBytes ?? 0;
  }
  return {
    remove: { items: counts.remove, bytes: bytes.remove },
    heldBack: { items: counts['held-back'], bytes: bytes['held-back'] },
    leavingSoon: { items: counts['leaving-soon'], bytes: bytes['leaving-soon'] },
    eligible: { items: counts.eligible, bytes: bytes.eligible },
    protected: counts.protected,
    unknown: counts.unknown,
    kept: counts.kept,
  };
}

/** The disks that the policy looks at: those it names, or else those that hold something of its kind. */
function forecastDisks(
  policy: Policy,
  disks: readonly PlannedDisk[],
  judged: readonly Judged[],
  { freedBytes }: Selection,
): DiskForecast[] {
  const used = new Set(policy.diskIds.length > 0 ? policy.diskIds : judged.map(({ item }) => item.diskId));
  return disks.filter((disk) => used.has(disk.id)).map((disk) => forecastDisk(disk, policy, freedBytes));
}

function forecastDisk(
  disk: PlannedDisk,
  policy: Policy,
  freedBytes: ReadonlyMap<DiskId, number>,
): DiskForecast {
  const { id: diskId, path, totalBytes, freeBytes, comingFreeBytes = 0 } = disk;
  const free = freePercent(disk);
  return {
    diskId,
    path,
    totalBytes,
    freeBytes: mapFact(freeBytes, (bytes) => Math.max(0, bytes - comingFreeBytes)),
    projectedFreeBytes: mapFact(freeBytes, (bytes) => bytes + (freedBytes.get(diskId) ?? 0)),
    maxAgeDays: free.known ? agedOn(policy, free.value) : null,
  };
}

/** Rules without tiers have no age of the disk. */
const agedOn = (policy: Policy, freePercent: number): number | null =>
  policy.kind === 'disk-pressure' ? (rulingTier(policy.tiers, freePercent)?.maxAgeDays ?? null) : null;
