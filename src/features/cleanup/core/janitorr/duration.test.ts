import { expect, test } from 'vitest';
import { readDuration } from './duration.ts';

test.each([
  ['30d', 30],
  ['30D', 30],
  ['P30D', 30],
  ['p1dt36h', 2],
  ['72h', 3],
  ['100h', 4],
  ['90000m', 62],
])('reads %s as %i whole days, as Spring does', (text, days) => {
  expect(readDuration(text)).toEqual({ days, problem: null });
});

test.each([
  ['30', 'no-unit'],
  ['2592000000', 'no-unit'],
  ['12h', 'under-a-day'],
  ['0d', 'under-a-day'],
  ['PT12H', 'under-a-day'],
  ['-3d', 'under-a-day'],
  ['P1W', 'not-readable'],
  ['P', 'not-readable'],
  ['2w', 'not-readable'],
  ['a month', 'not-readable'],
  ['', 'not-readable'],
])('J-10: %s is never taken as an age (%s)', (text, problem) => {
  expect(readDuration(text).problem).toBe(problem);
});

test('J-10: a bare number is milliseconds to Janitorr, so thirty are no day and thirty days of them are thirty', () => {
  expect(readDuration('30').days).toBe(0);
  expect(readDuration('2592000000').days).toBe(30);
});
