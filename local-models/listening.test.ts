import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { modelsIn } from './folder.ts';
import { hasFfmpeg, isInstalled, KEY, openModelServer } from './model-server.fake.ts';
import { writeTinyModel } from './tiny-e5.fake.ts';
import { writeTinyWhisper } from './tiny-whisper.fake.ts';
import { high, low, silence, wave, type Tone } from './wave.fake.ts';

vi.setConfig({ testTimeout: 60_000 }); // the runtime takes its time on a busy machine

const MODEL = 'house/tiny-whisper';
const scripts = {
  low: [
    [0, 2, 'Hola mundo'],
    [2, 3.5, 'del archivo'],
  ],
  high: [[0, 1.5, 'Hello world']],
} as const;

let folder: string;
let server: Awaited<ReturnType<typeof openModelServer>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kc-models-'));
  await writeTinyWhisper(join(folder, MODEL), scripts);
  await writeTinyWhisper(join(folder, 'house/tiny-whisper.en'), { ...scripts, isEnglishOnly: true });
  // Whoever knows only the last word cannot know how often it was said: the times tell.
  const again = { low: [[0, 1, 'otra vez'] as const, [1, 2, 'otra vez'] as const], high: scripts.high };
  await writeTinyWhisper(join(folder, 'house/again'), again);
  await writeTinyModel(join(folder, 'tiny-e5'), [['gato', 'cat']]);
  server = await openModelServer(folder);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Where sounds lie while they are heard, of this test alone. */
async function ownSounds(): Promise<() => Promise<string[]>> {
  const own = await mkdtemp(join(tmpdir(), 'kc-sounds-'));
  vi.stubEnv('TMPDIR', own);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(own, { recursive: true });
  });
  return () => readdir(own);
}

type Fields = Record<string, string | readonly string[]>;
type Segment = { start: number; end: number; text: string; avg_logprob: number; no_speech_prob: number };
type Verbose = { text: string; language: string; duration: number; segments: Segment[] };
type Refused = { error: { code: string | null; message: string; param: string | null; type: string } };

async function ask(
  sound: Buffer | readonly Tone[],
  fields: Fields = {},
  { url = server.url, signal = null }: { url?: string; signal?: AbortSignal | null } = {},
) {
  const form = new FormData();
  const bytes = Buffer.isBuffer(sound) ? sound : wave(sound);
  form.set('file', new Blob([new Uint8Array(bytes)]), 'a.wav');
  for (const [name, value] of Object.entries({ model: MODEL, response_format: 'verbose_json', ...fields }))
    for (const one of [value].flat()) form.append(name, one);
  const answer = await fetch(`${url}/v1/audio/transcriptions`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${KEY}` },
    signal,
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, text };
}

async function hear(sound: Buffer | readonly Tone[], fields: Fields = {}): Promise<Verbose> {
  const { status, text } = await ask(sound, fields);
  if (status !== 200) throw new Error(text);
  return JSON.parse(text) as Verbose;
}

async function refused(sound: Buffer | readonly Tone[], fields: Fields = {}) {
  const { status, text } = await ask(sound, fields);
  return { status, ...(JSON.parse(text) as Refused).error };
}

const said = ({ segments }: Verbose) => segments.map(({ start, end, text }) => [start, end, text.trim()]);

describe('a folder', () => {
  test('a Whisper is one when all of it is there', async () => {
    const found = async () => (await modelsIn(folder)).find(({ name }) => name === MODEL);
    expect(await found()).toMatchObject({
      does: 'listen',
      dtype: { encoder_model: 'fp32', decoder_model_merged: 'fp32' },
      languages: ['es', 'en'],
    });
    const files = ['preprocessor_config.json', 'generation_config.json', 'tokenizer.json'];
    for (const file of [...files, 'onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx']) {
      const path = join(folder, MODEL, file);
      await rename(path, `${path}.away`);
      expect(await found()).toBeUndefined();
      await rename(`${path}.away`, path);
    }
  });
});

describe('what needs no model', () => {
  test('a model is asked only for what it can do', async () => {
    expect(await refused([low(1)], { model: 'tiny-e5' })).toMatchObject({
      status: 404,
      code: 'model_not_found',
      message: expect.stringContaining('does not listen') as string,
    });
    const embedding = await fetch(`${server.url}/v1/embeddings`, {
      method: 'POST',
      body: JSON.stringify({ model: MODEL, input: 'gato' }),
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(await embedding.json()).toMatchObject({ error: { code: 'model_not_found', param: 'model' } });
  });

  test('a form that asks for what there is not is told which field', async () => {
    const of = async (fields: Fields) => {
      const { status, param } = await refused([low(1)], fields);
      return [status, param];
    };
    expect(await of({ model: '' })).toEqual([400, 'model']);
    expect(await of({ model: 'nobody' })).toEqual([404, 'model']);
    expect(await of({ response_format: 'docx' })).toEqual([400, 'response_format']);
    expect(await of({ language: 'klingon' })).toEqual([400, 'language']);
    expect(await of({ 'timestamp_granularities[]': ['segment', 'word'] })).toEqual([
      400,
      'timestamp_granularities',
    ]);
    const noForm = await fetch(`${server.url}/v1/audio/transcriptions`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(noForm.status).toBe(400);
  });

  test('more than a request may have is named, and the server stays', async () => {
    const large = Buffer.alloc(27 * 1024 * 1024);
    expect(await refused(large)).toMatchObject({ status: 413, code: 'request_too_large' });
    expect(await refused([low(1)], { model: 'nobody' })).toMatchObject({ status: 404 });
  });

  test('without ffmpeg it says so', async () => {
    vi.stubEnv('PATH', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await refused([low(1)])).toMatchObject({
      status: 503,
      code: 'ffmpeg_missing',
      type: 'server_error',
    });
  });

  test.skipIf(!hasFfmpeg)('what is no sound is named, and nothing of it is left on the disk', async () => {
    const sounds = await ownSounds();
    expect(await refused(Buffer.from('this is no sound'))).toMatchObject({
      status: 400,
      code: 'audio_not_readable',
    });
    expect(await refused(Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'))).toMatchObject({
      status: 400,
      code: 'audio_not_readable',
    });
    expect(await refused(Buffer.alloc(0))).toMatchObject({ status: 400 });
    expect(await refused([])).toMatchObject({ status: 400, code: 'audio_missing' });
    expect(await sounds()).toEqual([]);
  });

  test.skipIf(!hasFfmpeg)('in silence nothing is said, and no model is asked', async () => {
    expect(await hear([silence(3)])).toMatchObject({
      text: '',
      language: 'unknown',
      duration: 3,
      segments: [],
    });
    expect(server.engine.pid()).toBeNull();
  });
});

test.skipIf(isInstalled || !hasFfmpeg)('not installed here (npm run local-models): it says so', async () => {
  expect(await refused([low(1)])).toMatchObject({ status: 500, type: 'server_error' });
  expect(server.reports).toEqual([expect.stringContaining('@huggingface/transformers')]);
});

describe.skipIf(!isInstalled || !hasFfmpeg)('with the runtime (npm run local-models) and ffmpeg', () => {
  test('it tells what is said, when, in which language and how sure it is', async () => {
    const heard = await hear([low(4)]);
    expect(heard).toMatchObject({ language: 'spanish', duration: 4, text: 'Hola mundo del archivo' });
    expect(said(heard)).toEqual([
      [0, 2, 'Hola mundo'],
      [2, 3.5, 'del archivo'],
    ]);
    for (const { avg_logprob: certainty, no_speech_prob: noSpeech } of heard.segments) {
      expect(Math.exp(certainty)).toBeCloseTo(0.8, 1);
      expect(noSpeech).toBeLessThan(0.1);
    }
  });

  test('the language is heard when nobody says it, and believed when somebody does', async () => {
    expect(await hear([high(4)])).toMatchObject({ language: 'english', text: 'Hello world' });
    expect(await hear([high(4)], { language: 'Spanish' })).toMatchObject({ language: 'spanish' });
    expect(await hear([high(4)], { language: 'es-MX', prompt: 'Hola archivo' })).toMatchObject({
      language: 'spanish',
      text: 'Hello world',
    });
  });

  test('a model of English alone is asked for nothing else', async () => {
    const model = 'house/tiny-whisper.en';
    expect(await hear([high(4)], { model })).toMatchObject({ language: 'english', text: 'Hello world' });
    expect(await hear([high(4)], { model, language: 'en' })).toMatchObject({ text: 'Hello world' });
    expect(await refused([high(4)], { model, language: 'es' })).toMatchObject({
      status: 400,
      param: 'language',
    });
  });

  test('a long sound is heard window by window, and silence between is passed over', async () => {
    const heard = await hear([low(30), silence(30), high(20)]);
    expect(heard.duration).toBe(80);
    expect(heard.language).toBe('spanish');
    expect(said(heard)).toEqual([
      [0, 2, 'Hola mundo'],
      [2, 3.5, 'del archivo'],
      [60, 61.5, 'Hello world'],
    ]);
  });

  test('a piece that ends after the sound does is cut there', async () => {
    expect(said(await hear([low(3)])).at(-1)).toEqual([2, 3, 'del archivo']);
  });

  test('times never go back, so nothing is said in circles', async () => {
    expect(said(await hear([low(4)], { model: 'house/again' }))).toEqual([
      [0, 1, 'otra vez'],
      [1, 2, 'otra vez'],
    ]);
  });

  test('what a model makes up over a faint noise is left out', async () => {
    expect(await hear([low(4, 0.004)])).toMatchObject({ text: '', segments: [] });
  });

  test('every format is as OpenAI has it', async () => {
    const as = (format: string) => ask([low(4)], { response_format: format });
    const text = 'Hola mundo del archivo';
    expect(await as('json')).toMatchObject({ type: 'application/json', text: JSON.stringify({ text }) });
    expect(await as('text')).toMatchObject({
      type: expect.stringContaining('text/plain') as string,
      text: `${text}\n`,
    });
    expect((await as('srt')).text).toBe(
      '1\n00:00:00,000 --> 00:00:02,000\nHola mundo\n\n2\n00:00:02,000 --> 00:00:03,500\ndel archivo\n\n',
    );
    expect((await as('vtt')).text).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHola mundo\n\n00:00:02.000 --> 00:00:03.500\ndel archivo\n\n',
    );
  });

  test('a process that dies costs one answer', async () => {
    const [model] = (await modelsIn(folder)).filter((one) => one.does === 'listen');
    if (!model) throw new Error('no model');
    await hear([low(1)]);
    const between = async () => {
      setImmediate(() => process.kill(server.engine.pid() ?? 0, 'SIGKILL'));
      return new Float32Array(16_000).fill(0.5);
    };
    const asking = server.engine.hear(model, { durationS: 90, between }, { language: null, prompt: '' });
    await expect(asking).rejects.toThrow('ended');
    expect(await hear([low(4)])).toMatchObject({ language: 'spanish' });
  });

  test('the process goes when nobody asks any more', async () => {
    const restless = await openModelServer(folder, { idleMs: 1 });
    onTestFinished(restless.close);
    const { status } = await ask([low(1)], {}, { url: restless.url });
    expect(status).toBe(200);
    await expect.poll(() => restless.engine.pid()).toBeNull();
  });

  test('whoever goes away in the middle costs no more than a window', async () => {
    const sounds = await ownSounds();
    const stop = new AbortController();
    const asking = ask([low(700)], {}, { signal: stop.signal });
    await expect.poll(sounds, { timeout: 20_000 }).toHaveLength(1);
    stop.abort();
    await expect(asking).rejects.toThrow();
    await expect.poll(sounds, { timeout: 20_000 }).toEqual([]);
    expect(server.reports).toEqual([]);
  });

  test('a model that listens and one that embeds share a process', async () => {
    await hear([low(1)]);
    const pid = server.engine.pid();
    const embedding = await fetch(`${server.url}/v1/embeddings`, {
      method: 'POST',
      body: JSON.stringify({ model: 'tiny-e5', input: 'gato' }),
      headers: { authorization: `Bearer ${KEY}` },
    });
    expect(embedding.status).toBe(200);
    expect(await hear([low(4)])).toMatchObject({ language: 'spanish' });
    expect(server.engine.pid()).toBe(pid);
  });
});
