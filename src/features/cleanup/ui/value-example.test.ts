import { expect, test } from 'vitest';
import { usualWeights } from '../core/judging/value.ts';
import { scoredExamples, weightOf, type ValueExample } from './value-example.ts';

const now = new Date('2026-06-01T00:00:00Z');
const aTitle = (over: Partial<ValueExample>): ValueExample => ({
  id: 'a',
  title: 'A',
  year: 2000,
  sizeBytes: 10_000_000_000,
  rating: 6,
  votes: 1000,
  since: new Date('2026-01-01T00:00:00Z'),
  ...over,
});

test('the example shows the order in which titles would go, and follows the weights', () => {
  const large = aTitle({ id: 'large', sizeBytes: 60_000_000_000 });
  const old = aTitle({ id: 'old', since: new Date('2023-01-01T00:00:00Z') });
  const order = (weights: typeof usualWeights) =>
    scoredExamples([large, old], { now, weights }).map(({ id }) => id);
  expect(order(usualWeights)).toEqual(['old', 'large']);
  expect(order({ ...usualWeights, unwatched: 0 })).toEqual(['large', 'old']);
});

test.each([
  ['1,5', 1.5],
  ['0', 0],
  ['', 1],
  ['much', 1],
  ['4', 1],
])('“%s” counts as %d', (typed, weight) => {
  expect(weightOf(typed, 1, 3)).toBe(weight);
});
