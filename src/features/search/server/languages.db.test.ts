import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { sql } from '#server/platform/db.ts';
import type { Language } from '../core/document.ts';
import { indexing, openSearch } from './open.fake.ts';
import { aDocument, fakeTexts, type FakeTexts } from './ports.fake.ts';

let database: TestDatabase;
let texts: FakeTexts;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  texts = fakeTexts();
});

/** As if a detector knew them: each body begins with its language. */
const told = (text: string): Language | null =>
  (['es', 'en', 'other'] as const).find((one) => text.startsWith(one)) ?? null;
const open = () => openSearch(database.db, texts, { detect: told });
const put = (ref: string, body: string, title = '') =>
  texts.put(aDocument({ ref, title, body, creator: null }));
const ids = async (text: string) =>
  (await open().search.search({ text, page: 1 })).documents.map(({ id }) => id).toSorted();

describe('languages', () => {
  test('do not meet by their stems', async () => {
    put('spanish', 'es: las lámparas del salón', 'Luces');
    put('english', 'en: a lamp of the hall', 'Lamp');
    await open().index.rebuild(indexing);
    expect(await ids('lámpara')).toEqual(['spanish']);
    expect(await ids('lamps')).toEqual(['english']);
  });

  test('meet in a word that is written so, whatever text it stands in', async () => {
    put('spanish', 'es: escuché Wuthering Heights y muchos podcasts');
    put('english', 'en: Wuthering Heights in two podcasts');
    put('other', 'other: zwei podcasts über Wuthering Heights');
    await open().index.rebuild(indexing);
    expect(await ids('wuthering')).toEqual(['english', 'other', 'spanish']);
    expect(await ids('"wuthering heights" podcasts')).toEqual(['english', 'other', 'spanish']);
    expect(await ids('podcast')).toEqual(['english']);
  });

  test('leave out no word of the other: "sea", "once" and "son" are found', async () => {
    put('spanish', 'es: once piezas, sea como sea');
    put('english', 'en: the sea and my son');
    await open().index.rebuild(indexing);
    expect(await ids('sea')).toEqual(['english']);
    expect(await ids('son')).toEqual(['english']);
    expect(await ids('once')).toEqual(['spanish']);
    const { corrected, didYouMean } = await open().search.search({ text: 'sea', page: 1 });
    expect([corrected, didYouMean]).toEqual([null, null]);
  });

  test('of a title are its own and that of the text below it', async () => {
    put('mixed', 'es: canciones de este invierno', 'en: Winter songs');
    put('silent', '', 'Songs');
    await open().index.rebuild(indexing);
    expect(await ids('song')).toEqual(['mixed', 'silent']);
    expect(await ids('inviernos')).toEqual(['mixed']);
  });
});

const vocabulary: Readonly<Record<Language, readonly string[]>> = {
  es: 'lámpara lámparas canción canciones cantar carta cartas libro libros sea once son sobre música'.split(
    ' ',
  ),
  en: 'lamp lamps song songs singing cart carts library sea once son sober music universal university'.split(
    ' ',
  ),
  other: 'lampe lampen lied lieder wagen'.split(' '),
};
const everyWord = Object.values(vocabulary).flat();
const aText = fc.record({
  language: fc.constantFrom<Language>('es', 'en', 'other'),
  words: fc.array(fc.constantFrom(...everyWord), { minLength: 1, maxLength: 6 }),
});

/** What the dictionary of each language makes of a word by itself; null for what it leaves out. */
async function dictionaries(): Promise<Readonly<Record<Language, ReadonlyMap<string, string | null>>>> {
  const stemsIn = async (dictionary: string) => {
    const folded = everyWord.map((word) => word.normalize('NFD').replaceAll(/\p{M}/gu, ''));
    const { rows } = await database.db.execute<{ stem: string | null }>(sql`
      select (ts_lexize(${dictionary}::regdictionary, word))[1] as stem
      from unnest(${`{${folded.join(',')}}`}::text[]) with ordinality as each(word, place) order by place`);
    return new Map(everyWord.map((word, index) => [word, rows[index]?.stem ?? null]));
  };
  return {
    es: await stemsIn('spanish_stem'),
    en: await stemsIn('english_stem'),
    other: await stemsIn('simple'),
  };
}

describe('a word', () => {
  test('is found exactly where a word of the same stem in the language of the text stands', async () => {
    const stems = await dictionaries();
    await fc.assert(
      fc.asyncProperty(
        fc.array(aText, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...everyWord),
        async (bodies, word) => {
          texts = fakeTexts();
          const wanted: string[] = [];
          for (const [index, { language, words }] of bodies.entries()) {
            put(`d${index}`, `${language} ${words.join(' ')}`);
            const asked = stems[language].get(word) ?? null;
            if (asked !== null && words.some((one) => stems[language].get(one) === asked))
              wanted.push(`d${index}`);
          }
          await open().index.rebuild(indexing);
          const { documents, corrected } = await open().search.search({ text: word, page: 1 });
          const found = corrected === null ? documents.map(({ id }) => id).toSorted() : [];
          expect(found).toEqual(wanted);
        },
      ),
      { numRuns: 25 },
    );
  });
});
