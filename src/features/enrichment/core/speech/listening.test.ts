import { expect, test } from 'vitest';
import { listening } from './listening.ts';

test.each([
  ['without captions', [[]], 'wanted'],
  ['with captions', [['readable']], 'needless'],
  ['with captions that nobody can read', [['unreadable']], 'wanted'],
  ['with one language that can be read', [['unreadable', 'readable']], 'needless'],
  ['while captions are still to come', [['awaited']], 'later'],
  ['when one of two posts has captions', [['readable'], []], 'wanted'],
  ['when one has them and those of the other are to come', [['readable'], ['awaited']], 'later'],
  ['that stands in no post', [], 'needless'],
] as const)('a sound %s: listening is %s', (_what, places, expected) => {
  expect(listening(places)).toBe(expected);
});
