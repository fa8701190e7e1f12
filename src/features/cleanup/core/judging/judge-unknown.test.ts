import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import { aDisk, aFilm, aPolicy, daysAgo, disk2 } from '../build.fake.ts';
import { judged } from './judge.fake.ts';

describe('what could not be asked', () => {
  const cannotSay: [string, Partial<Item>][] = [
    ['tags', { tags: unknown('x') }],
    ['size', { sizeBytes: unknown('x') }],
    ['a size of nothing', { sizeBytes: known(0) }],
    ['import', { newestFileAt: unknown('x') }],
    ['no import', { newestFileAt: known(null) }],
    ['watch', { watch: unknown('x') }],
    ['favourites', { favouriteOf: unknown('x') }],
    ['playing', { playingNow: unknown('x') }],
    ['disk', { diskId: null }],
    ['another disk', { diskId: disk2 }],
  ];
  const policy = aPolicy({ exclusionTags: ['keep'] });

  test.each(cannotSay)('%s makes the verdict unknown', (_what, over) => {
    expect(judged(aFilm(over), policy)).toMatchObject({
      standing: 'unknown',
      dueAt: null,
      markedSince: null,
    });
  });

  test.each([
    ['free space', { freeBytes: unknown('no-mount') }],
    ['its size', { totalBytes: unknown('no-mount') }],
    ['its size, which reads as zero', { totalBytes: known(0) }],
  ])('the disk cannot say %s', (_what, over) => {
    expect(judged(aFilm(), policy, { disks: [aDisk(5, over)] }).standing).toBe('unknown');
  });

  test('whatever else is true of an item, one unknown fact never ends in a removal', () => {
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.oneof(value.map(known), fc.constant(unknown('x')));
    const date = fc.integer({ min: -100, max: 2000 }).map(daysAgo);
    const anything = fc.record({
      tags: maybe(fc.subarray(['keep', 'other'])),
      sizeBytes: maybe(fc.integer({ min: 0, max: 1e12 })),
      newestFileAt: maybe(fc.option(date)),
      watch: maybe(fc.option(date).map((lastWatchedAt) => ({ lastWatchedAt, watchers: [] }))),
      favouriteOf: maybe(fc.subarray(['ana'])),
      playingNow: maybe(fc.boolean()),
    });
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 100 }), (facts, free) => {
        const film = aFilm(facts);
        const { standing } = judged(film, policy, { disks: [aDisk(free)] });
        if (standing !== 'due') return;
        expect(Object.values(facts).every((fact) => fact.known)).toBe(true);
        expect(free).toBeLessThan(20);
        expect(facts.tags).toEqual(
          known(facts.tags.known && facts.tags.value.filter((tag) => tag !== 'keep')),
        );
        expect(facts.favouriteOf).toEqual(known([]));
        expect(facts.playingNow).toEqual(known(false));
      }),
      { numRuns: 2000 },
    );
  });
});
