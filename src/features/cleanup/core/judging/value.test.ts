import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import { aFilm, daysAgo, GB, now } from '../build.fake.ts';
import { usualWeights, valueScore } from './value.ts';

const score = (over: Parameters<typeof aFilm>[0], days = 100, weights = usualWeights) =>
  valueScore(aFilm({ rating: 7, votes: 10_000, ...over }), daysAgo(days), { now, weights });

test('gigabytes times days, by rating and rarity', () => {
  // 10 GB × 100 days ÷ (8 × 1.5): 999 990 votes are as good as a million
  expect(score({ rating: 8, votes: 999_990 })).toBeCloseTo(1000 / 12, 1);
});

test('larger, longer unseen, worse and better known goes first', () => {
  const base = score({});
  expect(score({ sizeBytes: known(20 * GB) })).toBeGreaterThan(base);
  expect(score({}, 200)).toBeGreaterThan(base);
  expect(score({ rating: 4 })).toBeGreaterThan(base);
  expect(score({ votes: 1_000_000 })).toBeGreaterThan(base);
});

test('a weight of zero leaves its part out', () => {
  const weights = { ...usualWeights, rating: 0, rarity: 0 };
  expect(score({ rating: 1, votes: 0 }, 100, weights)).toBe(score({ rating: 10, votes: 1e6 }, 100, weights));
});

test('what nobody rated or counted is in the middle', () => {
  expect(score({ rating: null })).toBeLessThan(score({ rating: 4 }));
  expect(score({ rating: null })).toBeGreaterThan(score({ rating: 8 }));
  expect(score({ votes: null })).toBeLessThan(score({ votes: 1_000_000 }));
  expect(score({ votes: null })).toBeGreaterThan(score({ votes: 0 }));
});

test('is always a number that can be sorted by', () => {
  const part = fc.double({ min: 0, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.record({ size: part, unwatched: part, rating: part, rarity: part }),
      fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
      fc.option(fc.nat()),
      fc.integer({ min: -10, max: 20_000 }),
      (weights, rating, votes, days) => {
        expect(Number.isFinite(score({ rating, votes }, days, weights))).toBe(true);
      },
    ),
  );
});
