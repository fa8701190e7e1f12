import { expect, test } from 'vitest';
import { areaPath, linePath, niceMax, place, rangeOf } from './chart.ts';

const box = { width: 100, height: 40 };

test('puts the greatest value at the top right of its range', () => {
  const placed = place(
    [
      { x: 0, y: 0 },
      { x: 10, y: 5 },
    ],
    { from: 0, to: 10 },
    { from: 0, to: 5 },
    box,
  );
  expect(placed).toEqual([
    { x: 0, y: 40 },
    { x: 100, y: 0 },
  ]);
});

test('draws a flat line in the middle when nothing changes', () => {
  expect(place([{ x: 1, y: 7 }], { from: 1, to: 1 }, { from: 7, to: 7 }, box)).toEqual([{ x: 50, y: 20 }]);
});

test('closes an area at the bottom', () => {
  const points = [
    { x: 0, y: 10 },
    { x: 100, y: 0 },
  ];
  expect(linePath(points)).toBe('M0 10L100 0');
  expect(areaPath(points, box)).toBe('M0 10L100 0L100 40L0 40Z');
  expect(areaPath([], box)).toBe('');
});

test.each([
  [0, 1],
  [7, 10],
  [12, 20],
  [21, 25],
  [1_200, 2_000],
  [0.3, 0.5],
])('ends an axis for %d at %d', (value, max) => {
  expect(niceMax(value)).toBeCloseTo(max);
});

test('has a range even without values', () => {
  expect(rangeOf([])).toEqual({ from: 0, to: 1 });
  expect(rangeOf([3, 1, 2])).toEqual({ from: 1, to: 3 });
});
