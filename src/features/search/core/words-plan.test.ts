import { describe, expect, test } from 'vitest';
import { parseQuery } from './query.ts';
import { planWords, weightOf, WINDOW } from './words-plan.ts';

const plan = (
  text: string,
  passages: Readonly<Record<string, number>>,
  stopWords: readonly string[] = [],
) => {
  const query = parseQuery(text);
  const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
  const resolved = units.map((unit) => {
    const word = unit.words.join('_');
    return { unit, query: word, isStopWord: stopWords.includes(word), passages: passages[word] ?? 0 };
  });
  return planWords(query, resolved, 100_000);
};

describe('what is ranked', () => {
  test('is what has every word, and what has any of the rare ones', () => {
    expect(plan('usual rare', { usual: 50_000, rare: 10 })?.candidates).toEqual([
      '((usual)) & ((rare))',
      '((rare))',
    ]);
    expect(plan('two few', { two: 20, few: 10 })?.candidates[1]).toBe('((few)) | ((two))');
  });

  test('is at least the rarest word, however usual it is', () => {
    expect(plan('usual', { usual: WINDOW * 10 })?.candidates).toEqual(['((usual))']);
  });

  test('does not ask for stop words unless there is nothing else', () => {
    expect(plan('the song', { song: 5 }, ['the'])?.terms.map(({ query }) => query)).toEqual(['song']);
    expect(plan('the', {}, ['the'])?.terms.map(({ query }) => query)).toEqual(['the']);
  });

  test('has its phrases and not what was left out', () => {
    expect(plan('"a b" c -d', {})?.must).toBe('((a_b)) & (!(d))');
  });

  test('rare words weigh more, and none weighs less than nothing', () => {
    expect(weightOf(1, 1000)).toBeGreaterThan(weightOf(500, 1000));
    expect(weightOf(5000, 1000)).toBeGreaterThan(0);
    expect(weightOf(0, 0)).toBeGreaterThan(0);
  });
});
