import { expect, test } from 'vitest';
import { ndcg, recall, reciprocalRank } from './measures.ts';

const grades = new Map([
  ['a', 3],
  ['b', 2],
  ['c', 1],
]);

test('the best order is 1, and a worse one is less', () => {
  expect(ndcg(['a', 'b', 'c', 'x'], grades)).toBe(1);
  // (1/1 + 3/log2(3) + 7/2) / (7/1 + 3/log2(3) + 1/2)
  expect(ndcg(['c', 'b', 'a'], grades)).toBeCloseTo(6.3928 / 9.3928, 4);
  expect(ndcg(['x'], grades)).toBe(0);
});

test('only what is about the matter is missed or found', () => {
  expect(recall(['c', 'b'], grades)).toBe(0.5);
  expect(recall(['x', 'a', 'b'], grades)).toBe(1);
  expect(reciprocalRank(['c', 'x', 'b'], grades)).toBeCloseTo(1 / 3);
  expect(reciprocalRank(['c'], grades)).toBe(0);
});
