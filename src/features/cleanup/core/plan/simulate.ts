import { known, type Fact } from '#core/fact.ts';
import type { DiskId, ItemId } from '#core/ids.ts';
import { addDays, daysBetween } from '#core/time-span.ts';
import type { Disk } from '#features/library/core/disk.ts';
import type { Item } from '#features/library/core/item.ts';
import { planCleanup } from './plan-cleanup.ts';
import type { BreakerTrip, Plan, PlanEntry, PlanInput } from './plan.ts';
import { withoutFiles } from '../removal/without-files.ts';

export const SIMULATED_DAYS = 90;

/** So many titles are told by name: those that go first. */
const TITLES_TOLD = 20;

type SimulatedRun = { at: Date; removed: readonly PlanEntry[]; trips: readonly BreakerTrip[] };

/** The house on some day to come. Only what changes is in it; `input` has it already. */
type SimulatedHouse = {
  input: PlanInput;
  at: Date;
  /** What comes in each day; a disk that is not in it stays as it is. */
  growth: ReadonlyMap<DiskId, number>;
  /** How the disks would be if no run took anything. */
  untouched: readonly Disk[];
};

const houseNow = (input: PlanInput, growth: SimulatedHouse['growth']): SimulatedHouse => ({
  input,
  at: input.now,
  growth,
  untouched: input.disks,
});

/** Nothing happens but that time passes: everything is older, and what comes in takes its space. */
function letPass(house: SimulatedHouse, until: Date): SimulatedHouse {
  const days = Math.max(0, daysBetween(house.at, until));
  const fill = (disk: Disk): Disk => changeFree(disk, -days * Math.max(0, house.growth.get(disk.id) ?? 0));
  const disks = house.input.disks.map(fill);
  return { ...house, at: until, input: { ...house.input, disks }, untouched: house.untouched.map(fill) };
}

/**
 * C-21: one run, in thought. It is planned by `planCleanup` itself, so the simulation cannot say anything else than the
 * preview of that day would; a plan that the breaker stops takes nothing. What is left behind is what the next plan finds.
 */
function runInThought(house: SimulatedHouse, at: Date): { house: SimulatedHouse; run: SimulatedRun } {
  const then = letPass(house, at);
  const plan = planCleanup(asReadAt(then.input, at));
  const removed = plan.breaker.length > 0 ? [] : plan.entries.filter(({ fate }) => fate.is === 'remove');
  const input: PlanInput = {
    ...then.input,
    items: withoutFiles(then.input.items, removed).map(afterPlaying),
    disks: then.input.disks.map((disk) => changeFree(disk, bytesOn(removed, disk.id))),
    markedSince: marksOf(plan),
    // A jump is judged against plans of the past; those that are only thought of prove nothing.
    previous: null,
  };
  return { house: { ...then, input }, run: { at, removed, trips: plan.breaker } };
}

/** As if every service that answers now had answered just before the run. */
const asReadAt = (input: PlanInput, at: Date): PlanInput => {
  const ms = at.getTime() - input.now.getTime();
  const later = (date: Date | null) => date && new Date(date.getTime() + ms);
  const sources = input.sources.map((source) => ({ ...source, lastSuccessAt: later(source.lastSuccessAt) }));
  return { ...input, now: at, sources };
};

/** Who plays something now has stopped by the next run. */
const afterPlaying = (item: Item): Item =>
  item.playingNow.known && item.playingNow.value ? { ...item, playingNow: known(false) } : item;

const marksOf = ({ entries }: Plan): ReadonlyMap<ItemId, Date> =>
  new Map(
    entries.flatMap(({ itemId, verdict }) =>
      verdict.markedSince ? [[itemId, verdict.markedSince] as const] : [],
    ),
  );

const bytesOn = (removed: readonly PlanEntry[], disk: DiskId): number =>
  removed.reduce((sum, { diskId, sizeBytes }) => sum + (diskId === disk ? (sizeBytes ?? 0) : 0), 0);

/** A full disk takes nothing more, and no disk has more free than it is large. */
function changeFree(disk: Disk, bytes: number): Disk {
  const { freeBytes, totalBytes } = disk;
  if (bytes === 0 || !freeBytes.known || !totalBytes.known) return disk;
  const free = Math.min(totalBytes.value, Math.max(0, freeBytes.value + bytes));
  return { ...disk, freeBytes: known(free) };
}

type SimulatedDay = { at: Date; withPolicy: number; without: number };

export type SimulatedDisk = {
  diskId: DiskId;
  path: string;
  totalBytes: number;
  /** Null: too few readings to know, so it is drawn as if nothing came in. */
  bytesPerDay: number | null;
  /** Free space at the end of each day; the first is now. */
  days: readonly SimulatedDay[];
};

export type SimulatedWeek = { from: Date; items: number; bytes: number };
type SimulatedRemoval = Pick<
  PlanEntry,
  'itemId' | 'kind' | 'title' | 'year' | 'seasonNumber' | 'episodes' | 'sizeBytes'
> & { at: Date };

export type Simulation = {
  from: Date;
  until: Date;
  disks: readonly SimulatedDisk[];
  runs: number;
  /** Runs that the breaker would stop, with what the first of them trips over. */
  stopped: { runs: number; trips: readonly BreakerTrip[] };
  weeks: readonly SimulatedWeek[];
  first: readonly SimulatedRemoval[];
  totals: { items: number; bytes: number };
};

/** What `simulate` remembers of the days on its way; a server may take the runs one by one and breathe in between. */
type Sketch = {
  start: SimulatedHouse;
  house: SimulatedHouse;
  days: DayOfDisks[];
  runs: SimulatedRun[];
};
type DayOfDisks = { at: Date; disks: readonly Disk[]; untouched: readonly Disk[] };

export function beginSketch(input: PlanInput, growth: SimulatedHouse['growth']): Sketch {
  const start = houseNow(input, growth);
  return { start, house: start, days: [dayOf(start)], runs: [] };
}

/** Up to this run, with all days before it. Runs come in order. */
export function sketchRun(sketch: Sketch, at: Date): Sketch {
  const before = sketchDays(sketch, at);
  const { house, run } = runInThought(before.house, at);
  return { ...before, house, runs: [...before.runs, run] };
}

function sketchDays(sketch: Sketch, until: Date): Sketch {
  const { start } = sketch;
  let { house } = sketch;
  const days = [...sketch.days];
  for (;;) {
    const at = addDays(start.at, days.length);
    if (at > until || days.length > SIMULATED_DAYS) return { ...sketch, house, days };
    house = letPass(house, at);
    days.push(dayOf(house));
  }
}

const dayOf = ({ at, input, untouched }: SimulatedHouse): DayOfDisks => ({
  at,
  disks: input.disks,
  untouched,
});

export function finishSketch(sketch: Sketch): Simulation {
  const { start, days, runs } = sketchDays(sketch, addDays(sketch.start.at, SIMULATED_DAYS));
  const removals = runs.flatMap(({ at, removed }) => removed.map((entry) => ({ at, entry })));
  const stopped = runs.filter(({ trips }) => trips.length > 0);
  return {
    from: start.at,
    until: addDays(start.at, SIMULATED_DAYS),
    disks: disksOf(start, days),
    runs: runs.length,
    stopped: { runs: stopped.length, trips: stopped[0]?.trips ?? [] },
    weeks: weeksOf(start.at, removals),
    first: removals.slice(0, TITLES_TOLD).map(({ at, entry }) => told(at, entry)),
    totals: sumOf(removals),
  };
}

/** The whole of it at once, for `runs` within the days to come, oldest first. */
export const simulate = (
  input: PlanInput,
  { runs, growth }: { runs: readonly Date[]; growth: SimulatedHouse['growth'] },
): Simulation => finishSketch(runs.reduce(sketchRun, beginSketch(input, growth)));

type Removed = { at: Date; entry: PlanEntry };

const told = (
  at: Date,
  { itemId, kind, title, year, seasonNumber, episodes, sizeBytes }: PlanEntry,
): SimulatedRemoval => ({ at, itemId, kind, title, year, seasonNumber, episodes, sizeBytes });

const sumOf = (removals: readonly Removed[]): { items: number; bytes: number } => ({
  items: removals.length,
  bytes: removals.reduce((sum, { entry }) => sum + (entry.sizeBytes ?? 0), 0),
});

function weeksOf(from: Date, removals: readonly Removed[]): SimulatedWeek[] {
  return Array.from({ length: Math.ceil(SIMULATED_DAYS / 7) }, (_, week) => {
    const [begin, end] = [addDays(from, week * 7), addDays(from, week * 7 + 7)];
    return { from: begin, ...sumOf(removals.filter(({ at }) => at > begin && at <= end)) };
  });
}

/** Those that the policy names, or else those that hold something of its kind; one without numbers cannot be drawn. */
function disksOf({ input, growth }: SimulatedHouse, days: readonly DayOfDisks[]): SimulatedDisk[] {
  const { policy, items, disks } = input;
  const holds = new Set(items.flatMap(({ kind, diskId }) => (kind === policy.unit ? diskId : [])));
  return disks.flatMap(({ id, path, totalBytes, freeBytes }): SimulatedDisk[] => {
    const isLookedAt = policy.diskIds.length > 0 ? policy.diskIds.includes(id) : holds.has(id);
    if (!isLookedAt || !totalBytes.known || !freeBytes.known) return [];
    const series = days.map((day) => ({
      at: day.at,
      withPolicy: freeOn(day.disks, id),
      without: freeOn(day.untouched, id),
    }));
    return [
      { diskId: id, path, totalBytes: totalBytes.value, bytesPerDay: growth.get(id) ?? null, days: series },
    ];
  });
}

const freeOn = (disks: readonly Disk[], id: DiskId): number => {
  const free: Fact<number> | undefined = disks.find((disk) => disk.id === id)?.freeBytes;
  return free?.known ? free.value : 0;
};
