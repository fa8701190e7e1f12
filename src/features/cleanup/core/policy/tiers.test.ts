import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highestTier, rulingTier, sortTiers } from './tiers.ts';

const tiers = [
  { freeBelowPercent: 10, maxAgeDays: 180 },
  { freeBelowPercent: 20, maxAgeDays: 365 },
  { freeBelowPercent: 50, maxAgeDays: 730 },
];

describe('rulingTier', () => {
  test.each([
    [9.5, 180],
    [10, 365],
    [19.76, 365],
    [20, 730],
    [35, 730],
    [50, undefined],
    [55, undefined],
  ])('J-41 J-43: with %d %% free, the age is %s', (free, days) => {
    expect(rulingTier(tiers, free)?.maxAgeDays).toBe(days);
  });

  test('J-40: a reading that is no number finds no tier', () => {
    expect(rulingTier(tiers, Number.NaN)).toBeNull();
  });

  test('J-41: no tiers, no deletion', () => {
    expect(rulingTier([], 1)).toBeNull();
  });

  test('does not depend on the order in which the tiers are written', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(tiers, { minLength: 3 }),
        fc.double({ min: 0, max: 100 }),
        (mixed, free) => {
          expect(rulingTier(mixed, free)).toEqual(rulingTier(tiers, free));
        },
      ),
    );
  });

  test('of two tiers with one key, the longer age rules', () => {
    const twice = [
      { freeBelowPercent: 10, maxAgeDays: 30 },
      { freeBelowPercent: 10, maxAgeDays: 60 },
    ];
    expect(rulingTier(twice, 5)?.maxAgeDays).toBe(60);
  });
});

test('tiers are sorted from the fullest disk up, and the highest is known', () => {
  expect(sortTiers(tiers.toReversed())).toEqual(tiers);
  expect(highestTier(tiers)).toBe(50);
  expect(highestTier([])).toBe(0);
});
