import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { sql } from '#server/platform/db.ts';
import { AIM_WORDS } from '../core/passages.ts';
import { REPEATS, SHORT_WORDS, timesMeant } from '../core/repeats.ts';
import { weightOf } from '../core/words-plan.ts';
import { indexing, openSearch } from './open.fake.ts';
import { aDocument, fakeTexts } from './ports.fake.ts';

const VOCABULARY = 'zorba krilo menta pulso viento laguna torre brasa nube'.split(' ');
const DOCUMENTS = 90;

/** Of different lengths, in three languages, each word from never to more often than is told apart. */
const bodies = new Map(
  Array.from({ length: DOCUMENTS }, (_, n) => [
    `d${n}`,
    VOCABULARY.flatMap((word, place) =>
      Array.from<string>({ length: (n * (place + 3) + Math.floor(n / 7)) % 13 }).fill(word),
    ),
  ]),
);

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const texts = fakeTexts();
  for (const [ref, words] of bodies) texts.put(aDocument({ ref, title: '', body: words.join(' ') }));
  let asked = 0;
  const detect = () => (['es', 'en', 'other'] as const)[(asked += 1) % 3] ?? null;
  await openSearch(database.db, texts, { detect }).index.rebuild(indexing);
});
afterAll(() => database.close());

const find = async (text: string) => {
  const { search } = openSearch(database.db, fakeTexts());
  const pages = [];
  for (let page = 1; page <= DOCUMENTS / 10; page += 1)
    pages.push(...(await search.search({ text, page })).documents);
  return pages.map(({ id }) => id);
};

const timesIn = (ref: string, word: string): number =>
  (bodies.get(ref) ?? []).filter((one) => one === word).length;
const toldApart = (times: number): number =>
  times === 0 ? 0 : timesMeant(REPEATS.findLast((one) => one <= times));

/** By counting words, as books write it; a passage of the length that all are cut to is neither long nor short. */
function bm25(ref: string, words: readonly string[]): number {
  const texts = [...bodies.values()].filter((body) => body.length > 0);
  return words.reduce((sum, word) => {
    const passages = texts.filter((body) => body.includes(word)).length;
    const times = toldApart(timesIn(ref, word));
    const length = 1 - 0.75 + (0.75 * (bodies.get(ref)?.length ?? 0)) / AIM_WORDS;
    return sum + (weightOf(passages, texts.length) * times * 2.2) / (times + 1.2 * length);
  }, 0);
}

describe('the rank of a passage', () => {
  // Alternatives, because words that are typed side by side count more where they stand so.
  test.each([
    ['zorba'],
    ['laguna OR nube'],
    ['viento OR zorba OR brasa OR torre'],
    ['menta OR menta OR krilo'],
  ])('is what BM25 gives for %s when words are counted one by one', async (text) => {
    const words = text.split(' OR ');
    const found = await find(text);
    const scores = found.map((ref) => bm25(ref, words));
    const wanted = [...bodies.keys()].map((ref) => bm25(ref, words)).filter((score) => score > 0);
    expect(found.length).toBe(wanted.length);
    for (const [place, score] of wanted.toSorted((a, b) => b - a).entries())
      expect(scores[place]).toBeCloseTo(score, 6);
  });

  test.each([
    ['zorba'],
    ['laguna nube'],
    ['viento -zorba'],
    ['"zorba"'],
    ['"krilo krilo" menta'],
    ['men* nube'],
  ])('is the same for %s when filters leave so few that their vectors are read', async (text) => {
    const found = await find(text);
    expect(found.length).toBeGreaterThan(5);
    expect(await find(`${text} type:text`)).toEqual(found);
  });
});

describe('the index', () => {
  test('marks each stem that stands somewhere so often, and no other', async () => {
    const { rows } = await database.db.execute(sql`
      select p.id, marks.said, marks.counted from search_passages p, lateral (select
        array(select lexeme collate "C" from unnest(words) where positions is null order by 1) as said,
        array(select ('+' || times || lexeme) collate "C" from unnest(words), unnest(${`{${REPEATS.join(',')}}`}::int[]) times
          where cardinality(positions) >= times
          union all select '+0' where p.word_count <= ${SHORT_WORDS} order by 1) as counted) marks
      where marks.said <> marks.counted or p.words is null`);
    expect(rows).toEqual([]);
    const { rows: marked } = await database.db.execute(sql`
      select 1 from search_passages where words @@ '''+9szorb'' | ''+9ezorba'' | ''+9ozorba'''::tsquery`);
    expect(marked.length).toBe([...bodies.keys()].filter((ref) => timesIn(ref, 'zorba') >= 9).length);
  });

  test('keeps texts and vectors aside, so that ranking reads little', async () => {
    const { rows } = await database.db.execute(sql`
      select c.reloptions, a.attstorage from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relname = 'search_passages' and a.attname = 'words'`);
    expect(rows).toEqual([{ reloptions: ['toast_tuple_target=128'], attstorage: 'e' }]);
  });
});
