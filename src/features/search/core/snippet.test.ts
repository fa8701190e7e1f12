import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstMarked, snippetOf } from './snippet.ts';
import { placesOf, wordsOf } from './text.ts';

describe('a snippet', () => {
  test('marks the words by their number and keeps what is between', () => {
    expect(snippetOf(placesOf('¡Una canción, nueva!'), [2])).toEqual([
      { text: '¡Una ', isHit: false },
      { text: 'canción', isHit: true },
      { text: ', nueva!', isHit: false },
    ]);
  });

  test('opens at the first word that it marks, which need not be the first that was found', () => {
    const text = placesOf(Array.from({ length: 300 }, (_, index) => `w${index}`).join(' '));
    expect(firstMarked(text, [5, 250, 252])).toBe(250);
    expect(firstMarked(text, [5])).toBe(5);
    expect(firstMarked(text, [400, 0])).toBeNull();
  });

  test('of a long text is the part where most of them stand', () => {
    const text = placesOf(Array.from({ length: 300 }, (_, index) => `w${index}`).join(' '));
    const parts = snippetOf(text, [5, 250, 252]);
    expect(parts.filter(({ isHit }) => isHit).map((part) => part.text)).toEqual(['w249', 'w251']);
    expect(parts[0]).toEqual({ text: '…', isHit: false });
    expect(parts.at(-1)).toEqual({ text: '…', isHit: false });
  });

  test('is always a piece of the text, and marks only words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.array(fc.integer({ min: -5, max: 500 })),
        (text, hits) => {
          const parts = snippetOf(placesOf(text), hits);
          const shown = parts
            .filter(({ text: part }, index) => !(part === '…' && (index === 0 || index === parts.length - 1)))
            .map((part) => part.text)
            .join('');
          expect(text).toContain(shown);
          for (const { text: part } of parts.filter(({ isHit }) => isHit))
            expect(wordsOf(part).length).toBe(1);
        },
      ),
    );
  });
});
