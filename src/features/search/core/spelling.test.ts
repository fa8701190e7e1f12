import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, nearest } from './spelling.ts';

describe('spelling', () => {
  test.each([
    ['guitrra', 'guitarra', 1],
    ['cancoin', 'cancion', 1],
    ['song', 'song', 0],
    ['', 'abc', 3],
  ])('from %s to %s it takes %i', (a, b, far) => {
    expect(distance(a, b)).toBe(far);
  });

  test('is as far there as back, and never farther than the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  test('the nearest word wins, then the more usual; what is too far away is no slip', () => {
    expect(
      nearest('recorde', [
        { word: 'recorder', passages: 1 },
        { word: 'recorded', passages: 9 },
      ]),
    ).toBe('recorded');
    expect(nearest('cat', [{ word: 'dogs', passages: 99 }])).toBeNull();
  });
});
