import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import { aDisk, aFilm, aPlanInput, aPolicy, aTagPolicy, daysAgo, GB, now, warned } from '../build.fake.ts';
import { planCleanup } from './plan-cleanup.ts';
import type { Plan } from './plan.ts';
import { defaultCaps } from '../policy/policy.ts';

const films = (count: number) =>
  Array.from({ length: count }, (_, index) => aFilm({ newestFileAt: known(daysAgo(400 + index)) }));
const told = ({ entries }: Plan) => entries.filter(({ verdict }) => verdict.markedSince !== null);
const wide = { ...defaultCaps, libraryPercent: 100 };

describe('decision 6: only what the plan will take is announced', () => {
  // 5 % of 1 000 GB is free and 25 % is wanted: 200 GB, in films of 10 GB

  test('J-45: as much as the target needs, and a quarter more', () => {
    const plan = planCleanup(aPlanInput({ items: films(60), markedSince: new Map() }));
    expect(plan.totals).toMatchObject({ leavingSoon: { items: 25 }, eligible: { items: 35 } });
  });

  test('the oldest first, as they will go', () => {
    const items = films(60);
    const plan = planCleanup(aPlanInput({ items, markedSince: new Map() }));
    expect(
      told(plan)
        .map(({ itemId }) => itemId)
        .sort(),
    ).toEqual(
      items
        .slice(-25)
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('no more than the caps allow within one warning', () => {
    const policy = aPolicy({ caps: { ...wide, items: 2 } });
    const plan = planCleanup(
      aPlanInput({ items: films(60), policy, markedSince: new Map(), runsPerWarning: 3 }),
    );
    expect(told(plan)).toHaveLength(6);
  });

  test('without a target everything that may go, within the caps', () => {
    const items = films(5).map((film) => ({ ...film, tags: known(['demo']) }));
    const plan = planCleanup(aPlanInput({ items, policy: aTagPolicy(), markedSince: new Map() }));
    expect(plan.totals.leavingSoon.items).toBe(5);
  });

  test('nothing, while the disk has room', () => {
    const plan = planCleanup(aPlanInput({ items: films(10), disks: [aDisk(60)], markedSince: new Map() }));
    expect(told(plan)).toEqual([]);
  });

  test('what was announced stays so when the disk gains a little, and ends when it is not needed at all', () => {
    const items = films(30);
    const markedSince = warned(items.slice(-20), 3);
    const at = (free: number) => planCleanup(aPlanInput({ items, markedSince, disks: [aDisk(free)] }));
    expect(told(at(12)).length).toBe(20); // needs 130 GB; 200 were announced
    expect(told(at(19)).length).toBe(12); // needs 60 GB
    expect(told(at(20))).toEqual([]); // no tier rules any more
  });

  test('a new plan keeps the day of the announcement', () => {
    const items = films(30);
    const markedSince = warned(items.slice(-20), 3);
    const kept = told(planCleanup(aPlanInput({ items, markedSince })));
    const since = new Map(kept.map(({ itemId, verdict }) => [itemId, verdict.markedSince]));
    for (const [id, mark] of markedSince) expect(since.get(id)).toEqual(mark);
    expect([...since.values()].filter((mark) => mark === now)).toHaveLength(5);
  });
});

test('whatever is announced is enough for the target, when there is enough that may go', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 40 }),
      fc.integer({ min: 0, max: 19 }),
      fc.subarray(Array.from({ length: 40 }, (_, index) => index)),
      (sizes, free, marked) => {
        const items = sizes.map((size, index) =>
          aFilm({ sizeBytes: known(size * GB), newestFileAt: known(daysAgo(300 + index)) }),
        );
        const policy = aPolicy({ caps: { items: 1000, bytes: 1e15, libraryPercent: 100 } });
        const markedSince = warned(
          items.filter((_, index) => marked.includes(index)),
          2,
        );
        const plan = planCleanup(aPlanInput({ items, policy, markedSince, disks: [aDisk(free)] }));
        const announced = told(plan).reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
        const all = sizes.reduce((sum, size) => sum + size * GB, 0);
        const need = (25 - free) * 10 * GB;
        expect(announced).toBeGreaterThanOrEqual(Math.min(need, all));
        const largest = Math.max(0, ...sizes) * GB;
        expect(announced).toBeLessThanOrEqual(need * 2 + largest);
      },
    ),
  );
});
