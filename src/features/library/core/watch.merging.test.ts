import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '#core/fact.ts';
import { aMark } from './build.fake.ts';
import type { Watch } from './item.ts';
import { isSamePerson } from './people.ts';
import { favouriteOf, watchOf, type Mark } from './watch.ts';

/** Marks of one media server on the two episodes of a season; a name may be written in any case. */
const names = fc.constantFrom('Ana', 'ANA', 'ana', 'Marcos', 'Rosa');
const mark = (dates: fc.Arbitrary<Date | null>): fc.Arbitrary<Mark> =>
  fc
    .record({
      user: names,
      part: fc.constantFrom('1x1', '1x2'),
      played: fc.boolean(),
      lastPlayedAt: dates,
      favourite: fc.boolean(),
      positionPercent: fc.constantFrom(0, 40),
    })
    .map((given) => aMark(given));
const dated = fc.integer({ min: 0, max: 900 }).map((day) => new Date(Date.UTC(2024, 0, 1 + day)));
const marks = fc.array(mark(fc.option(dated)), { maxLength: 8 });
const datedMarks = fc.array(mark(dated), { maxLength: 8 });
const parts = ['1x1', '1x2'];

const timeOf = (watch: Fact<Watch>): number =>
  watch.known ? (watch.value.lastWatchedAt?.getTime() ?? 0) : Number.NaN;

test('C-01: watched at either media server counts, and the later time is the last', () => {
  fc.assert(
    fc.property(datedMarks, datedMarks, (a, b) => {
      const both = watchOf([...a, ...b], parts);
      expect(timeOf(both)).toBe(Math.max(timeOf(watchOf(a, parts)), timeOf(watchOf(b, parts))));
    }),
  );
});

test('C-01: unknown at one media server is unknown, whatever the other says', () => {
  fc.assert(
    fc.property(marks, marks, (a, b) => {
      const both = watchOf([...a, ...b], parts).known;
      expect(both).toBe(watchOf(a, parts).known && watchOf(b, parts).known);
    }),
  );
});

test('C-01: the order in which media servers are read changes nothing', () => {
  fc.assert(
    fc.property(marks, marks, (a, b) => {
      expect(watchOf([...a, ...b], parts)).toEqual(watchOf([...b, ...a], parts));
      expect(favouriteOf([...a, ...b])).toEqual(favouriteOf([...b, ...a]));
    }),
  );
});

test('C-01: a person is there once, and has finished what was finished at the two together', () => {
  fc.assert(
    fc.property(datedMarks, datedMarks, (a, b) => {
      const all = [...a, ...b];
      const watch = watchOf(all, parts);
      const watchers = watch.known ? watch.value.watchers : [];
      for (const { user, finished } of watchers) {
        expect(watchers.filter((other) => isSamePerson(other.user, user))).toHaveLength(1);
        const own = all.filter((one) => one.played && isSamePerson(one.user, user));
        expect(finished).toBe(parts.every((part) => own.some((one) => one.part === part)));
      }
    }),
  );
});

test('C-01: who marked it as a favourite at either is told, each once', () => {
  const at = [aMark({ user: 'Ana', favourite: true }), aMark({ user: 'ANA', favourite: true })];
  expect(favouriteOf(at)).toEqual(['Ana']);
});
