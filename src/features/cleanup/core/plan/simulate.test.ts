import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { addDays } from '#core/time-span.ts';
import {
  aDisk,
  aFilm,
  anEpisode,
  anEpisodesPolicy,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  aSource,
  allSources,
  daysAgo,
  disk1,
  GB,
  now,
} from '../build.fake.ts';
import { planCleanup } from './plan-cleanup.ts';
import { anyPlanInput } from './plan-property.fake.ts';
import { beginSketch, simulate, sketchRun } from './simulate.ts';

/** Every night for 90 days, the first one tonight. */
const nightly = Array.from({ length: 90 }, (_, day) => addDays(now, day + 0.5));
const still = new Map<typeof disk1, number>();
const growing = (gigabytesPerDay: number) => new Map([[disk1, gigabytesPerDay * GB]]);
const films = (count: number) => Array.from({ length: count }, () => aFilm());

describe('C-21: the next 90 days of a policy', () => {
  test('a disk with room to which nothing comes is left alone', () => {
    fc.assert(
      fc.property(anyPlanInput, fc.integer({ min: 25, max: 90 }), (input, freePercent) => {
        const disks = input.disks.map(({ id, path }) => aDisk(freePercent, { id, path }));
        const policy = aPolicy({ unit: input.policy.unit, target: { unit: 'percent', value: 20 } });
        const told = simulate({ ...input, disks, policy }, { runs: nightly, growth: still });
        expect(told.totals).toEqual({ items: 0, bytes: 0 });
        expect(told.disks.every(({ days }) => days.every((day) => day.withPolicy === day.without))).toBe(
          true,
        );
      }),
      { numRuns: 20 },
    );
  });

  test('the first run is the plan of that day, whatever the policy', () => {
    fc.assert(
      fc.property(anyPlanInput, (input) => {
        const [run] = sketchRun(beginSketch(input, still), now).runs;
        const plan = planCleanup(input);
        const wanted = plan.breaker.length > 0 ? [] : plan.entries.filter(({ fate }) => fate.is === 'remove');
        expect(run?.removed).toEqual(wanted);
        expect(run?.trips).toEqual(plan.breaker);
      }),
    );
  });

  test('no run takes more than the caps allow, and nothing goes twice', () => {
    fc.assert(
      fc.property(anyPlanInput, fc.integer({ min: 0, max: 40 }), (input, perDay) => {
        const weekly = nightly.filter((_, day) => day % 7 === 0);
        const sketch = weekly.reduce(sketchRun, beginSketch(input, growing(perDay)));
        const { caps } = input.policy;
        for (const { removed } of sketch.runs) {
          expect(removed.length).toBeLessThanOrEqual(caps.items);
          const bytes = removed.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
          expect(bytes).toBeLessThanOrEqual(caps.bytes);
        }
        const ids = sketch.runs.flatMap(({ removed }) => removed.map(({ itemId }) => itemId));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 50 },
    );
  });

  test('what comes in fills the disk, and the policy holds against it', () => {
    const items = films(200);
    const input = aPlanInput({ items, disks: [aDisk(30)] });
    const [disk] = simulate(input, { runs: nightly, growth: growing(10) }).disks;
    expect(disk?.days).toHaveLength(91);
    expect(disk?.days[10]).toMatchObject({ at: addDays(now, 10), withPolicy: 200 * GB, without: 200 * GB });
    expect(disk?.days.at(-1)?.without).toBe(0);
    expect(Math.min(...(disk?.days.map((day) => day.withPolicy) ?? []))).toBeGreaterThan(50 * GB);
  });

  test('nothing goes before its warning is over', () => {
    const input = aPlanInput({ items: films(30), markedSince: new Map() });
    const { first } = simulate(input, { runs: nightly, growth: still });
    expect(first[0]?.at).toEqual(addDays(now, 14.5));
  });

  test('the weeks together are the whole, and the first 20 are told by name', () => {
    const told = simulate(aPlanInput({ items: films(90), disks: [aDisk(1)] }), {
      runs: nightly,
      growth: growing(8),
    });
    expect(told.weeks).toHaveLength(13);
    expect(told.weeks.reduce((sum, { items }) => sum + items, 0)).toBe(told.totals.items);
    expect(told.weeks.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(told.totals.bytes);
    expect(told.first).toHaveLength(20);
    expect(told.first.map(({ at }) => at.getTime())).toEqual(
      told.first.map(({ at }) => at.getTime()).toSorted(),
    );
  });

  test('a film grows old enough on the way', () => {
    const young = aFilm({ newestFileAt: known(daysAgo(60)) });
    const input = aPlanInput({ items: [young], markedSince: new Map() });
    const { first } = simulate(input, { runs: nightly, growth: still });
    expect(first.map(({ itemId, at }) => [itemId, at])).toEqual([[young.id, addDays(now, 30.5)]]);
  });

  test('who plays something now has stopped by the next run', () => {
    const film = aFilm({ playingNow: known(true) });
    const { first } = simulate(aPlanInput({ items: [film] }), { runs: nightly, growth: still });
    expect(first[0]?.at).toEqual(nightly[15]); // protected at the first run, announced at the second, then 14 days
  });

  test('a service that failed stops every run, and says which', () => {
    const sources = [...allSources().slice(1), aSource({ problem: { code: 'sync.empty', had: 5 } })];
    const told = simulate(aPlanInput({ items: films(5), sources }), { runs: nightly, growth: still });
    expect(told.totals.items).toBe(0);
    expect(told.stopped).toMatchObject({
      runs: 90,
      trips: [{ code: 'breaker.source-empty', source: 'Radarr' }],
    });
  });

  test('a service that answers today answers on every day to come', () => {
    const told = simulate(aPlanInput({ items: films(5) }), { runs: nightly, growth: still });
    expect(told.stopped.runs).toBe(0);
    expect(told.totals.items).toBe(5);
  });

  test('a disk without numbers is not drawn', () => {
    const disks = [aDisk(5, { freeBytes: unknown('not-told') })];
    expect(simulate(aPlanInput({ disks }), { runs: nightly, growth: still }).disks).toEqual([]);
  });

  test('an episode goes once and makes its season smaller, so that the caps of the library stay right', () => {
    const show = aShow({ tags: known(['daily']) });
    const season = aSeason(show, 1, { sizeBytes: known(5 * GB), fileCount: 5 });
    const episodes = [1, 2, 3, 4, 5].map((number) => anEpisode(show, 1, number));
    const input = aPlanInput({ policy: anEpisodesPolicy(), items: [show, season, ...episodes] });
    const sketch = nightly.reduce(sketchRun, beginSketch(input, still));
    expect(sketch.runs.flatMap(({ removed }) => removed)).toHaveLength(2);
    const after = sketch.house.input.items.find(({ id }) => id === season.id);
    expect(after).toMatchObject({ fileCount: 3, sizeBytes: known(3 * GB) });
  });

  test('a show that goes takes its seasons along', () => {
    const show = aShow();
    const seasons = [aSeason(show, 1), aSeason(show, 2)];
    const input = aPlanInput({ policy: aPolicy({ unit: 'show' }), items: [show, ...seasons] });
    const sketch = sketchRun(beginSketch(input, still), now);
    expect(sketch.runs[0]?.removed).toHaveLength(1);
    expect(sketch.house.input.items.map(({ fileCount }) => fileCount)).toEqual([0, 0, 0]);
  });
});
