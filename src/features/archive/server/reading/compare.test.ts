import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Passage, Piece } from '../../core/reading/comparison.ts';
import { compareTexts, compareWords } from './compare.ts';

const side = (passages: readonly Passage[], gone: Piece['is']): string =>
  passages
    .map((passage) =>
      passage.is === 'same'
        ? passage.lines.join('\n')
        : passage.pieces
            .filter(({ is }) => is !== gone)
            .map(({ text }) => text)
            .join(''),
    )
    .filter((text) => text !== '')
    .join('\n');

test('a changed word is shown inside its line, and the lines around it stay whole', () => {
  const before = ['Hello.', 'The workshop is on Friday at six.', 'Bye.'];
  const after = ['Hello.', 'The workshop is on Saturday at six.', 'Bye.'];
  expect(compareTexts(before, after)).toEqual([
    { is: 'same', lines: ['Hello.'] },
    {
      is: 'changed',
      pieces: [
        { text: 'The workshop is on ', is: 'kept' },
        { text: 'Friday', is: 'removed' },
        { text: 'Saturday', is: 'added' },
        { text: ' at six.', is: 'kept' },
      ],
    },
    { is: 'same', lines: ['Bye.'] },
  ]);
});

test('a line that became another one is shown whole, before and after', () => {
  const before = ['Un refuerzo de fibra de carbono haría lo mismo, y todavía no me he atrevido.'];
  const after = ['Un párrafo que antes no estaba.'];
  expect(compareTexts(before, after)).toEqual([
    { is: 'changed', pieces: [{ text: before[0], is: 'removed' }] },
    { is: 'changed', pieces: [{ text: after[0], is: 'added' }] },
  ]);
});

test('accents and ñ belong to their words', () => {
  expect(compareWords('el año próximo', 'el año pasado').filter(({ is }) => is === 'removed')).toEqual([
    { text: 'próximo', is: 'removed' },
  ]);
});

test('a text of 40 000 other words is shown as taken out and put in', () => {
  const words = (from: number) => Array.from({ length: 40_000 }, (_, at) => `w${from + at}`).join(' ');
  const pieces = compareWords(words(0), words(1_000_000));
  expect(pieces.map(({ is }) => is)).toEqual(['removed', 'added']);
});

test('both texts can be read out of what changed', () => {
  const text = fc.array(fc.constantFrom('a b', 'a c', 'd', 'e f g', 'ñ'), { maxLength: 8 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const passages = compareTexts(before, after);
      expect(side(passages, 'added')).toBe(before.join('\n'));
      expect(side(passages, 'removed')).toBe(after.join('\n'));
    }),
  );
});
