import { describe, expect, test } from 'vitest';
import { parseQuery } from './query.ts';
import { MOST_PLACES, planWords, weightOf } from './words-plan.ts';

type Standing = { passages: number; written?: number; repeated?: readonly number[] };

const plan = (
  text: string,
  standing: Readonly<Record<string, Standing>>,
  { stopWords = [], most }: { stopWords?: readonly string[]; most?: number } = {},
) => {
  const query = parseQuery(text);
  const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
  const resolved = units.map((unit) => {
    const word = unit.words.join('_');
    const { passages = 0, written = passages, repeated = [0, 0, 0, 0, 0] } = standing[word] ?? {};
    return {
      unit,
      query: word,
      isStopWord: stopWords.includes(word),
      isStopWordOfAll: false,
      passages,
      written,
      readings: [
        unit.words.length === 1
          ? { query: word, stems: [word], passages, repeated }
          : { query: word, stems: [], passages, repeated: [] },
      ],
    };
  });
  return planWords(query, resolved, { passages: 100_000, ...(most === undefined ? {} : { most }) });
};
const scansOf = (...args: Parameters<typeof plan>) =>
  plan(...args)?.scans.map(({ query, before, now }) => `${query} ${before}-${now}`);

const usual = { passages: 50_000, repeated: [20_000, 5_000, 200, 50, 0] };

describe('what is looked up', () => {
  test('is where rare words stand and how often, and usual words only among these', () => {
    const [rare, frequent] = scansOf('usual rare', { usual, rare: { passages: 10 } }) ?? [];
    expect(rare).toBe('rare 0-1');
    expect(frequent).toContain('(usual) & ');
    expect(frequent).toContain('(rare)');
  });

  test('is told with about how many places the index has of it', () => {
    expect(plan('few', { few: { passages: 10, repeated: [4, 3, 0, 0, 0] } })?.places).toBe(17);
    // Of the usual word no more than where the rare one stands, and where it stands so often that it is few itself.
    const both = plan('usual rare', { usual, rare: { passages: 10 } });
    expect(both?.places).toBeLessThan(5 * (5_000 + 10));
  });

  test('adds up to how often a word stands there', () => {
    expect(scansOf('few', { few: { passages: 10, repeated: [4, 3, 2, 2, 1] } })).toEqual([
      'few 0-1',
      "('+2few') 1-2",
      "('+3few') 2-3",
      "('+4few') 3-4.4",
      "('+6few') 4.4-6.8",
      "('+9few') 6.8-11",
    ]);
  });

  test('is a phrase in each language by itself, and where a usual reading stands often, however rare another is', () => {
    const query = parseQuery('"el vecoramos"');
    const resolved = query.clauses
      .flatMap(({ any }) => any)
      .map((unit) => ({
        unit,
        query: "('svecor') | ('oel' <-> 'ovecoramos')",
        isStopWord: false,
        isStopWordOfAll: false,
        passages: 50_004,
        written: 50_004,
        readings: [
          { query: "'svecor'", stems: ['svecor'], ...usual },
          { query: "'oel' <-> 'ovecoramos'", stems: [], passages: 4, repeated: [] },
        ],
      }));
    const planned = planWords(query, resolved, { passages: 100_000 });
    const scanned = planned?.scans.map((scan) => `${scan.query} ${scan.before}-${scan.now}`) ?? [];
    expect(scanned).toEqual([
      "'oel' <-> 'ovecoramos' 0-1",
      "('+3svecor') 0-3",
      "(('+4svecor')) & ((('+3svecor'))) 3-4.4",
      "(('+6svecor')) & ((('+3svecor'))) 4.4-6.8",
    ]);
    expect(planned?.terms.map((term) => term.query)).toEqual(["('svecor') | ('oel' <-> 'ovecoramos')"]);
  });

  test('is no place where nothing stands', () => {
    expect(scansOf('few', { few: { passages: 10, repeated: [4, 1, 0, 0, 0] } })).toEqual([
      'few 0-1',
      "('+2few') 1-2",
      "('+3few') 2-3",
    ]);
  });

  test('of a usual word is where it stands often, and the short passages besides', () => {
    const found = plan('usual', { usual });
    expect(found?.scans[0]).toMatchObject({ query: "('+3usual')", before: 0, now: 3 });
    expect(found?.shortest?.query).toBe("((usual)) & (!((('+3usual')))) & ('+0')");
  });

  test('is a larger part when the smaller would not fill the pages', () => {
    const repeated = [MOST_PLACES + 1, 3, 0, 0, 0];
    expect(plan('usual', { usual: { passages: 50_000, repeated } })?.scans[0]?.query).toBe("('+2usual')");
    const never = plan('usual', { usual: { passages: 50_000, repeated: [0, 0, 0, 0, 0] } });
    expect(never?.scans[0]?.query).toBe('usual');
    const seldom = plan('usual', { usual: { passages: 50_000, repeated: [40_000, 3, 0, 0, 0] } });
    expect(seldom?.shortest?.query).toBe("((usual)) & (!((('+3usual'))))");
  });

  test('is everything when filters leave little of it', () => {
    expect(plan('usual', { usual }, { most: 60_000 })).toMatchObject({
      scans: [{ query: 'usual' }, {}, {}, {}, {}],
      shortest: null,
    });
  });

  test('is not less because a word stands nowhere', () => {
    const found = plan('nowhere usual', { usual });
    expect(found?.scans.some(({ query }) => query === "('+3usual')")).toBe(true);
  });

  test('is nothing twice, and what is typed twice weighs twice', () => {
    const once = plan('few', { few: { passages: 10 } });
    const twice = plan('few few', { few: { passages: 10 } });
    expect(twice?.scans.length).toBe(once?.scans.length);
    expect(twice?.terms[0]?.weight).toBe(2 * (once?.terms[0]?.weight ?? 0));
  });
});

describe('what is ranked', () => {
  test('does not ask for stop words unless there is nothing else', () => {
    const standing = { song: { passages: 5 }, the: { passages: 20, written: 60_000 } };
    const asked = (text: string) =>
      plan(text, standing, { stopWords: ['the', 'sea'] })?.terms.map(({ query }) => query);
    expect(asked('the song')).toEqual(['song']);
    expect(asked('the')).toEqual(['the']);
  });

  test('has a stop word of one language that is a word in another, and weighs it by both', () => {
    const standing = { song: { passages: 5 }, sea: { passages: 50, written: 9_000 } };
    const found = plan('sea song', standing, { stopWords: ['sea'] });
    expect(found?.terms.map(({ query, weight }) => [query, weight])).toEqual([
      ['song', weightOf(5, 100_000)],
      ['sea', weightOf(9_000, 100_000)],
    ]);
  });

  test('has its phrases and not what was left out', () => {
    const found = plan('"a b" c -d', { c: { passages: 3 } });
    expect(found?.must).toBe('((a_b)) & (!(d))');
    expect(found?.scans.every(({ query }) => query.includes('!(d)'))).toBe(true);
  });

  test('asks for a phrase once', () => {
    const scans = scansOf('"a b" c', { a_b: { passages: 9 }, c: { passages: 3 } }) ?? [];
    expect(scans).toContain('a_b 0-1');
    expect(scans).toContain('(c) & ((a_b)) 0-1');
  });

  test('rare words weigh more, and none weighs less than nothing', () => {
    expect(weightOf(1, 1000)).toBeGreaterThan(weightOf(500, 1000));
    expect(weightOf(5000, 1000)).toBeGreaterThan(0);
    expect(weightOf(0, 0)).toBeGreaterThan(0);
  });
});
