import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createEmbedder } from '../src/server/adapters/openai/embedder.ts';
import { createHttp } from '../src/server/platform/http.ts';
import { modelsIn, type EmbeddingModel } from './folder.ts';
import { isInstalled, KEY, openModelServer } from './model-server.fake.ts';
import { writeTinyModel } from './tiny-e5.fake.ts';

const MODEL = 'house/tiny-e5';
const embedder = createEmbedder(createHttp({ wait: () => Promise.resolve() }));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kc-models-'));
  const groups = [['gato', 'cat'], ['casa', 'house'], ['query:'], ['passage:']];
  await writeTinyModel(join(folder, MODEL), groups);
  await writeTinyModel(join(folder, 'other'), [['cat'], ['gato']]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function aServer(idleMs?: number) {
  const { close, url, ...server } = await openModelServer(folder, idleMs === undefined ? {} : { idleMs });
  onTestFinished(close);
  return { ...server, target: { url, key: KEY, model: MODEL } };
}

async function anyModel(): Promise<EmbeddingModel> {
  const [model] = await modelsIn(folder);
  if (model?.does !== 'embed') throw new Error('no model');
  return model;
}

test('a model is listed when all that it needs is there', async () => {
  const whole = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];
  const own = await mkdtemp(join(tmpdir(), 'kc-models-'));
  onTestFinished(() => rm(own, { recursive: true, force: true }));
  for (const [index, missing] of [...whole, 'nothing'].entries()) {
    await mkdir(join(own, `of/model-${index}`, 'onnx'), { recursive: true });
    for (const file of whole.filter((one) => one !== missing))
      await writeFile(join(own, `of/model-${index}`, file), '{}');
  }
  expect(await modelsIn(own)).toEqual([
    { name: 'of/model-4', path: join(own, 'of/model-4'), does: 'embed', dtype: 'q8', pooling: 'mean' },
  ]);
  await mkdir(join(own, 'of/model-4', '1_Pooling'));
  await writeFile(join(own, 'of/model-4', '1_Pooling', 'config.json'), '{ "pooling_mode_cls_token": true }');
  expect(await modelsIn(own)).toMatchObject([{ pooling: 'cls' }]);
  expect(await modelsIn(join(own, 'nowhere'))).toEqual([]);
});

test.skipIf(isInstalled)('not installed here (npm run local-models): it says so and stays up', async () => {
  const { target, reports } = await aServer();
  const asked = await embedder.embed(target, ['gato']);
  expect(asked).toMatchObject({ ok: false, error: { code: 'model.server-error' } });
  expect(reports).toEqual([expect.stringContaining('@huggingface/transformers')]);
  expect(await embedder.models(target)).toEqual({ ok: true, value: [MODEL, 'other'] });
});

describe.skipIf(!isInstalled)('with the runtime installed (npm run local-models)', () => {
  test('words that mean the same have the same vector, through tokenizer, weights and HTTP', async () => {
    const { target } = await aServer();
    const embedded = await embedder.embed(target, ['gato', 'cat', 'house', 'casa gato']);
    if (!embedded.ok) throw new Error(embedded.error.code);
    const [gato, cat, house, both] = embedded.value;
    expect(gato).toHaveLength(16);
    expect(cat).toEqual(gato);
    expect(house).not.toEqual(gato);
    expect(Math.hypot(...(both ?? []))).toBeCloseTo(1, 5);
  });

  test('more texts than a request has, an odd one and a very long one', async () => {
    const { target } = await aServer();
    const texts = [...Array.from({ length: 40 }, () => 'gato'), '', '🦉', 'gato '.repeat(2000)];
    const embedded = await embedder.embed(target, texts);
    expect(embedded.ok && embedded.value).toHaveLength(43);
  });

  test('who has no key, and what is not there, are refused as OpenAI does', async () => {
    const { target } = await aServer();
    expect(await embedder.embed({ ...target, key: 'wrong' }, ['gato'])).toMatchObject({
      error: { code: 'model.key-refused' },
    });
    expect(await embedder.embed({ ...target, model: '../other' }, ['gato'])).toMatchObject({
      error: { code: 'model.not-found' },
    });
    expect(await embedder.models(target)).toEqual({ ok: true, value: [MODEL, 'other'] });
  });

  test('two models take turns in one process', async () => {
    const { target, engine } = await aServer();
    const one = await embedder.embed(target, ['gato']);
    const pid = engine.pid();
    const other = await embedder.embed({ ...target, model: 'other' }, ['gato']);
    expect(one).not.toEqual(other);
    expect(await embedder.embed(target, ['gato'])).toEqual(one);
    expect(engine.pid()).toBe(pid);
  });

  test('a process that dies costs one answer and no more', async () => {
    const { target, engine } = await aServer();
    await embedder.embed(target, ['gato']);
    const model = await anyModel();
    const asking = engine.embed(
      model,
      Array.from({ length: 32 }, () => 'gato '.repeat(400)),
    );
    process.kill(engine.pid() ?? 0, 'SIGKILL');
    await expect(asking).rejects.toThrow('ended');
    expect(await embedder.embed(target, ['gato'])).toMatchObject({ ok: true });
  });

  test('the process goes when nobody asks any more, and comes again', async () => {
    const { target, engine } = await aServer(1);
    await embedder.embed(target, ['gato']);
    await expect.poll(() => engine.pid()).toBeNull();
    expect(await embedder.embed(target, ['gato'])).toMatchObject({ ok: true });
  });

  test('a question does not wait for a heap of passages, and who left is forgotten', async () => {
    const { engine } = await aServer();
    const model = await anyModel();
    const order: string[] = [];
    const heap = Array.from({ length: 40 }, () => 'casa '.repeat(50));
    const stop = new AbortController();
    const left = engine.embed(model, heap, stop.signal);
    const many = engine.embed(model, heap).then(() => order.push('passages'));
    const one = engine.embed(model, ['gato']).then(() => order.push('question'));
    stop.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    await Promise.all([many, one]);
    expect(order).toEqual(['question', 'passages']);
  });
});
