import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aDocument } from '../ports.fake.ts';
import { aModel } from './embedder.fake.ts';
import { openKitchen, openMeaning, turn, type MeaningHouse } from './house.fake.ts';

let database: TestDatabase;
let search: MeaningHouse;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  search = await openKitchen(database.db);
});

describe('embedding', () => {
  test('goes on where it was killed, and pays for nothing twice', async () => {
    for (let number = 0; number < 300; number += 1)
      search.texts.put(aDocument({ ref: `n${number}`, title: `t${number}`, body: `word${number} here` }));
    await search.index.catchUp('post', turn);
    let batches = 0;
    search.embedder.before(() => {
      batches += 1;
      if (batches === 3) throw new Error('killed');
    });
    await expect(search.embedding.run(turn)).rejects.toThrow('killed');
    const before = [...search.embedder.asked];
    expect(before.length).toBeGreaterThan(0);
    expect((await openMeaning(database.db, search).embedding.run(turn)).is).toBe('whole');
    expect(new Set(search.embedder.asked).size).toBe(search.embedder.asked.length);
    expect(await search.embedding.run(turn)).toEqual({ is: 'whole', embedded: 0 });
    await search.index.rebuild(turn);
    expect(await search.embedding.run(turn)).toEqual({ is: 'whole', embedded: 0 });
  });

  test('names of people mean nothing that a model could tell, and are not sent to it', async () => {
    search.texts.put({
      ...aDocument({ ref: 'film', title: 'Film', body: 'A lantern goes out.' }),
      stretches: [
        { part: 'library', locator: { at: 'start' }, text: 'A lantern goes out.' },
        { part: 'cast', locator: { at: 'start' }, text: 'Marta Ferrán (Inés)' },
        { part: 'makers', locator: { at: 'start' }, text: 'Theo Hale' },
      ],
    });
    await search.index.catchUp('post', turn);
    expect(await search.embedding.run(turn)).toMatchObject({ is: 'whole' });
    expect(search.embedder.asked.filter((text) => /Ferrán|Hale/.test(text))).toEqual([]);
    expect(search.embedder.asked).toContain('Film\nA lantern goes out.');
    expect(await search.ids('ferrán', 'words')).toEqual(['film']);
    const { meaning } = await search.find('lantern', 'meaning');
    expect(meaning?.embedded).toBe(meaning?.total);
  });

  test('stops between batches when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stop'));
    await expect(search.embedding.run({ ...turn, signal: stop.signal })).rejects.toThrow('stop');
  });

  test('names what is wrong with the model, and keeps what was embedded', async () => {
    search.embedder.fail({ code: 'model.rate-limited', retryAfterMs: 5000 });
    expect(await search.embedding.run(turn)).toEqual({
      is: 'stopped',
      problem: { code: 'model.rate-limited', retryAfterMs: 5000 },
    });
    search.embedder.choose(null);
    expect(await search.embedding.run(turn)).toEqual({ is: 'off' });
  });

  test('a text that the model does not want keeps no other from it, and is not sent again', async () => {
    search.embedder.refuse((text) => text.includes('steel'));
    expect(await search.embedding.run(turn)).toMatchObject({ is: 'whole' });
    expect(await search.find('pan', 'meaning')).toMatchObject({ meaning: { total: 4, embedded: 4 } });
    expect(await search.embedding.run(turn)).toEqual({ is: 'whole', embedded: 0 });
    search.embedder.refuse(() => true);
    search.texts.put(aDocument({ ref: 'x', title: 'x', body: 'x' }));
    search.texts.put(aDocument({ ref: 'y', title: 'y', body: 'y' }));
    await search.index.catchUp('post', turn);
    expect(await search.embedding.run(turn)).toMatchObject({
      is: 'stopped',
      problem: { code: 'model.rejected' },
    });
  });

  test('another model is made ready while the one before it answers, and then takes its place', async () => {
    await search.embedding.run(turn);
    search.embedder.choose(aModel('m2', 32));
    const answers: string[][] = [];
    let asking: Promise<unknown> = Promise.resolve();
    search.embedder.before((asked) => {
      if (asked.length < 3) return;
      search.embedder.before(() => undefined);
      asking = search.ids('pan', 'meaning').then((ids) => answers.push(ids));
    });
    expect(await search.find('pan', 'meaning')).toMatchObject({
      layers: ['meaning'],
      meaning: { model: 'model m2', embedded: 0 },
    });
    await search.embedding.run(turn);
    await asking;
    expect(answers.map((ids) => ids.includes('loaf'))).toEqual([true]);
    expect((await search.models.kept()).map(({ id, isWhole }) => [id, isWhole])).toEqual([['m2', true]]);
    expect(search.embedder.kept()).toEqual(['m2']);
    expect((await search.ids('pan', 'meaning')).slice(0, 2).toSorted()).toEqual(['loaf', 'walk']);
  });

  test('when nobody answers for the model before, the new one does with what it has', async () => {
    await search.embedding.run(turn);
    search.embedder.choose(aModel('m2'));
    const { embed } = search.embedder;
    search.embedder.embed = (wish) =>
      wish.model === 'm1'
        ? Promise.resolve({ ok: false, error: { code: 'model.not-found', reason: '' } })
        : embed(wish);
    await search.models.keep(aModel('m2'));
    expect(await search.find('pan', 'meaning')).toMatchObject({ layers: ['meaning'], total: 0 });
  });

  test('a model that is changed under way is left for the one that was chosen', async () => {
    search.embedder.before(() => {
      search.embedder.before(() => undefined);
      search.embedder.choose(aModel('m2', 32));
    });
    expect((await search.embedding.run(turn)).is).toBe('whole');
    expect((await search.models.kept()).map(({ id }) => id)).toEqual(['m2']);
  });
});
