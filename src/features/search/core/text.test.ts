import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords, fold, foldedWords, placesOf, wordsOf } from './text.ts';

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

/** What the index was made with: which words there are must never change by itself, or marks would stand elsewhere. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{L}\p{N}\p{M}]|$)/gu;
const somethingIsLeft = (word: string): boolean =>
  /[\p{L}\p{N}]/u.test(word.normalize('NFKD').replaceAll(/\p{M}/gu, ''));

test('words are runs of letters and digits in any writing, told in one way to all who ask', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom('a', 'é', 'ª', '½', 'ŉ', '7', ' ', '-', '’', '́', '猫', 'の', '😀', 'ͺ', 'ж'),
      maxLength: 60,
    }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const expected = [...text.matchAll(WORD)]
        .filter(([word]) => somethingIsLeft(word))
        .map(({ 0: word, index }) => ({ from: index, to: index + word.length }));
      expect(wordsOf(text).map(({ from, to }) => ({ from, to }))).toEqual(expected);
      const { starts, ends } = placesOf(text);
      expect(starts.map((from, index) => ({ from, to: ends[index] }))).toEqual(expected);
      expect(countWords(text)).toBe(expected.length);
    }),
    { numRuns: 500 },
  );
});
