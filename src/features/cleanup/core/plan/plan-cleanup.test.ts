import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import {
  aDisk,
  aFilm,
  anExclusion,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  daysAgo,
  disk1,
  disk2,
  GB,
  warned,
} from '../build.fake.ts';
import { planCleanup } from './plan-cleanup.ts';
import type { Plan } from './plan.ts';
import { defaultCaps, orders, units } from '../policy/policy.ts';

const caps = (over: Partial<typeof defaultCaps>) => ({ ...defaultCaps, libraryPercent: 100, ...over });
const removed = (plan: Plan) => plan.entries.filter((entry) => entry.fate.is === 'remove');
const heldBy = (plan: Plan) => plan.entries.flatMap(({ fate }) => (fate.is === 'held-back' ? fate.by : []));
const aged = (days: number, over: Partial<Item> = {}) =>
  aFilm({ newestFileAt: known(daysAgo(days)), ...over });

describe('how much goes', () => {
  test('J-49: only until the disk has the room that the policy wants', () => {
    const items = Array.from({ length: 60 }, () => aFilm());
    // 5 % of 1 000 GB is free, 25 % is wanted: twenty films of 10 GB
    const plan = planCleanup(aPlanInput({ items }));
    expect(removed(plan)).toHaveLength(20);
    expect(new Set(heldBy(plan))).toEqual(new Set(['target']));
    // twice of what is needed stays announced; the warning of the rest ends
    expect(plan.totals).toMatchObject({ heldBack: { items: 20 }, eligible: { items: 20 } });
    expect(plan.disks).toMatchObject([
      { diskId: disk1, projectedFreeBytes: known(250 * GB), maxAgeDays: 90 },
    ]);
  });

  test('never more items than the cap', () => {
    const items = Array.from({ length: 5 }, () => aFilm());
    const plan = planCleanup(aPlanInput({ items, policy: aPolicy({ caps: caps({ items: 2 }) }) }));
    expect(removed(plan)).toHaveLength(2);
    expect(heldBy(plan)).toEqual(['cap-items', 'cap-items', 'cap-items']);
  });

  test('a target in bytes takes nothing from a disk that is too small to ever reach it', () => {
    const items = [aFilm(), aFilm({ diskId: disk2 })];
    const small = aDisk(5, { id: disk2, totalBytes: known(240 * GB), freeBytes: known(12 * GB) });
    const policy = aPolicy({ target: { unit: 'bytes', value: 500 * GB } });
    const plan = planCleanup(aPlanInput({ items, disks: [aDisk(), small], policy }));
    expect(plan.totals.remove.items).toBe(1);
    expect(plan.entries.find(({ diskId }) => diskId === disk2)?.fate.is).toBe('eligible');
  });

  test('never more bytes than the cap, yet a smaller item behind a too large one may go', () => {
    const items = [aged(500, { sizeBytes: known(90 * GB) }), aged(400), aged(300)];
    const plan = planCleanup(aPlanInput({ items, policy: aPolicy({ caps: caps({ bytes: 15 * GB }) }) }));
    expect(removed(plan).map((entry) => entry.itemId)).toEqual([items[1]?.id]);
    expect(heldBy(plan)).toEqual(['cap-bytes', 'cap-bytes']);
  });

  test('never a larger share of the library than the cap', () => {
    const items = Array.from({ length: 10 }, () => aFilm());
    const plan = planCleanup(aPlanInput({ items, policy: aPolicy({ caps: caps({ libraryPercent: 20 }) }) }));
    expect(removed(plan)).toHaveLength(2);
    expect(heldBy(plan)).toContain('cap-library');
  });

  test('each disk is judged by its own free space', () => {
    const items = [aFilm(), aFilm({ diskId: disk2 })];
    const disks = [aDisk(5), aDisk(60, { id: disk2, path: '/more' })];
    const plan = planCleanup(aPlanInput({ items, disks }));
    expect(removed(plan).map((entry) => entry.diskId)).toEqual([disk1]);
    expect(plan.disks.map((disk) => disk.maxAgeDays)).toEqual([90, null]);
    expect(plan.totals.kept).toBe(1);
  });
});

describe('in which order', () => {
  const a = aged(300, { sizeBytes: known(30 * GB) });
  const b = aged(900, {
    sizeBytes: known(20 * GB),
    watch: known({ lastWatchedAt: daysAgo(200), watchers: [] }),
  });
  const c = aged(500, { sizeBytes: known(10 * GB) });

  test.each([
    ['longest-unwatched', [c, a, b]],
    ['oldest', [b, c, a]],
    ['largest', [a, b, c]],
    // 30 GB × 300 days, 20 GB × 200 days, 10 GB × 500 days, rated and counted alike
    ['value', [a, c, b]],
  ] as const)('%s', (order, expected) => {
    const plan = planCleanup(aPlanInput({ items: [a, b, c], policy: aPolicy({ order }) }));
    expect(removed(plan).map((entry) => entry.itemId)).toEqual(expected.map((item) => item.id));
    expect(removed(plan).map((entry) => entry.fate)).toEqual(
      [1, 2, 3].map((position) => ({ is: 'remove', position })),
    );
  });

  test('ties go by id, so that two plans of one library are the same', () => {
    const items = [aFilm(), aFilm(), aFilm()];
    const policy = aPolicy();
    const one = planCleanup(aPlanInput({ items, policy }));
    const other = planCleanup(aPlanInput({ items: items.toReversed(), policy }));
    expect(other).toEqual(one);
  });
});

test('says of every item in scope what becomes of it, in the order people read it', () => {
  const items = [
    aged(10),
    aFilm({ watch: unknown('timed-out') }),
    aFilm({ favouriteOf: known(['ana']) }),
    aged(80),
    aFilm(),
    aFilm({ fileCount: 0 }),
    aShow(),
  ];
  const plan = planCleanup(aPlanInput({ items }));
  expect(plan.entries.map((entry) => entry.fate.is)).toEqual([
    'remove',
    'leaving-soon',
    'protected',
    'unknown',
    'kept',
  ]);
  expect(plan.totals).toEqual({
    remove: { items: 1, bytes: 10 * GB },
    heldBack: { items: 0, bytes: 0 },
    leavingSoon: { items: 1, bytes: 10 * GB },
    eligible: { items: 0, bytes: 0 },
    protected: 1,
    unknown: 1,
    kept: 1,
  });
  expect(plan.breaker).toEqual([]);
});

const anyItem: fc.Arbitrary<Item[]> = fc
  .record({
    age: fc.integer({ min: -10, max: 1500 }),
    gigabytes: fc.integer({ min: 1, max: 120 }),
    watched: fc.option(fc.integer({ min: 0, max: 1500 })),
    readable: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
    favourite: fc.boolean(),
    disk: fc.constantFrom(disk1, disk2, null),
    kind: fc.constantFrom('film', 'ended', 'continuing'),
  })
  .map(({ age, gigabytes, watched, readable, favourite, disk: diskId, kind }) => {
    const facts: Partial<Item> = {
      diskId,
      sizeBytes: known(gigabytes * GB),
      newestFileAt: known(daysAgo(age)),
      watch: readable
        ? known({ lastWatchedAt: watched === null ? null : daysAgo(watched), watchers: [] })
        : unknown('x'),
      favouriteOf: known(favourite ? ['ana'] : []),
    };
    if (kind === 'film') return [aFilm(facts)];
    const show = aShow({ ...facts, continuing: kind === 'continuing' });
    return [show, aSeason(show, 0), aSeason(show, 1), aSeason(show, 2)];
  });

const anyInput = fc
  .record({
    items: fc.array(anyItem, { maxLength: 25 }).map((lists) => lists.flat()),
    free: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })),
    unit: fc.constantFrom(...units.filter((unit) => unit !== 'episode')),
    order: fc.constantFrom(...orders),
    cap: fc.record({
      items: fc.integer({ min: 1, max: 10 }),
      bytes: fc.integer({ min: 1, max: 400 }).map((gigabytes) => gigabytes * GB),
      libraryPercent: fc.integer({ min: 1, max: 100 }),
    }),
    excluded: fc.integer({ min: 0, max: 30 }),
    unmarked: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ items, free, unit, order, cap, excluded, unmarked }) =>
    aPlanInput({
      items,
      policy: aPolicy({ unit, order, caps: cap }),
      disks: [aDisk(free[0]), aDisk(free[1], { id: disk2 })],
      exclusions: items.slice(excluded, excluded + 1).map((item) => anExclusion(item.id)),
      markedSince: warned(items.toSpliced(unmarked, 1)),
    }),
  );

describe('whatever the library looks like', () => {
  const always = (name: string, check: (plan: Plan, input: Parameters<typeof planCleanup>[0]) => void) =>
    test(name, () => {
      fc.assert(
        fc.property(anyInput, (input) => {
          check(planCleanup(input), input);
        }),
        { numRuns: 300 },
      );
    });

  always('only what is due goes', (plan) => {
    expect(removed(plan).every((entry) => entry.verdict.standing === 'due')).toBe(true);
    expect(removed(plan).every((entry) => entry.sizeBytes !== null && entry.diskId !== null)).toBe(true);
  });

  always('no cap is ever passed', (plan, { policy, items }) => {
    const library = items.reduce(
      (sum, item) => sum + (item.kind !== 'show' && item.sizeBytes.known ? item.sizeBytes.value : 0),
      0,
    );
    expect(plan.totals.remove.items).toBeLessThanOrEqual(policy.caps.items);
    expect(plan.totals.remove.bytes).toBeLessThanOrEqual(policy.caps.bytes);
    expect(plan.totals.remove.bytes).toBeLessThanOrEqual((library * policy.caps.libraryPercent) / 100);
  });

  always('without its last removal, each disk would still have lacked room', (plan, { policy }) => {
    for (const disk of plan.disks) {
      const gone = removed(plan).filter((entry) => entry.diskId === disk.diskId);
      const before = gone.slice(0, -1).reduce((sum, entry) => sum + (entry.sizeBytes ?? 0), 0);
      if (gone.length === 0 || !disk.freeBytes.known || !disk.totalBytes.known) continue;
      expect(disk.freeBytes.value + before).toBeLessThan(
        (disk.totalBytes.value * (policy.target?.value ?? 0)) / 100,
      );
    }
  });

  always('a show and one of its seasons never go together', (plan, { items }) => {
    const ids = new Set(removed(plan).map((entry) => entry.itemId));
    const both = items.filter((item) => ids.has(item.id) && item.showId !== null && ids.has(item.showId));
    expect(both).toEqual([]);
  });

  always(
    'what somebody excluded by hand, specials, and shows that go on stay',
    (plan, { items, exclusions }) => {
      const byId = new Map(items.map((item) => [item.id, item]));
      for (const { itemId } of removed(plan)) {
        const item = byId.get(itemId);
        expect(exclusions.some((one) => one.itemId === itemId || one.itemId === item?.showId)).toBe(false);
        expect(item?.seasonNumber).not.toBe(0);
        expect(item?.kind === 'show' && item.continuing).toBe(false);
      }
    },
  );

  always('each item is told of at most once, and totals are the sum of the entries', (plan) => {
    const { remove, heldBack, leavingSoon, eligible, ...rest } = plan.totals;
    const counted =
      remove.items +
      heldBack.items +
      leavingSoon.items +
      eligible.items +
      rest.protected +
      rest.unknown +
      rest.kept;
    expect(new Set(plan.entries.map((entry) => entry.itemId)).size).toBe(plan.entries.length);
    expect(counted).toBe(plan.entries.length);
  });
});
