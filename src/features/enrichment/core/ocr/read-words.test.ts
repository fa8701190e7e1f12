import { expect, test } from 'vitest';
import { isWithoutText, readWords } from './read-words.ts';

const HEAD = 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext';
const word = (line: number, text: string, confidence: number | string = 90) =>
  `5\t1\t1\t1\t${line}\t1\t0\t0\t1\t1\t${confidence}\t${text}`;
const table = (...rows: string[]) => [HEAD, '1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t', ...rows, ''].join('\n');

test('words are lines again, and a word that was broken is one', () => {
  expect(readWords(table(word(1, 'La'), word(1, 'lám-'), word(2, 'para'), word(2, '«vieja»')))).toEqual({
    text: 'La lámpara «vieja»',
    confidence: 0.9,
  });
});

test('what it is hardly sure of is left out', () => {
  expect(readWords(table(word(1, 'lamp', 95), word(1, '~=;', 12)))).toEqual({
    text: 'lamp',
    confidence: 0.95,
  });
});

test('of a photograph nothing is said', () => {
  const nothing = { text: '', confidence: null };
  expect(readWords(table(word(1, 'Wwv', 35), word(2, 'iii', 41)))).toEqual(nothing);
  expect(readWords(table())).toEqual(nothing);
  for (const nonsense of ['', 'no table', '5\t1', word(1, 'x', 'NaN')])
    expect(readWords(nonsense)).toEqual(nothing);
});

test('a number or a stamp is no text of a page', () => {
  expect(['', '  \n', '12', 'Page 12', '§ 4'].map(isWithoutText)).toEqual([true, true, true, true, true]);
  expect(isWithoutText('La lámpara vieja')).toBe(false);
});
