import { expect, test } from 'vitest';
import { nearestOf, sentencesOf, snippetFrom } from './sentences.ts';
import { wordsOf } from './text.ts';

const text = 'Ayer grabé "algo". ¿Qué era? Una canción de 3.5 minutos\nsin título';

test('sentences know with which word of the passage they begin', () => {
  const found = sentencesOf(text);
  expect(found.map((one) => one.text)).toEqual([
    'Ayer grabé "algo".',
    '¿Qué era?',
    'Una canción de 3.5 minutos',
    'sin título',
  ]);
  const words = wordsOf(text).map(({ from, to }) => text.slice(from, to));
  expect(found.map(({ word }) => words[word - 1])).toEqual(['Ayer', 'Qué', 'Una', 'sin']);
});

test('a text without words has no sentences', () => {
  expect(sentencesOf(' … !')).toEqual([]);
});

test('what is shown begins with the sentence, and says where something is left out', () => {
  expect(snippetFrom(text, { from: 0 })).toEqual([{ text, isHit: false }]);
  expect(snippetFrom(text, { from: 19 })[0]?.text).toMatch(/^…¿Qué era\? Una .* título$/s);
  const long = 'palabra '.repeat(60);
  expect(snippetFrom(long, { from: 0 })[0]?.text).toBe(`${'palabra '.repeat(40).trim()}…`);
});

test('the nearest is the one that points the same way, and what has no vector is passed over', () => {
  const one = Float32Array.of(1, 0);
  expect(nearestOf(one, [Float32Array.of(0, 1), undefined, Float32Array.of(0.8, 0.6)])).toBe(2);
  expect(nearestOf(one, [undefined])).toBeNull();
});
