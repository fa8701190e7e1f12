import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, foldedWords, wordsOf } from './text.ts';

/** Is taken away again, and keeps a word from being taken for a plain one. */
const ACCENT = '\u0301';

describe('folding', () => {
  test('takes accents, case and width away', () => {
    expect(fold('CANCIÓN Muñequilla ﬁn Ｗ')).toBe('cancion munequilla fin w');
  });

  test('gives a plain word what it gives any other', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9]{1,120}$/), (word) => {
        expect(fold(word)).toBe(fold(word + ACCENT));
        expect(foldedWords(word)).toBe(foldedWords(word + ACCENT));
      }),
    );
  });
});

test('a word is never longer than a database can index, and never half a character', () => {
  expect(wordsOf('x'.repeat(500))[0]?.folded).toBe('x'.repeat(100));
  const [word] = wordsOf(`${'é'.repeat(99)}${'𐐨'.repeat(9)}`);
  expect(word?.folded.isWellFormed()).toBe(true);
});
