import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { sql } from '#server/platform/db.ts';
import { createIndexService } from './index.service.ts';
import { createIndexStore } from './index.store.ts';
import { detectLanguage } from './language.ts';
import { indexing, openSearch } from './open.fake.ts';
import { aDocument, fakeTexts, putThree, type FakeTexts } from './ports.fake.ts';

let database: TestDatabase;
let texts: FakeTexts;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const open = () => openSearch(database.db, texts);
const ids = async (text: string) =>
  (await open().search.search({ text, page: 1 })).documents.map(({ id }) => id);

beforeEach(async () => {
  texts = fakeTexts();
  await open().index.rebuild(indexing);
  putThree(texts);
  await open().index.catchUp('post', indexing);
});

/** What the frequencies should be, counted from the passages that lie there. */
const wrongCounts = async () => {
  const { rows } = await database.db.execute(sql`
    select coalesce(a.lexeme, b.lexeme) as lexeme, a.n, b.passages from
      (select lexeme, count(*)::int n from search_passages, unnest(words) group by lexeme) a
      full join (select * from search_lexemes where passages <> 0) b on a.lexeme = b.lexeme
    where a.n is distinct from b.passages
    union all select 'total', t.passages, (select count(*)::int from search_passages) from search_totals t
      where t.passages <> (select count(*) from search_passages)
        or t.words <> (select coalesce(sum(word_count), 0) from search_passages)
        or t.documents <> (select count(*) from search_documents)
        or t.heading_words <> (select coalesce(sum(heading_words), 0) from search_documents)`);
  return rows;
};

describe('the index', () => {
  test('keeps count of how often words stand there, whatever comes, changes and goes', async () => {
    expect(await wrongCounts()).toEqual([]);
    texts.put(aDocument({ ref: 'bread', body: 'Only rye now.' }), new Date('2026-02-01T00:00:00Z'));
    texts.drop('song');
    await open().index.catchUp('post', indexing);
    expect(await wrongCounts()).toEqual([]);
    expect(await ids('flour')).toEqual([]);
    expect(await ids('rye')).toEqual(['bread']);
    expect(await open().index.sweep(indexing)).toMatchObject({ written: 0, removed: 1 });
    expect(await wrongCounts()).toEqual([]);
    expect(await ids('recorded')).toEqual([]);
    texts.drop('bread');
    texts.drop('cancion');
    await open().index.sweep(indexing);
    expect(await wrongCounts()).toEqual([]);
  });

  test('writes nothing when nothing changed, and everything again after it was thrown away', async () => {
    expect(await open().index.catchUp('post', indexing)).toEqual({ read: 3, written: 0, removed: 0 });
    expect(await open().index.rebuild(indexing)).toEqual({ read: 3, written: 3, removed: 0 });
    expect(await wrongCounts()).toEqual([]);
  });

  test('reads a change once, however often it is woken while a sync goes on', async () => {
    const { index } = open();
    expect(await index.catchUp('post', indexing)).toMatchObject({ read: 3 });
    texts.put(aDocument({ ref: 'bread', body: 'Only rye now.' }), new Date('2026-01-01T00:01:00Z'));
    expect(await index.catchUp('post', indexing)).toEqual({ read: 1, written: 1, removed: 0 });
    expect(await index.catchUp('post', indexing)).toMatchObject({ read: 0 });
    expect(await ids('rye')).toEqual(['bread']);
    expect(await index.sweep(indexing)).toMatchObject({ read: 3 });
  });

  test('counts beside writing when there is much, and each word as often as it stands there', async () => {
    for (let number = 0; number < 1000; number += 1)
      texts.put(
        aDocument({ ref: `much${number}`, body: `Loaf ${number % 7 === 0 ? 'with seeds' : 'without'} x` }),
        new Date(Date.UTC(2026, 5, 1) + number),
      );
    await open().index.catchUp('post', indexing);
    expect(await wrongCounts()).toEqual([]);
    const { rows } = await database.db.execute(
      sql`select word, passages from search_words where word in ('loaf', 'seeds') order by word`,
    );
    expect(rows).toEqual([
      { word: 'loaf', passages: 1000 },
      { word: 'seeds', passages: 143 },
    ]);
  });

  test('what was written by somebody who died before counting is found, and counted by whoever comes next', async () => {
    texts.put(aDocument({ ref: 'bread', body: 'Only rye now.' }), new Date('2026-02-01T00:00:00Z'));
    const dying = { ...createIndexStore(database.db), count: () => Promise.reject(new Error('killed')) };
    const indexed = createIndexService({ store: dying, sources: [texts], detect: detectLanguage });
    await expect(indexed.catchUp('post', indexing)).rejects.toThrow('killed');
    expect(await ids('rye')).toEqual(['bread']);
    expect(await wrongCounts()).not.toEqual([]);
    await open().index.catchUp('post', indexing);
    expect(await wrongCounts()).toEqual([]);
  });

  test('two that write at once do not disturb each other', async () => {
    await Promise.all([open().index.rebuild(indexing), open().index.sweep(indexing)]);
    expect(await wrongCounts()).toEqual([]);
  });

  test('takes texts that no database would', async () => {
    texts.put(
      aDocument({
        ref: 'odd',
        title: 'a\u0000b \ud800 title',
        tags: ['\u0000'],
        body: `${'x'.repeat(200_000)} \u0000 \udfff مرحبا بالعالم 你好世界 👩‍👩‍👧 ${'é'.repeat(5000)} \\u0000 'quoted' & | ! <->`,
      }),
      new Date('2026-04-01T00:00:00Z'),
    );
    await open().index.catchUp('post', indexing);
    expect(await ids('مرحبا')).toEqual(['odd']);
    expect(await ids('世界')).toEqual(['odd']);
    expect(await wrongCounts()).toEqual([]);
  });
});
