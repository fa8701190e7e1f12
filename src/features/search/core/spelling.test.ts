import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distance, halvesOf, nearest, respelt } from './spelling.ts';

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
      nearest(
        'recorde',
        [
          { word: 'recorder', passages: 1 },
          { word: 'recorded', passages: 9 },
        ],
        1,
      ),
    ).toBe('recorded');
    expect(nearest('cat', [{ word: 'dogs', passages: 99 }], 2)).toBeNull();
    expect(nearest('guitra', [{ word: 'guitarra', passages: 1 }], 1)).toBeNull();
  });

  test('one slip leaves one half of a word, or swaps the letters between them', () => {
    const aLetter = fc.constantFrom<string>('a', 'b', 'c', 'ñ');
    const aSlip = fc.record({
      word: fc.array(aLetter, { minLength: 4, maxLength: 9 }),
      kind: fc.constantFrom('another', 'more', 'fewer', 'swapped'),
      place: fc.nat(8),
      letter: aLetter,
    });
    fc.assert(
      fc.property(aSlip, ({ word, kind, place, letter }) => {
        const at = place % word.length;
        const [here = '', next = ''] = word.slice(at);
        const instead = { another: [letter], more: [letter, here], fewer: [], swapped: [next, here] }[kind];
        const meant = word.toSpliced(at, kind === 'swapped' ? 2 : 1, ...instead).join('');
        const { first, last, swapped } = halvesOf(word.join(''));
        expect(meant.startsWith(first) || meant.endsWith(last) || meant === swapped).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['whole words only, whatever their accents', 'cancoin Cáncoin cancoins', 'canción Cáncoin cancoins'],
    ['signs stay where they are', '"cancoin" tag:cancoin', '"canción" tag:cancoin'],
    ['nothing to put right', 'otra cosa', 'otra cosa'],
  ])('in a text: %s', (_, text, better) => {
    expect(respelt(text, [{ word: 'cancoin', by: 'canción' }])).toBe(better);
  });

  test('one after the other: a word that was typed twice wrong is put right twice', () => {
    const slip = { word: 'cancoin', by: 'canción' };
    expect(respelt('Cáncoin, cancoin', [slip, slip])).toBe('canción, canción');
  });
});
