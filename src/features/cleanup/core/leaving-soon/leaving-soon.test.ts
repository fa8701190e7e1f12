import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import {
  leavingTotal,
  daysLeft,
  LARGEST_BATCH,
  membershipChange,
  soonestOfEach,
  summarise,
  type LeavingItem,
} from './leaving-soon.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const anItem = (changes: Partial<LeavingItem> = {}): LeavingItem => ({
  itemId: 'radarr01-1' as ItemId,
  kind: 'film',
  title: 'Alma',
  dueAt: inHours(72),
  ...changes,
});

test.each([
  [-5, 0],
  [0, 0],
  [1, 1],
  [24, 1],
  [25, 2],
  [336, 14],
])('in %d hours there are %d days left', (hours, days) => {
  expect(daysLeft(inHours(hours), now)).toBe(days);
});

test('a poster counts titles, not seasons, and the first day', () => {
  const items = [
    anItem({ title: 'Faro', dueAt: inHours(90) }),
    anItem({ title: 'Faro', dueAt: inHours(30) }),
  ];
  expect(summarise(items, now)).toEqual({ titles: 1, days: 2 });
  expect(summarise([], now)).toEqual({ titles: 0, days: null });
});

test('an item that two policies want leaves on the earlier day', () => {
  const early = anItem({ dueAt: inHours(10) });
  expect(soonestOfEach([anItem(), early])).toEqual([early]);
});

test('what two policies want counts once', () => {
  const films = [
    { ...anItem(), sizeBytes: 7 },
    { ...anItem({ dueAt: inHours(9) }), sizeBytes: 7 },
  ];
  const unsized = { ...anItem({ itemId: 'radarr01-2' as ItemId }), sizeBytes: null };
  expect(leavingTotal([...films, unsized])).toEqual({ count: 2, bytes: 7 });
});

describe('what changes in a collection', () => {
  test('nothing, when nothing changed', () => {
    const change = membershipChange({ wanted: ['a', 'b'], present: ['b', 'a'], remembered: ['a', 'b'] });
    expect(change).toEqual({ add: [], remove: [] });
  });

  test('what is new comes in and what is kept now goes out', () => {
    const change = membershipChange({ wanted: ['a', 'c'], present: ['a', 'b'], remembered: ['a', 'b'] });
    expect(change).toEqual({ add: [['c']], remove: [['b']] });
  });

  test('a collection that looks empty for a moment keeps nothing that has to go (T-28)', () => {
    const change = membershipChange({ wanted: ['a'], present: [], remembered: ['a', 'b'] });
    expect(change).toEqual({ add: [['a']], remove: [['b']] });
  });

  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 400 }).map(String), { maxLength: 300 });

  test('applied to what is there it gives what is wanted, in small batches', () => {
    fc.assert(
      fc.property(ids, ids, ids, (wanted, present, remembered) => {
        const { add, remove } = membershipChange({ wanted, present, remembered });
        const gone = new Set(remove.flat());
        const after = [...present.filter((id) => !gone.has(id)), ...add.flat()];
        expect(after.toSorted()).toEqual(wanted.toSorted());
        for (const batch of [...add, ...remove]) expect(batch.length).toBeLessThanOrEqual(LARGEST_BATCH);
      }),
    );
  });
});
