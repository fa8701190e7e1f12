import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { sql } from '#server/platform/db.ts';
import { demandsOf } from '../../core/meaning.ts';
import { parseQuery } from '../../core/query.ts';
import { aDocument } from '../ports.fake.ts';
import { createWordsStore } from '../words.store.ts';
import { bitCandidates } from './bits.store.ts';
import { openMeaning, turn } from './house.fake.ts';
import { createNearness, type NearnessLimits } from './nearness.store.ts';

const WORDS = 'lemon river stone candle winter bridge'.split(' ');
const DOCUMENTS = 60;

/** Some are of one tag, some of another; every sixth text has a comment, and some say the same as others. */
const documents = Array.from({ length: DOCUMENTS }, (_, number) => ({
  ref: `d${number}`,
  tags: [number % 3 === 0 ? 'rare' : 'usual', ...(number % 10 === 0 ? ['seldom'] : [])],
  title: number % 7 === 0 ? 'A candle' : '',
  body: [0, 1, 2].map((place) => WORDS[(number * (place + 1) + place) % WORDS.length]).join(' '),
  comments: number % 6 === 0 ? ['stone bridge'] : [],
}));
type Made = (typeof documents)[number];

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const house = openMeaning(database.db);
  for (const document of documents) house.texts.put(aDocument(document));
  await house.index.rebuild(turn);
  await house.embedding.run(turn);
});
afterAll(() => database.close());

async function near(text: string, limits: NearnessLimits): Promise<string[]> {
  const house = openMeaning(database.db);
  const [model] = await house.models.kept();
  const query = parseQuery(text);
  const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
  const demands = demandsOf(query, await createWordsStore(database.db).resolve(units));
  const [vector] = await house.embedder
    .embed({ model: 'm1', texts: ['lemon river'], as: 'query', signal: turn.signal })
    .then((answer) => (answer.ok ? answer.value : []));
  if (!model || !vector) throw new Error('nothing was embedded');
  const nearness = createNearness(database.db, () => bitCandidates, limits);
  const found = await nearness(model, vector, { narrowing: query, demands });
  const { rows } = await database.db.execute<{ id: number; said: string }>(sql`
    select p.id::int, d.ref || ' ' || p.part as said from search_passages p join search_documents d on d.id = p.document_id`);
  const said = new Map(rows.map((row) => [row.id, row.said]));
  return found.map(({ passage }) => said.get(passage) ?? '');
}

/** By looking at each text: bodies and comments of the documents that `is` takes, without those that say a word. */
const expected = (isTaken: (said: string, made: Made) => boolean): string[] =>
  documents.flatMap((made) => [
    ...(isTaken(made.body, made) ? [`${made.ref} body`] : []),
    ...(made.comments.some((comment) => isTaken(comment, made)) ? [`${made.ref} comments`] : []),
  ]);

const says = (text: string, word: string): boolean => ` ${text} `.includes(` ${word} `);
const queries: [string, string[]][] = [
  ['lemon', expected(() => true)],
  ['lemon tag:rare', expected((_, { tags }) => tags[0] === 'rare')],
  ['lemon tag:seldom', expected((_, { tags }) => tags.includes('seldom'))],
  ['lemon -tag:rare', expected((_, { tags }) => tags[0] !== 'rare')],
  ['lemon in:comments', expected(() => true).filter((one) => one.endsWith('comments'))],
  ['lemon -stone', expected((said) => !says(said, 'stone'))],
  ['lemon -candle', expected((said, { title }) => !says(said, 'candle') && title === '')],
  ['lemon "stone bridge"', expected((said) => says(said, 'stone bridge'))],
  [
    'lemon "stone" -winter tag:usual',
    expected((said, { tags }) => says(said, 'stone') && !says(said, 'winter') && tags[0] === 'usual'),
  ],
  ['lemon tag:rare after:2027', []],
];

const WIDE = { few: 5_000, compared: 300, lookedThrough: 1_500 };
/** Which way is taken with each of these: what is few, what is looked through, and everything at last. */
const WAYS: [string, NearnessLimits][] = [
  ['what is few', WIDE],
  ['what is rare, and more than few', { ...WIDE, few: 6 }],
  ['the nearest of all', { ...WIDE, few: 0, compared: 1 }],
  ['everything that is allowed', { ...WIDE, few: 0, lookedThrough: 1 }],
];

test.each(WAYS.flatMap(([way, limits]) => queries.map(([text, all]) => ({ way, limits, text, all }))))(
  '$text finds by way of $way what is allowed, and all of it or as much as is wanted',
  async ({ limits, text, all }) => {
    const found = await near(text, limits);
    expect(all).toEqual(expect.arrayContaining(found));
    expect(new Set(found).size).toBe(found.length);
    if (limits.compared >= all.length) expect(found.toSorted()).toEqual(all.toSorted());
    else expect(found.length).toBeGreaterThanOrEqual(limits.compared);
  },
);
