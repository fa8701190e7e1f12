import { describe, expect, test } from 'vitest';
import { neighboursOf, type Typed } from './neighbours.ts';

const typed = (text: string, weights: Readonly<Record<string, number>> = {}): Typed[] =>
  text.split(' ').flatMap((word, place) =>
    word === '_'
      ? []
      : [
          {
            place,
            query: word,
            weight: weights[word] ?? 1,
            unit: { words: [word], isPrefix: false, isQuoted: false },
          },
        ],
  );
const pairsOf = (...args: Parameters<typeof typed>) => neighboursOf(typed(...args));

describe('words that were typed side by side', () => {
  test('are looked for as they were typed, and near each other', () => {
    expect(pairsOf('sunil abernathy')).toEqual([
      { query: '((sunil) <1> (abernathy))', weight: 0.25 },
      {
        query:
          '((sunil) <1> (abernathy)) | ((sunil) <2> (abernathy)) | ((sunil) <3> (abernathy)) | ((abernathy) <1> (sunil)) | ((abernathy) <2> (sunil))',
        weight: 0.25,
      },
    ]);
  });

  test('are as far apart as the words between them, which say nothing, make them', () => {
    expect(pairsOf('son _ _ gun')[0]?.query).toBe('((son) <3> (gun))');
    expect(pairsOf('son _ _ _ gun')).toEqual([]);
  });

  test('count as much as the more usual of them, and of many the most telling', () => {
    expect(pairsOf('rare usual', { rare: 8, usual: 2 })[0]?.weight).toBe(0.5);
    const many = pairsOf('a b c d e f g', { a: 1, b: 1, c: 5, d: 5, e: 4, f: 4, g: 4 });
    expect(many).toHaveLength(8);
    expect(many.map(({ query }) => query).filter((query) => query.startsWith('((a)'))).toEqual([]);
  });

  test('are no pair when they are the same, and alone they are none', () => {
    expect(pairsOf('menta menta')).toEqual([]);
    expect(pairsOf('menta')).toEqual([]);
    expect(pairsOf('')).toEqual([]);
  });
});
