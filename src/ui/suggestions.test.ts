import { describe, expect, test } from 'vitest';
import { moved, suggestionsFor } from './suggestions.ts';

const textsFor = (typed: string, ...words: readonly string[]) =>
  suggestionsFor(typed, { titles: [], words }).map(({ text }) => text);

describe('suggestions', () => {
  test('complete the last word and keep what stands before it', () => {
    expect(textsFor('la muñe', 'muñequilla', 'muñeca')).toEqual(['la muñequilla', 'la muñeca']);
    expect(textsFor('creator:an', 'Ana')).toEqual(['creator:Ana']);
    expect(textsFor('-"old gui', 'guitar')).toEqual(['-"old guitar']);
    expect(textsFor('a', '$&')).toEqual(['$&']);
  });

  test('complete nothing behind a word that is finished', () => {
    expect(textsFor('winter ', 'winters')).toEqual([]);
  });

  test('search for what they complete, whatever signs it has', () => {
    expect(suggestionsFor('a&b c', { titles: [], words: ['cé'] })[0]?.href).toBe('/search?q=a%26b+c%C3%A9');
  });

  test('lead straight to a title', () => {
    const titles = [{ kind: 'item' as const, id: 'i1', title: 'Alma', href: '/media/i1' }];
    expect(suggestionsFor('al', { titles, words: ['alma'] }).map(({ href }) => href)).toEqual([
      '/search?q=alma',
      '/media/i1',
    ]);
  });
});

test('the arrow keys go round by way of the field', () => {
  const down = [-1, 0, 1].map((active) => moved(active, 1, 2));
  const up = [-1, 0, 1].map((active) => moved(active, -1, 2));
  expect([down, up]).toEqual([
    [0, 1, -1],
    [1, -1, 0],
  ]);
});
