import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeEmbedder } from '#features/enrichment/server/embedder.fake.ts';
import type { Embedder } from '#features/enrichment/server/ports.ts';
import { createGuardedFetch } from '#server/platform/guarded-fetch.ts';
import { createHttp } from '#server/platform/http.ts';
import type { FaultKind } from '#tools/simulators/faults.ts';
import { startOpenai, type OpenaiSimulator } from '#tools/simulators/openai/start.ts';
import { createEmbedder } from './embedder.ts';

const KEY = 'sk-simulated-0123456789abcdef';
const MODEL = 'multilingual-e5-small';
const http = createHttp({ wait: () => Promise.resolve(), timeoutMs: 5000, fetch: createGuardedFetch() });
let openai: OpenaiSimulator;
beforeEach(async () => {
  openai = await startOpenai();
});
afterEach(() => openai.close());

const lengthOf = (vector: Float32Array): number => Math.hypot(...vector);
const sentToday = () =>
  openai.requests.map(({ body }) => (JSON.parse(body) as { input: readonly string[] }).input);

const embedders: Record<string, () => { embedder: Embedder; url: string }> = {
  fake: () => ({ url: 'http://model', embedder: fakeEmbedder({ key: KEY }) }),
  simulator: () => ({ url: openai.url, embedder: createEmbedder(http) }),
};

describe.each(Object.entries(embedders))('Embedder (%s)', (_name, open) => {
  const vectorsOf = async (texts: readonly string[]) => {
    const { embedder, url } = open();
    const embedded = await embedder.embed({ url, key: KEY, model: MODEL }, texts);
    if (!embedded.ok) throw new Error(embedded.error.code);
    return embedded.value;
  };

  test('gives a vector of length 1 for each text, in their order, and the same for the same text', async () => {
    const [one, other, again] = await vectorsOf(['la lámpara', 'the map', 'la lámpara']);
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    for (const vector of [one, other]) {
      expect(vector).toHaveLength(384);
      expect(lengthOf(vector ?? new Float32Array())).toBeCloseTo(1, 5);
    }
  });

  test('takes any number of texts, and whatever is in them', async () => {
    expect(await vectorsOf([])).toEqual([]);
    expect(await vectorsOf(Array.from({ length: 70 }, (_, index) => `text ${index}`))).toHaveLength(70);
    const odd = ['', '   ', '🦉', '\uD83E', '\u0000', 'شجرة', 'a'.repeat(20_000)];
    for (const vector of await vectorsOf(odd)) expect(lengthOf(vector)).toBeCloseTo(1, 5);
  });

  test('names a wrong key and a model that is not there, and never shows the key', async () => {
    const { embedder, url } = open();
    expect(await embedder.embed({ url, key: 'sk-wrong-key', model: MODEL }, ['a'])).toEqual({
      ok: false,
      error: { code: 'model.key-refused' },
    });
    const missing = await embedder.embed({ url, key: KEY, model: 'e5-9' }, ['a']);
    expect(missing).toEqual({
      ok: false,
      error: { code: 'model.not-found', reason: "The model 'e5-9' does not exist" },
    });
    expect(JSON.stringify(missing)).not.toContain(KEY);
  });

  test('lists the models', async () => {
    const { embedder, url } = open();
    expect(await embedder.models({ url, key: KEY })).toMatchObject({
      value: expect.arrayContaining([MODEL]) as unknown,
    });
    expect(await embedder.models({ url, key: null })).toMatchObject({
      error: { code: 'model.key-refused' },
    });
  });

  test('whoever stops waiting gets no answer at all', async () => {
    openai.faults.add({ path: '/v1/embeddings', kind: 'timeout' });
    const { embedder, url } = open();
    const stop = new AbortController();
    stop.abort(new Error('nobody waits any more'));
    await expect(embedder.embed({ url, key: KEY, model: MODEL }, ['a'], stop.signal)).rejects.toThrow(
      'nobody waits any more',
    );
  });
});

describe('over HTTP', () => {
  const embed = (texts: readonly string[] = ['one', 'two', 'three'], url = openai.url) =>
    createEmbedder(http).embed({ url, key: KEY, model: MODEL }, texts);

  test.each([
    ['401', 'model.key-refused'],
    ['403', 'model.key-refused'],
    ['429', 'model.rate-limited'],
    ['no-credit', 'model.no-credit'],
    ['500', 'model.server-error'],
    ['503', 'model.not-ready'],
    ['loading', 'model.not-ready'],
    ['not-found', 'model.not-found'],
    ['html', 'model.bad-answer'],
    ['redirect', 'model.redirected'],
    ['wrong-shape', 'model.bad-answer'],
    ['empty', 'model.bad-answer'],
    ['empty-list', 'model.bad-answer'],
    ['short-page', 'model.bad-answer'],
    ['truncated-json', 'model.bad-answer'],
    ['nan-vectors', 'model.bad-answer'],
    ['zero-vectors', 'model.rejected'],
    ['null-vectors', 'model.rejected'],
    ['no-number', 'model.rejected'],
    ['uneven-vectors', 'model.bad-answer'],
    ['drop', 'model.unreachable'],
  ] satisfies [FaultKind, string][])('%s is %s', async (kind, code) => {
    openai.faults.add({ path: '/v1/embeddings', kind });
    const embedded = await embed();
    expect(embedded).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(embedded)).not.toContain(KEY);
    expect(openai.requests).toHaveLength(1); // each may cost money
  });

  test('vectors that come in another order are put in ours', async () => {
    const straight = await embed();
    openai.faults.add({ path: '/v1/embeddings', kind: 'shuffled-vectors' });
    expect(await embed()).toEqual(straight);
  });

  test('a model that changes between two requests is told apart', async () => {
    openai.faults.add({ path: '/v1/embeddings', kind: 'other-vectors', after: 1 });
    expect(await embed(Array.from({ length: 40 }, (_, index) => `text ${index}`))).toEqual({
      ok: false,
      error: { code: 'model.wrong-dimension', wanted: 384, got: 385 },
    });
  });

  test('never more than 32 texts are sent at once', async () => {
    await embed(Array.from({ length: 70 }, (_, index) => `text ${index}`));
    expect(sentToday().map(({ length }) => length)).toEqual([32, 32, 6]);
  });

  test.each([400, 413] as const)(
    'a server that takes fewer is asked in halves (%s), and remembered',
    async (status) => {
      await openai.close();
      openai = await startOpenai({ limits: { texts: 8, status } });
      const embedder = createEmbedder(http);
      const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
      const embedded = await embedder.embed({ url: openai.url, key: KEY, model: MODEL }, texts);
      expect(embedded.ok && embedded.value).toHaveLength(40);
      expect(sentToday().map(({ length }) => length)).toEqual([32, 16, 8, 8, 16, 8, 8, 8]);
      openai.requests.length = 0;
      await embedder.embed({ url: openai.url, key: KEY, model: MODEL }, texts);
      expect(sentToday().map(({ length }) => length)).toEqual([8, 8, 8, 8, 8]);
    },
  );

  test.each([400, 413] as const)('of a text that is too long (%s) its beginning counts', async (status) => {
    await openai.close();
    openai = await startOpenai({ limits: { words: 60, status } });
    const long = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
    const embedded = await embed(['short', long, 'another']);
    expect(embedded.ok && embedded.value).toHaveLength(3);
    expect(embedded).toEqual(await embed(['short', long, 'another']));
    const cut = sentToday().findLast(([text]) => text?.startsWith('word0 '))?.[0] ?? '';
    expect(long.startsWith(`${cut} `)).toBe(true);
    expect(cut.split(' ').length).toBeLessThanOrEqual(60);
  });

  test('what is refused for another reason is not asked for ever', async () => {
    openai.faults.add({ path: '/v1/embeddings', kind: 'bad-request' });
    expect(await embed(Array.from({ length: 32 }, (_, index) => `text ${index}`))).toMatchObject({
      error: { code: 'model.rejected' },
    });
    expect(openai.requests.length).toBeLessThanOrEqual(6);
  });

  test('a rate limit tells how long to wait', async () => {
    openai.faults.add({ path: '/v1/embeddings', kind: '429', retryAfterS: 90 });
    expect(await embed()).toEqual({
      ok: false,
      error: { code: 'model.rate-limited', retryAfterMs: 90_000 },
    });
  });

  test('nobody there, a name that nobody has, and where clouds keep their secrets', async () => {
    const { url } = openai;
    await openai.close();
    expect(await embed(['a'], url)).toMatchObject({ error: { code: 'model.refused' } });
    expect(await embed(['a'], 'http://nobody.invalid')).toMatchObject({
      error: { code: 'model.host-unknown' },
    });
    const resolves = createGuardedFetch((_name, _options, done) =>
      done(null, [{ address: '169.254.169.254', family: 4 }]),
    );
    const guarded = createEmbedder(createHttp({ fetch: resolves }));
    expect(await guarded.embed({ url: 'http://inside', key: KEY, model: 'm' }, ['a'])).toMatchObject({
      error: { code: 'model.metadata' },
    });
  });

  test('an address with a path is called as it is, one without with the usual path', async () => {
    await embed(['a'], `${openai.url}/openai/v1`);
    await embed(['a']);
    expect(openai.requests.map(({ path }) => path)).toEqual(['/openai/v1/embeddings', '/v1/embeddings']);
  });
});
