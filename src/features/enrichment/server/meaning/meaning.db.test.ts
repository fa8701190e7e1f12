import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEmbedder } from '#server/adapters/openai/embedder.ts';
import { createHttp } from '#server/platform/http.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import { startOpenai, type OpenaiSimulator } from '#tools/simulators/openai/start.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { createEmbeddingService } from './embedding.service.ts';
import { createMeaningService, type MeaningDraft } from './meaning.service.ts';
import { createMeaningStore } from './meaning.store.ts';

const MODELS = ['multilingual-e5-small', 'bge-m3'];
let database: TestDatabase;
let openai: OpenaiSimulator;
let others: OpenaiSimulator[] = [];
let changes = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('truncate enrichment_models, enrichment_embedders');
  openai = await startOpenai({ embeds: MODELS });
  changes = 0;
});
afterEach(async () => {
  for (const one of [openai, ...others]) await one.close();
  others = [];
});

function aHouse() {
  let ids = 0;
  const parts = {
    store: createMeaningStore(database.db),
    embedder: createEmbedder(createHttp({ wait: () => Promise.resolve() })),
    secrets: createSecrets(Buffer.alloc(32, 7), 'models'),
    hide: () => undefined,
  };
  const meaning = createMeaningService({
    ...parts,
    changed: async () => void (changes += 1),
    newId: () => `model-${(ids += 1)}`,
    clock: { now: () => new Date() },
  });
  return { meaning, embedding: createEmbeddingService(parts) };
}

const draft = (over: Partial<MeaningDraft> = {}): MeaningDraft => ({
  isOn: true,
  url: openai.url,
  model: 'bge-m3',
  key: openai.apiKey,
  queryPrefix: null,
  passagePrefix: null,
  ...over,
});

/** The same models at another address. */
async function elsewhere(apiKey = openai.apiKey): Promise<OpenaiSimulator> {
  const other = await startOpenai({ embeds: [...MODELS, 'BAAI/bge-m3'], apiKey });
  others.push(other);
  return other;
}

const { signal } = new AbortController();
const sent = (server: OpenaiSimulator) =>
  server.requests
    .filter(({ path }) => path.endsWith('/embeddings'))
    .map(({ body }) => (JSON.parse(body) as { input: string[] }).input);
const rows = async () =>
  (await database.pool.query<{ id: string; url: string }>('select id, url from enrichment_embedders')).rows;

describe('the model that embeds', () => {
  test('nobody is asked before somebody turns it on', async () => {
    const { meaning, embedding } = aHouse();
    expect(await embedding.chosen()).toBeNull();
    expect(await embedding.embed({ model: 'm', texts: ['a'], as: 'query', signal })).toEqual({
      ok: false,
      error: { code: 'model.off' },
    });
    await meaning.save(draft({ isOn: false }));
    expect(await embedding.chosen()).toBeNull();
    expect([openai.requests, await rows()]).toEqual([[], []]);
  });

  test('turned on, it says its name and dimension, and embeds', async () => {
    const { meaning, embedding } = aHouse();
    expect(await meaning.save(draft())).toMatchObject({ value: { isOn: true, dimensions: 384 } });
    expect(await embedding.chosen()).toEqual({ id: 'model-1', name: 'bge-m3', dimensions: 384 });
    const embedded = await embedding.embed({
      model: 'model-1',
      texts: ['uno', 'dos'],
      as: 'passage',
      signal,
    });
    expect(embedded.ok && embedded.value.map(({ length }) => length)).toEqual([384, 384]);
    expect(changes).toBe(1);
  });

  test('what does not answer is not turned on, and what was saved before stays', async () => {
    const { meaning, embedding } = aHouse();
    await meaning.save(draft());
    expect(await meaning.save(draft({ model: 'bge-9' }))).toMatchObject({
      error: {
        code: 'models.no-vectors',
        problem: { code: 'model.not-found' },
        choices: ['whisper-1', ...MODELS],
      },
    });
    openai.faults.add({ path: '/v1/embeddings', kind: 'nan-vectors' });
    expect(await meaning.save(draft({ model: 'multilingual-e5-small' }))).toMatchObject({
      error: { problem: { code: 'model.bad-answer' } },
    });
    expect(await embedding.chosen()).toMatchObject({ id: 'model-1' });
    expect(changes).toBe(1);
  });

  test('it is tried out with one word, with what was typed', async () => {
    const { meaning } = aHouse();
    const tried = await meaning.test(draft({ isOn: false, model: 'multilingual-e5-small' }));
    expect(tried).toMatchObject({ value: { ok: true, dimensions: 384, prefix: 'query: ' } });
    expect(sent(openai)).toEqual([['query: hola']]);
    expect(await meaning.read()).toMatchObject({ url: '', model: '', dimensions: null });
    expect(await meaning.test(draft({ model: ' ' }))).toMatchObject({
      error: { code: 'models.name-required' },
    });
  });

  test('prefixes come from the name, or from whoever set it up', async () => {
    const { meaning, embedding } = aHouse();
    await meaning.save(draft({ model: 'multilingual-e5-small' }));
    openai.requests.length = 0;
    await embedding.embed({ model: 'model-1', texts: ['uno'], as: 'query', signal });
    await embedding.embed({ model: 'model-1', texts: ['uno'], as: 'passage', signal });
    await meaning.save(draft({ model: 'multilingual-e5-small', queryPrefix: 'busca: ' }));
    await embedding.embed({ model: 'model-1', texts: ['uno'], as: 'query', signal });
    const asked = sent(openai);
    expect([asked[0], asked[1], asked.at(-1)]).toEqual([['query: uno'], ['passage: uno'], ['busca: uno']]);
  });
});

describe('the id of the model', () => {
  const idAfter = async (house: ReturnType<typeof aHouse>, over: Partial<MeaningDraft>) => {
    const saved = await house.meaning.save(draft(over));
    if (!saved.ok) throw new Error(saved.error.code);
    return (await house.embedding.chosen())?.id;
  };

  test('stays with another key, address, or prefix of questions, and when it was off meanwhile', async () => {
    const house = aHouse();
    expect(await idAfter(house, {})).toBe('model-1');
    const other = await elsewhere('sk-another');
    expect(await idAfter(house, { url: other.url, key: 'sk-another' })).toBe('model-1');
    expect(await idAfter(house, { queryPrefix: 'query: ' })).toBe('model-1');
    await house.meaning.save(draft({ isOn: false }));
    expect(await idAfter(house, {})).toBe('model-1');
    expect(await idAfter(house, { url: other.url, key: 'sk-another', model: 'BAAI/bge-m3' })).toBe('model-1');
    expect(await rows()).toEqual([{ id: 'model-1', url: other.url }]);
  });

  test('is another one with another prefix of passages, and with a model that answers otherwise', async () => {
    const house = aHouse();
    await idAfter(house, {});
    expect(await idAfter(house, { passagePrefix: 'passage: ' })).toBe('model-2');
    openai.faults.add({ path: '/v1/embeddings', kind: 'other-vectors', times: 1 });
    expect(await idAfter(house, {})).toBe('model-3');
    // Back again: what was kept of it is good still.
    expect(await idAfter(house, {})).toBe('model-1');
    expect(await rows()).toHaveLength(3);
  });

  test('the model from before answers at its own address until nobody needs it', async () => {
    const house = aHouse();
    const other = await elsewhere('sk-another');
    await idAfter(house, {});
    await idAfter(house, { url: other.url, key: 'sk-another', passagePrefix: 'passage: ' });
    openai.requests.length = 0;
    const wish = { texts: ['uno'], as: 'passage', signal } as const;
    expect(await house.embedding.embed({ ...wish, model: 'model-1' })).toMatchObject({ ok: true });
    expect(sent(openai)).toEqual([['uno']]);

    await house.embedding.keepOnly(['model-2']);
    expect(await house.embedding.embed({ ...wish, model: 'model-1' })).toEqual({
      ok: false,
      error: { code: 'model.forgotten' },
    });
    await house.embedding.keepOnly([]);
    expect(await rows()).toEqual([{ id: 'model-2', url: other.url }]);
    expect(await house.embedding.embed({ ...wish, model: 'model-2' })).toMatchObject({ ok: true });
  });

  test('a model whose vectors have grown meanwhile is told apart, and nothing of it is kept', async () => {
    const house = aHouse();
    await idAfter(house, {});
    openai.faults.add({ path: '/v1/embeddings', kind: 'other-vectors' });
    expect(await house.embedding.embed({ model: 'model-1', texts: ['uno'], as: 'query', signal })).toEqual({
      ok: false,
      error: { code: 'model.wrong-dimension', wanted: 384, got: 385 },
    });
  });
});

test('the key is sealed, never shown, kept when it is left out, and sent to no other server', async () => {
  const { meaning } = aHouse();
  await meaning.save(draft());
  const { rows: stored } = await database.pool.query(
    'select meaning::text from enrichment_models union all select sealed_key from enrichment_embedders',
  );
  expect(JSON.stringify(stored)).not.toContain(openai.apiKey);
  const { key: _, ...keyless } = draft();
  const kept = await meaning.save(keyless);
  expect(kept).toMatchObject({ value: { hasKey: true } });
  expect(JSON.stringify(kept)).not.toContain('sealed');
  const other = await elsewhere();
  expect(await meaning.save({ ...keyless, url: other.url })).toMatchObject({
    error: { code: 'models.key-required', field: 'key' },
  });
  expect(other.requests).toEqual([]);
  expect(await meaning.save({ ...keyless, isOn: false, key: null })).toMatchObject({
    value: { hasKey: false },
  });
});
