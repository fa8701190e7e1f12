import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aDocument, fakeTexts } from '../ports.fake.ts';
import { openKitchen, openMeaning, turn, type MeaningHouse } from './house.fake.ts';

let database: TestDatabase;
let search: MeaningHouse;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  search = await openKitchen(database.db);
  await search.embedding.run(turn);
});

describe('meaning', () => {
  test('finds what shares no word with the query, and shows the sentence that is nearest', async () => {
    const { documents, layers, meaning } = await search.find('pan', 'meaning');
    expect(layers).toEqual(['meaning']);
    expect(meaning).toEqual({ model: 'model m1', total: 4, embedded: 4, problem: null });
    const [walk, loaf] = ['walk', 'loaf'].map((id) => documents.find((one) => one.id === id));
    expect(loaf?.passages[0]?.snippet[0]?.text).toMatch(/^…The loaf rose slowly/);
    expect(walk?.href).toContain('comment');
    expect(documents.at(-1)?.id).toBe('song');
  });

  test('keywords are asked of it only when the words find nothing', async () => {
    expect(await search.find('guitar')).toMatchObject({ layers: ['words'], total: 1 });
    expect(await search.find('guitarra')).toMatchObject({ layers: ['words'], corrected: 'guitar' });
    const { layers, documents } = await search.find('pan');
    expect(layers).toEqual(['words', 'meaning']);
    expect(documents.map(({ id }) => id)).toContain('loaf');
  });

  test('of a slip of the keyboard is not asked, but of what was probably meant', async () => {
    expect(await search.find('guitra', 'both')).toMatchObject({
      corrected: 'guitar',
      layers: ['words', 'meaning'],
    });
    expect(search.embedder.asked).not.toContain('guitra');
    expect(search.embedder.asked).toContain('guitar');
    // Nothing is like it, so the meaning has to know it.
    expect((await search.find('qwrtzpsd', 'both')).layers).toEqual(['words', 'meaning']);
    expect(search.embedder.asked).toContain('qwrtzpsd');
  });

  test('questions are asked of both, and what both find comes first', async () => {
    const { layers, documents } = await search.find('where does the bread loaf rise?');
    expect(layers).toEqual(['words', 'meaning']);
    expect(documents[0]?.id).toBe('loaf');
  });

  test('is not asked when somebody wants words, and of filters alone', async () => {
    expect((await search.find('pan', 'words')).documents).toEqual([]);
    const { layers, total } = await search.find('tag:kitchen', 'meaning');
    expect([layers, total]).toEqual([['words'], 1]);
  });

  test('opens at the block where the nearest sentence stands', async () => {
    search.texts.put(
      aDocument({ ref: 'long', title: 'Day', body: 'Trees.\n\nRain fell all day.\n\nA loaf. Warm.' }),
    );
    await search.index.catchUp('post', turn);
    await search.embedding.run(turn);
    const { documents } = await search.find('pan', 'meaning');
    expect(documents.find(({ id }) => id === 'long')?.href).toBe('/archive/posts/long#block-2');
  });

  test('does not find what is not embedded yet, and says so', async () => {
    search.texts.put(aDocument({ ref: 'late', title: 'Late', body: 'One more loaf.' }));
    await search.index.catchUp('post', turn);
    expect(await search.ids('pan', 'meaning')).not.toContain('late');
    await search.embedding.run(turn);
    expect(await search.ids('pan', 'meaning')).toContain('late');
  });

  test('never finds what filters, a phrase or a minus leave out', async () => {
    const words = ['loaf', 'guitar', 'rain', 'steel', 'trees', 'bread'] as const;
    const creators = ['ana', 'bo'] as const;
    const document = fc.record({
      body: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }),
      title: fc.constantFrom('', ...words),
      creator: fc.constantFrom(...creators),
    });
    const query = fc.record({
      asked: fc.constantFrom(...words),
      not: fc.constantFrom(...words),
      phrase: fc.option(fc.constantFrom(...words)),
      creator: fc.constantFrom(...creators),
      isWithoutCreator: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 8 }),
        query,
        async (documents, asked) => {
          const texts = fakeTexts();
          for (const [number, { body, title, creator }] of documents.entries())
            search.texts.put(
              aDocument({
                ref: `d${number}`,
                title,
                body: body.join(' '),
                creator: { id: creator, name: creator },
              }),
            );
          const one = openMeaning(database.db, { texts, embedder: search.embedder });
          await one.index.rebuild(turn);
          await one.embedding.run(turn);
          const { not, phrase, creator, isWithoutCreator } = asked;
          const typed = `${asked.asked} -${not} ${isWithoutCreator ? '-' : ''}creator:${creator} ${phrase === null ? '' : `"${phrase}"`}`;
          for (const id of await one.ids(typed, 'meaning')) {
            const found = documents[Number(id.slice(1))];
            expect(found?.body).not.toContain(not);
            expect(found?.title).not.toBe(not);
            expect(found?.creator === creator).toBe(!isWithoutCreator);
            if (phrase !== null) expect(found?.body).toContain(phrase);
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('where one layer cannot answer, the other does', () => {
  test('the meaning, because its model fails: the problem is named', async () => {
    search.embedder.fail({ code: 'model.key-refused' });
    const { layers, documents, meaning } = await search.find('guitar', 'meaning');
    expect([layers, meaning?.problem]).toEqual([['words'], { code: 'model.key-refused' }]);
    expect(documents.map(({ id }) => id)).toEqual(['song']);
  });

  test('the meaning, because its model is slow: nobody waits for it, nor the next one', async () => {
    search.embedder.hang(true);
    const slow = openMeaning(database.db, { ...search, deadlines: { queryMs: 20, sentencesMs: 20 } });
    const { layers, meaning } = await slow.find('guitar', 'both');
    expect([layers, meaning?.problem]).toEqual([['words'], { code: 'model.timed-out', afterMs: 20 }]);
    search.embedder.hang(false);
    expect((await slow.find('steel', 'both')).layers).toEqual(['words']);
  });

  test('the meaning, because something of ours broke', async () => {
    search.embedder.before(() => {
      throw new Error('a bug');
    });
    const { layers, meaning } = await search.find('guitar', 'both');
    expect([layers, meaning?.problem]).toEqual([['words'], { code: 'search.meaning-broken' }]);
    expect(search.troubles).toEqual(['search by meaning broke']);
  });

  test('the words', async () => {
    const broken = openMeaning(database.db, {
      ...search,
      words: { find: () => Promise.reject(new Error('no index')) },
    });
    expect(await broken.find('guitar', 'both')).toMatchObject({ layers: ['meaning'] });
    expect(broken.troubles).toEqual(['search by words broke']);
    search.embedder.fail({ code: 'model.key-refused' });
    await expect(broken.find('steel', 'both')).rejects.toThrow('no index');
  });

  test('how a passage begins stands for a sentence that nobody can name', async () => {
    await search.find('pan', 'meaning');
    search.embedder.fail({ code: 'model.server-error', status: 500 });
    const [first] = (await openMeaning(database.db, search).find('pan', 'words')).documents;
    expect(first).toBeUndefined();
    search.embedder.fail(null);
    search.embedder.refuse((text) => text.includes('cold'));
    const { documents } = await openMeaning(database.db, search).find('pan', 'meaning');
    expect(documents.find(({ id }) => id === 'loaf')?.passages[0]?.snippet[0]?.text).toMatch(/^It was cold/);
  });

  test('without a model nothing is said of meaning', async () => {
    search.embedder.choose(null);
    expect(await search.find('guitar', 'both')).toMatchObject({ layers: ['words'], meaning: null });
  });
});
