import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../../tests/support/database.ts';
import { sql, type Db } from '#server/platform/db.ts';
import { openWithPgvector } from '#tools/house/pgvector.ts';
import type { VectorModel } from '../../core/meaning.ts';
import { parseQuery } from '../../core/query.ts';
import { createIndexService } from '../index.service.ts';
import { createIndexStore } from '../index.store.ts';
import { detectLanguage } from '../language.ts';
import { aDocument, fakeTexts, type FakeTexts } from '../ports.fake.ts';
import type { ChosenModel, ModelsStore, VectorStore } from '../ports.ts';
import { createWordsStore } from '../words.store.ts';
import { bitCandidates } from './bits.store.ts';
import { openCandidates } from './candidates-of.store.ts';
import type { CandidatesOf } from './candidates.ts';
import { aModel, fakeEmbedder } from './embedder.fake.ts';
import { createMeaning } from './meaning.service.ts';
import { createModelsStore } from './models.store.ts';
import { createVectorStore } from './vectors.store.ts';

type Server = { db: Db; candidatesOf: CandidatesOf; close: () => Promise<void> };

async function openStock(): Promise<Server> {
  const { db, close } = await openTestDatabase();
  return { db, candidatesOf: await openCandidates(db), close };
}

async function openPglite(): Promise<Server> {
  const { db, close } = await openWithPgvector();
  return { db, candidatesOf: await openCandidates(db), close };
}

/** More than are compared exactly. */
const MANY = 400;

const indexing = { signal: new AbortController().signal, progress: () => undefined };
const anyway = new AbortController().signal;

describe.each([
  { name: 'signs, with any PostgreSQL', open: openStock, isBits: true },
  { name: 'pgvector', open: openPglite, isBits: false },
])('near vectors by $name', ({ open, isBits }) => {
  let server: Server;
  let texts: FakeTexts;
  let vectors: VectorStore;
  let models: ModelsStore;
  const embedder = fakeEmbedder({ synonyms: [['guitar', 'guitarra', 'strings']] });

  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    const { db, candidatesOf } = server;
    vectors = createVectorStore(db, candidatesOf);
    models = createModelsStore(db, candidatesOf);
    for (const model of await models.kept()) await models.remove(model);
    texts = fakeTexts();
    await index().rebuild(indexing);
  });

  const index = () =>
    createIndexService({ store: createIndexStore(server.db), sources: [texts], detect: detectLanguage });

  async function embed(chosen: ChosenModel = aModel()): Promise<VectorModel> {
    embedder.choose(chosen);
    const model = await models.keep(chosen);
    await vectors.prepare(model, anyway);
    for (let page = await vectors.unembedded(model, 0, 50); page.length > 0;) {
      const answer = await embedder.embed({
        model: model.id,
        texts: page.map(({ text }) => text),
        as: 'passage',
        signal: anyway,
      });
      if (!answer.ok) throw new Error(answer.error.code);
      await vectors.save(
        model,
        page.map(({ hash }, at) => ({ hash, vector: answer.value[at] ?? null })),
      );
      page = await vectors.unembedded(model, page.at(-1)?.at ?? 0, 50);
    }
    return model;
  }

  async function near(query: string, { limit = 10 } = {}): Promise<string[]> {
    const meaning = createMeaning({
      models,
      vectors: { nearest: (wish) => vectors.nearest({ ...wish, limit }) },
      words: createWordsStore(server.db),
      embedder,
      clock: { now: () => new Date() },
    });
    const meant = await meaning.find(parseQuery(query));
    if (meant.is !== 'answered') throw new Error(meant.is);
    const { rows } = await server.db.execute<{ id: number; ref: string }>(
      sql`select id, ref from search_documents`,
    );
    const refs = new Map(rows.map(({ id, ref }) => [id, ref]));
    return meant.found.map(({ document }) => refs.get(document) ?? '');
  }

  async function fill(): Promise<void> {
    texts.put(aDocument({ ref: 'wood', title: 'Wood', body: 'Six strings and wood.', tags: ['craft'] }));
    texts.put(
      aDocument({
        ref: 'song',
        title: 'Song',
        body: 'A guitar and a flute.',
        creator: { id: 'c2', name: 'Bo' },
      }),
    );
    texts.put(
      aDocument({ ref: 'bread', title: 'Bread', body: 'Flour and water.', comments: ['Bo: guitarra'] }),
    );
    await index().catchUp('post', indexing);
  }

  test('are of the kind that this server has', () => {
    expect(server.candidatesOf({ ...aModel(), number: 1, isWhole: true }) === bitCandidates).toBe(isBits);
    expect(server.candidatesOf({ ...aModel('long', 5000), number: 1, isWhole: true })).toBe(bitCandidates);
  });

  test('nearest first, though no word is the same', async () => {
    await fill();
    await embed();
    const found = await near('guitarra');
    expect(found[0]).toBe('bread');
    expect(found.slice(0, 3).toSorted()).toEqual(['bread', 'song', 'wood']);
    expect((await near('water flour'))[0]).toBe('bread');
  });

  test('as exact as a comparison with each of them, among many', async () => {
    for (let number = 0; number < MANY; number += 1)
      texts.put(
        aDocument({ ref: `n${number}`, title: '', body: `w${number} x${number % 31} y${number % 7}` }),
      );
    await index().catchUp('post', indexing);
    const model = await embed();
    const asked = await embedder.embed({
      model: model.id,
      texts: ['w17 x3 y5'],
      as: 'query',
      signal: anyway,
    });
    const [query] = asked.ok ? asked.value : [];
    const all = await embedder.embed({
      model: model.id,
      texts: Array.from({ length: MANY }, (_, number) => `w${number} x${number % 31} y${number % 7}`),
      as: 'passage',
      signal: anyway,
    });
    const exact = (all.ok ? all.value : [])
      .map((vectorOfText, number) => ({
        ref: `n${number}`,
        score: vectorOfText.reduce((sum, one, place) => sum + one * (query?.[place] ?? 0), 0),
      }))
      .toSorted((a, b) => b.score - a.score);
    const found = await near('w17 x3 y5');
    expect(found).toHaveLength(10);
    expect(found.filter((ref) => exact.slice(0, 12).some((one) => one.ref === ref)).length).toBeGreaterThan(
      8,
    );
    expect(found[0]).toBe(exact[0]?.ref);
    // Most are allowed, so these are looked through from the nearest on.
    const others = await near('w17 x3 y5 -w17');
    expect(others).toHaveLength(10);
    expect(others).not.toContain('n17');
    expect(others.filter((ref) => exact.slice(0, 14).some((one) => one.ref === ref)).length).toBeGreaterThan(
      8,
    );
  });

  test('within filters, phrases and without what is not wanted, whatever is nearer', async () => {
    await fill();
    await embed();
    expect(await near('guitar tag:craft')).toEqual(['wood']);
    expect(await near('guitar -creator:bo')).not.toContain('song');
    expect(await near('guitar in:comments')).toEqual(['bread']);
    expect(await near('guitar -flute')).not.toContain('song');
    expect(await near('guitar -song')).not.toContain('song');
    expect(await near('guitar "six strings"')).toEqual(['wood']);
    expect(await near('guitar after:2027')).toEqual([]);
  });

  test('of each passage that says the same, and once for all of them', async () => {
    texts.put(aDocument({ ref: 'one', title: 'Same', body: 'The same words.' }));
    texts.put(aDocument({ ref: 'two', title: 'Same', body: 'The same words.' }));
    await index().catchUp('post', indexing);
    const before = embedder.asked.length;
    const model = await embed();
    expect(new Set(embedder.asked.slice(before))).toEqual(new Set(['Same\nThe same words.']));
    expect(await vectors.counts(model)).toEqual({ total: 1, embedded: 1 });
    expect((await near('same words')).toSorted()).toEqual(['one', 'two']);
  });

  test('of a model stay with it, and go with it', async () => {
    await fill();
    const first = await embed(aModel('m1', 64));
    const second = await embed(aModel('m2', 32));
    await models.makeWhole(first);
    expect((await near('guitarra'))[0]).toBe('bread');
    await models.makeWhole(second);
    await models.remove(first);
    expect((await near('guitarra'))[0]).toBe('bread');
    const { rows } = await server.db.execute(
      sql`select distinct model from search_vectors union select distinct model from search_vector_bits`,
    );
    expect(rows).toEqual([{ model: second.number }]);
  });

  test('survive an index that is made anew, and go when nothing needs them for a day', async () => {
    await fill();
    const model = await embed();
    const [monday, tuesday] = [new Date('2026-01-05T04:00:00Z'), new Date('2026-01-06T04:00:00Z')];
    await index().rebuild({ ...indexing });
    expect(await vectors.unembedded(model, 0, 10)).toEqual([]);
    texts.drop('bread');
    await index().sweep(indexing);
    expect(await vectors.forgetOrphans(monday, new Date('2026-01-04T08:00:00Z'))).toBe(0);
    expect(await vectors.forgetOrphans(tuesday, new Date('2026-01-05T08:00:00Z'))).toBe(2);
    expect(await vectors.forgetOrphans(tuesday, new Date('2026-01-05T08:00:00Z'))).toBe(0);
    expect(await near('flour water')).not.toContain('bread');
    expect(await near('guitar')).toHaveLength(2);
  });

  test('are found again when only the exact ones were put back', async () => {
    await fill();
    const model = await embed();
    await server.db.transaction((transaction) => server.candidatesOf(model).remove(transaction, model));
    const fresh = createVectorStore(server.db, server.candidatesOf);
    await fresh.prepare(model, anyway);
    vectors = fresh;
    expect((await near('guitarra'))[0]).toBe('bread');
  });
});
