import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentAt } from './segment-at.ts';

const segmentsAt = (...beginnings: number[]) =>
  beginnings.map((fromMs) => ({ fromMs, toMs: fromMs + 500, text: 'x' }));

test('between two segments the one before is what was said last, and before the first nothing was', () => {
  const segments = segmentsAt(1000, 2000, 2000, 5000);
  expect([0, 999, 1000, 1999, 2000, 4999, 5000, 9e9].map((ms) => segmentAt(segments, ms))).toEqual([
    -1, -1, 0, 0, 2, 2, 3, 3,
  ]);
  expect(segmentAt([], 1)).toBe(-1);
});

test('it is what looking at all of them would find', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.nat(60), (beginnings, ms) => {
      const sorted = beginnings.toSorted((a, b) => a - b);
      expect(segmentAt(segmentsAt(...sorted), ms)).toBe(sorted.findLastIndex((fromMs) => fromMs <= ms));
    }),
  );
});
