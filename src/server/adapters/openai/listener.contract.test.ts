import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fakeListener } from '#features/enrichment/server/listener.fake.ts';
import type { Listener, Sound } from '#features/enrichment/server/ports.ts';
import { createGuardedFetch } from '#server/platform/guarded-fetch.ts';
import { createHttp } from '#server/platform/http.ts';
import { hasSound, run } from '#tools/seed/patreon/media/programs.ts';
import { speak } from '#tools/seed/patreon/media/speech.ts';
import type { FaultKind } from '#tools/simulators/faults.ts';
import { spoken } from '#tools/simulators/openai/recordings.ts';
import { startOpenai, type OpenaiSimulator } from '#tools/simulators/openai/start.ts';
import { hasFfmpeg, isInstalled, openModelServer } from '../../../../local-models/model-server.fake.ts';
import { writeTinyWhisper } from '../../../../local-models/tiny-whisper.fake.ts';
import { createListener } from './listener.ts';

const sentences = ['La lámpara del taller está encendida.', 'Mañana lijamos la tapa del armario.'];
const KEY = 'sk-simulated-0123456789abcdef';
const canSpeak = await hasSound();

const soundOf = (bytes: Buffer): Sound => ({
  bytes,
  fileName: 'a.mp3',
  mimeType: 'audio/mpeg',
  durationMs: 5000,
});
let speech = soundOf(Buffer.from('speech'));
let silence = soundOf(Buffer.from('silence'));

beforeAll(async () => {
  if (!canSpeak) return;
  const { wave } = await speak('es', sentences);
  const mp3 = ['-ac', '1', '-ar', '16000', '-b:a', '32k', '-f', 'mp3', 'pipe:1'];
  speech = soundOf(await run('ffmpeg', ['-v', 'error', '-i', 'pipe:0', ...mp3], wave));
  silence = soundOf(await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'anullsrc=d=2', ...mp3]));
});

const http = createHttp({ wait: () => Promise.resolve(), timeoutMs: 5000, fetch: createGuardedFetch() });
let openai: OpenaiSimulator;
beforeEach(async () => {
  openai = await startOpenai({ recordings: [spoken('es', sentences)] });
});
afterEach(() => openai.close());

let local: { url: string; close: () => Promise<void> };
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kc-models-'));
  const low = sentences.map((sentence, index) => [index * 2, index * 2 + 1.9, sentence] as const);
  await writeTinyWhisper(join(folder, 'whisper-1'), { low, high: [[0, 2, 'Hello']] });
  const server = await openModelServer(folder, { key: KEY });
  local = {
    url: server.url,
    close: () => server.close().then(() => rm(folder, { recursive: true })),
  };
});
afterAll(() => local.close());

const listeners: Record<string, () => { listener: Listener; url: string }> = {
  fake: () => ({
    url: 'http://model',
    listener: fakeListener({
      key: KEY,
      hears: ({ bytes }) => ({
        language: 'es',
        segments:
          bytes === silence.bytes
            ? []
            : sentences.map((text, index) => ({
                text,
                fromMs: index * 2000,
                toMs: index * 2000 + 1900,
                confidence: 0.8,
                silence: 0.01,
              })),
      }),
    }),
  }),
  simulator: () => ({ url: openai.url, listener: createListener(http) }),
  // Not installed by default: `npm run local-models` does it.
  ...(isInstalled && hasFfmpeg
    ? { 'local model': () => ({ url: local.url, listener: createListener(http) }) }
    : {}),
};

describe.each(Object.entries(listeners))('Listener (%s)', (name, open) => {
  const needsSound = name !== 'fake' && !canSpeak;

  test.skipIf(needsSound)('tells what is said, when, in which language and how sure it is', async () => {
    const { listener, url } = open();
    const heard = await listener.hear({ url, key: KEY, model: 'whisper-1' }, speech);
    if (!heard.ok) throw new Error(heard.error.code);
    expect(heard.value.language).toBe('es');
    expect(heard.value.segments.map(({ text }) => text.trim())).toEqual(sentences);
    for (const { fromMs, toMs, confidence } of heard.value.segments) {
      expect(fromMs).toBeGreaterThanOrEqual(0);
      expect(toMs).toBeGreaterThan(fromMs);
      expect(confidence).toBeCloseTo(0.8, 1);
    }
  });

  test.skipIf(needsSound)('hears nothing in silence', async () => {
    const { listener, url } = open();
    expect(await listener.hear({ url, key: KEY, model: 'whisper-1' }, silence)).toMatchObject({
      ok: true,
      value: { segments: [] },
    });
  });

  test('names a wrong key and a model that is not there, and never shows the key', async () => {
    const { listener, url } = open();
    const refused = await listener.hear({ url, key: 'sk-wrong-key', model: 'whisper-1' }, speech);
    expect(refused).toEqual({ ok: false, error: { code: 'model.key-refused' } });
    const missing = await listener.hear({ url, key: KEY, model: 'whisper-9' }, speech);
    expect(missing).toEqual({
      ok: false,
      error: {
        code: 'model.not-found',
        reason: expect.stringContaining("The model 'whisper-9'") as unknown,
      },
    });
    expect(JSON.stringify(missing)).not.toContain(KEY);
  });

  test('lists the models', async () => {
    const { listener, url } = open();
    expect(await listener.models({ url, key: KEY })).toMatchObject({
      value: expect.arrayContaining(['whisper-1']) as unknown,
    });
    expect(await listener.models({ url, key: null })).toMatchObject({ error: { code: 'model.key-refused' } });
  });

  test('asks nobody with more than a request may have', async () => {
    const { listener, url } = open();
    const large = soundOf(Buffer.alloc(25 * 1024 * 1024 + 1));
    expect(await listener.hear({ url, key: KEY, model: 'whisper-1' }, large)).toMatchObject({
      error: { code: 'model.too-large', limitBytes: 26_214_400 },
    });
    expect(openai.requests).toEqual([]);
  });
});

describe('over HTTP', () => {
  const hear = (url = openai.url) => createListener(http).hear({ url, key: KEY, model: 'whisper-1' }, speech);

  test.each([
    ['401', 'model.key-refused'],
    ['403', 'model.key-refused'],
    ['429', 'model.rate-limited'],
    ['500', 'model.server-error'],
    ['503', 'model.not-ready'],
    ['no-credit', 'model.no-credit'],
    ['not-found', 'model.not-found'],
    ['bad-request', 'model.rejected'],
    ['html', 'model.bad-answer'],
    ['redirect', 'model.redirected'],
    ['wrong-shape', 'model.bad-answer'],
    ['empty', 'model.bad-answer'],
    ['drop', 'model.unreachable'],
  ] satisfies [FaultKind, string][])('%s is %s', async (kind, code) => {
    openai.faults.add({ path: '/v1/audio', kind });
    const heard = await hear();
    expect(heard).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(heard)).not.toContain(KEY);
    expect(openai.requests).toHaveLength(1); // each costs money
  });

  test.skipIf(!canSpeak).each(['truncated-json', 'nan-times'] as const)(
    '%s is a bad answer',
    async (kind) => {
      openai.faults.add({ path: '/v1/audio', kind });
      expect(await hear()).toMatchObject({ error: { code: 'model.bad-answer', reason: 'malformed' } });
    },
  );

  test('a rate limit tells how long to wait', async () => {
    openai.faults.add({ path: '/v1/audio', kind: '429', retryAfterS: 90 });
    expect(await hear()).toEqual({ ok: false, error: { code: 'model.rate-limited', retryAfterMs: 90_000 } });
  });

  test('nobody there, a name that nobody has, and where clouds keep their secrets', async () => {
    await openai.close();
    expect(await hear()).toMatchObject({ error: { code: 'model.refused' } });
    expect(await hear('http://nobody.invalid')).toMatchObject({ error: { code: 'model.host-unknown' } });
    const resolves = createGuardedFetch((_name, _options, done) =>
      done(null, [{ address: '169.254.169.254', family: 4 }]),
    );
    const guarded = createListener(createHttp({ fetch: resolves }));
    expect(await guarded.hear({ url: 'http://inside', key: KEY, model: 'm' }, speech)).toMatchObject({
      error: { code: 'model.metadata' },
    });
  });

  test('whoever stops listening gets no answer at all', async () => {
    openai.faults.add({ path: '/v1/audio', kind: 'timeout' });
    const stop = new AbortController();
    const hearing = createListener(http).hear(
      { url: openai.url, key: KEY, model: 'whisper-1' },
      speech,
      stop.signal,
    );
    stop.abort();
    await expect(hearing).rejects.toThrow('stopped');
  });

  test.skipIf(!canSpeak)('a model that gives words without their times is told apart', async () => {
    await openai.close();
    openai = await startOpenai({ recordings: [spoken('es', sentences)], tellsTimes: false });
    expect(await hear()).toEqual({ ok: false, error: { code: 'model.without-times' } });
  });

  test('an address with a path is called as it is, one without with the usual path', async () => {
    await hear(`${openai.url}/openai/v1`);
    await hear(openai.url);
    expect(openai.requests.map(({ path }) => path)).toEqual([
      '/openai/v1/audio/transcriptions',
      '/v1/audio/transcriptions',
    ]);
  });
});
