import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPostTexts } from '#features/archive/server/index.ts';
import { createSearch } from '#features/search/server/index.ts';
import { withoutMeaning } from '#features/search/server/meaning/embedder.fake.ts';
import { hasSound, run } from '#tools/seed/patreon/media/programs.ts';
import { speak } from '#tools/seed/patreon/media/speech.ts';
import { spoken } from '#tools/simulators/openai/recordings.ts';
import { startOpenai, type OpenaiSimulator } from '#tools/simulators/openai/start.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aSpeechHouse } from './speech-house.fake.ts';

const CHILD = new URL('../../../../../tests/kill/speech.child.ts', import.meta.url).pathname;
const sentences = ['La zarzuela empieza a las ocho.', 'Mañana lijamos la tapa del armario.'];
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\nLo que dicen los subtítulos\n';
const asMp3 = ['-ac', '1', '-b:a', '48k', '-f', 'mp3', 'pipe:1'];
const invent = (filter: string) => run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', filter, ...asMp3]);

describe.skipIf(!(await hasSound()))('with ffmpeg and espeak-ng', () => {
  let database: TestDatabase;
  let house: Awaited<ReturnType<typeof aSpeechHouse>>;
  let openai: OpenaiSimulator;
  let speech: Buffer;
  /** Eleven minutes: the two sentences with ten minutes and a half of silence between them. */
  let long: Buffer;

  beforeAll(async () => {
    database = await openTestDatabase();
    house = await aSpeechHouse(database.db);
    const { wave } = await speak('es', sentences);
    speech = await run('ffmpeg', ['-v', 'error', '-i', 'pipe:0', ...asMp3], wave);
    const [one, two] = await Promise.all(sentences.map((sentence) => speak('es', [sentence])));
    if (!one || !two) throw new Error('nothing was said');
    const breath = Buffer.alloc(22_050 * 2 * 630);
    const raw = ['-v', 'error', '-f', 's16le', '-ar', '22050', '-ac', '1', '-i', 'pipe:0'];
    long = await run(
      'ffmpeg',
      [...raw, ...asMp3],
      Buffer.concat([one.wave.subarray(44), breath, two.wave.subarray(44)]),
    );
    openai = await startOpenai({
      recordings: [spoken('es', sentences)],
    });
  }, 60_000);
  afterAll(async () => {
    await openai.close();
    await house.close();
    await database.close();
  });
  beforeEach(async () => {
    await house.begin();
    openai.faults.clear();
    openai.requests.length = 0;
  });

  const turnOn = async (over: { model?: string; key?: string } = {}) => {
    const { url, apiKey: key, model } = openai;
    const saved = await house.enrichment.models.save({ isOn: true, url, key, model, ...over });
    if (!saved.ok) throw new Error(saved.error.code);
    house.queued.length = 0;
  };
  const asked = () => openai.requests.filter(({ path }) => path.endsWith('/transcriptions')).length;
  const rowOf = async (sha: string) => {
    const { rows } = await database.pool.query<{ state: string; failure: unknown }>(
      `select state, failure from enrichment_derivatives where sha256 = $1 and kind = 'speech'`,
      [sha],
    );
    return rows[0];
  };

  test('a sound without captions is listened to, can be read, and is found at its second', async () => {
    await turnOn();
    const sha = await house.file('sound', speech);
    await house.derive(sha);
    expect(house.queued).toEqual([{ name: 'transcribe', sha256: sha }]);
    expect(await house.transcribe(sha)).toBeUndefined();

    const text = await house.enrichment.transcriptOf(sha);
    expect(text).toMatchObject({ kind: 'speech', model: 'whisper-1', language: 'es' });
    expect(text?.segments.map((segment) => segment.text)).toEqual(sentences);
    const [first, second] = text?.segments ?? [];
    expect(first?.fromMs).toBeLessThan(150);
    expect(second?.fromMs).toBeGreaterThan(2000);
    expect(house.told).toEqual([sha]);

    const search = createSearch({
      db: database.db,
      postTexts: createPostTexts(database.db),
      textsOf: house.enrichment.textsOf,
      ...withoutMeaning(),
      clock: { now: () => new Date() },
      log: { info: () => undefined, warn: () => undefined },
    });
    await search.indexing.rebuild({ signal: new AbortController().signal, progress: () => undefined });
    const { documents } = await search.search({ text: 'armarios in:transcript', page: 1 });
    expect(documents.flatMap(({ passages }) => passages.map(({ href }) => href))).toEqual([
      expect.stringMatching(/^\/archive\/posts\/a#said-a-sound-\d+$/),
    ]);

    await house.transcribe(sha);
    expect(asked()).toBe(1);
  });

  test('a film has its times from the beginning of the film, also when its sound begins later', async () => {
    await turnOn();
    const film = await run(
      'ffmpeg',
      [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'color=teal:s=64x64:d=9', '-itsoffset', '2', '-i', 'pipe:0'],
        ...['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-c:a', 'aac', '-f', 'matroska', 'pipe:1'],
      ],
      speech,
    );
    const sha = await house.file('film', film, { kind: 'video', mimeType: 'video/x-matroska' });
    await house.transcribe(sha);
    const [first] = (await house.enrichment.transcriptOf(sha))?.segments ?? [];
    expect(Math.abs((first?.fromMs ?? 0) - 2000)).toBeLessThan(250);
  });

  test('while it is off nothing is asked for, and nothing is sent', async () => {
    const sha = await house.file('sound', speech);
    await house.derive(sha);
    expect(house.queued).toEqual([]);
    expect(await house.transcribe(sha)).toBeUndefined();
    await house.sweep();
    expect(house.queued).toEqual([]);
    expect(asked()).toBe(0);
  });

  test('captions that came with a post win, those to come are waited for, and later ones take the place', async () => {
    await turnOn();
    const sha = await house.file('sound', speech);
    await house.shelf.media('a', { externalId: 'to-come', kind: 'file', role: 'captions', of: 'sound' });
    await house.derive(sha);
    await house.transcribe(sha);
    expect([house.queued, asked()]).toEqual([[], 0]);

    await database.pool.query(`delete from archive_post_media where external_id = 'to-come'`);
    await house.transcribe(sha);
    expect((await house.enrichment.transcriptOf(sha))?.kind).toBe('speech');

    const words = await house.captions('sound', VTT);
    await house.derive(words);
    expect(await house.enrichment.transcriptOf(sha)).toBeNull();
    expect(house.told).toEqual([sha, words, sha]);
    house.queued.length = 0;
    await house.transcribe(sha);
    await house.sweep();
    expect([house.queued, asked()]).toEqual([[], 1]);
    expect(await house.enrichment.speech.again(sha)).toMatchObject({
      error: { code: 'enrichment.has-captions' },
    });
  });

  test('captions that nobody can read are no captions', async () => {
    await turnOn();
    const sha = await house.file('sound', speech);
    const words = await house.captions('sound', 'nothing of the kind');
    await house.derive(words);
    expect(house.queued).toEqual([{ name: 'transcribe', sha256: sha }]);
  });

  test('silence costs nothing, noise says nothing, and both are finished', async () => {
    await turnOn();
    const silence = await house.file('silence', await invent('anullsrc=d=20'));
    const noise = await house.file('noise', await invent('anoisesrc=d=20:c=pink:a=0.3'));
    await house.transcribe(silence);
    expect(asked()).toBe(0);
    await house.transcribe(noise);
    expect(asked()).toBe(1);
    for (const sha of [silence, noise])
      expect(await house.enrichment.transcriptOf(sha)).toMatchObject({ kind: 'speech', segments: [] });
    await house.sweep();
    expect(house.queued.filter(({ name }) => name === 'transcribe')).toEqual([]);
  });

  test('a broken file, a film without sound and what the model refuses are named, once', async () => {
    await turnOn();
    const broken = await house.file('broken', Buffer.from('no sound at all'));
    const mute = await house.file(
      'mute',
      await run('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'color=teal:s=64x64:d=1'],
        ...['-c:v', 'libx264', '-f', 'matroska', 'pipe:1'],
      ]),
      { kind: 'video', mimeType: 'video/x-matroska' },
    );
    const refused = await house.file('refused', speech);
    openai.faults.add({ path: '/v1/audio', kind: 'bad-request' });
    for (const sha of [broken, mute, refused]) expect(await house.transcribe(sha)).toBeUndefined();
    for (const sha of [broken, mute])
      expect(await rowOf(sha)).toMatchObject({
        state: 'failed',
        failure: { code: 'derivative.not-readable' },
      });
    expect(await rowOf(refused)).toMatchObject({ failure: { code: 'derivative.rejected' } });
    await house.sweep();
    expect(house.queued.filter(({ name }) => name === 'transcribe')).toEqual([]);

    // Whoever looks at it can have it tried again.
    expect((await house.enrichment.looks([refused])).get(refused)).toMatchObject({ text: 'refused' });
    expect((await house.enrichment.looks([mute])).get(mute)).toMatchObject({ text: 'failed' });

    // Another model may take it.
    await turnOn();
    await house.sweep();
    expect(house.queued.filter(({ name }) => name === 'transcribe')).toHaveLength(3);
  });

  test('what is longer than ten minutes is cut in a silence and is one transcript again', async () => {
    await turnOn();
    const sha = await house.file('long', long);
    await house.transcribe(sha);
    const segments = (await house.enrichment.transcriptOf(sha))?.segments ?? [];
    expect(segments.map(({ text }) => text)).toEqual(sentences);
    expect(Math.abs((segments[1]?.fromMs ?? 0) - 632_000)).toBeLessThan(2000);
    expect(asked()).toBe(2);
  });

  test('a model that breaks off in the middle costs no piece twice', async () => {
    await turnOn();
    const sha = await house.file('long', long);
    openai.faults.add({ path: '/v1/audio', kind: '500', after: 1, times: 1 });
    await expect(house.transcribe(sha)).rejects.toThrow('model.server-error: 500');
    expect(await rowOf(sha)).toBeUndefined();
    expect(await house.transcribe(sha)).toBeUndefined();
    expect(asked()).toBe(3);
    expect((await house.enrichment.transcriptOf(sha))?.segments).toHaveLength(2);
    expect((await database.pool.query('select from enrichment_heard_pieces')).rowCount).toBe(0);
  });

  test('a process that is killed in the middle loses no piece that was paid for', async () => {
    await turnOn();
    const sha = await house.file('long', long);
    const listen = () =>
      spawn(process.execPath, [CHILD, database.url, sha, house.pathOf(sha)], { stdio: 'inherit' });
    openai.faults.add({ path: '/v1/audio', kind: 'timeout', after: 1, times: 1 });
    const dying = listen();
    await expect.poll(asked, { timeout: 40_000, interval: 50 }).toBe(2);
    dying.kill('SIGKILL');
    await once(dying, 'exit');
    expect(await house.enrichment.transcriptOf(sha)).toBeNull();

    expect(await once(listen(), 'exit')).toEqual([0, null]);
    expect(asked()).toBe(3);
    const segments = (await house.enrichment.transcriptOf(sha))?.segments ?? [];
    expect(segments.map(({ text }) => text)).toEqual(sentences);
  }, 90_000);

  test('a rate limit waits as long as it says without costing a try; a wrong key and used up credit wait for a person', async () => {
    await turnOn();
    const sha = await house.file('sound', speech);
    openai.faults.add({ path: '/v1/audio', kind: '429', retryAfterS: 90, times: 1 });
    expect(await house.transcribe(sha)).toEqual({
      is: 'retry-later',
      afterSeconds: 90,
      why: 'model.rate-limited: 90000',
    });
    await turnOn({ key: 'sk-another' });
    expect(await house.transcribe(sha)).toEqual({ is: 'permanent-failure', why: 'model.key-refused' });
    await turnOn();
    openai.faults.add({ path: '/v1/audio', kind: 'no-credit', times: 1 });
    expect(await house.transcribe(sha)).toEqual({ is: 'permanent-failure', why: 'model.no-credit' });
    await turnOn({ model: 'whisper-9' });
    expect(await house.transcribe(sha)).toMatchObject({ is: 'permanent-failure' });
    const away = await house.file('away', null);
    expect(await house.transcribe(away)).toMatchObject({ is: 'retry-later', afterSeconds: 600 });
    await house.sweep();
    expect(house.queued.filter(({ name }) => name === 'transcribe')).toHaveLength(2);
  });

  test('it is listened to again when somebody asks, and can be read until then', async () => {
    await turnOn();
    const sha = await house.file('sound', speech);
    await house.transcribe(sha);
    house.queued.length = 0;
    expect(await house.enrichment.speech.again(sha)).toEqual({ ok: true, value: undefined });
    expect(house.queued).toEqual([{ name: 'transcribe', sha256: sha }]);
    expect((await house.enrichment.transcriptOf(sha))?.segments).toHaveLength(2);
    await house.transcribe(sha);
    expect(asked()).toBe(2);
    await house.enrichment.again(sha); // thumbnails and such: what was heard stays
    expect((await house.enrichment.transcriptOf(sha))?.segments).toHaveLength(2);
  });

  test('the address is tried out with one word', async () => {
    const { url, apiKey: key, model } = openai;
    const draft = { isOn: false, url, key, model };
    const { models } = house.enrichment;
    expect(await models.test(draft)).toMatchObject({ value: { ok: true, text: 'Hola', language: 'es' } });
    expect(await models.test({ ...draft, model: 'whisper-9' })).toMatchObject({
      value: {
        ok: false,
        problem: { code: 'model.not-found' },
        choices: ['whisper-1', 'multilingual-e5-small'],
      },
    });
    expect(await models.read()).toEqual({ isOn: false, url: '', model: '', hasKey: false });
  });

  test('the key is sealed, never shown, kept when it is left out, and sent to no other server', async () => {
    await turnOn();
    const { models } = house.enrichment;
    const { rows } = await database.pool.query('select speech::text from enrichment_models');
    expect(JSON.stringify(rows)).not.toContain(openai.apiKey);
    const { url, model } = openai;
    expect(await models.save({ isOn: true, url: `${url}/v1`, model })).toEqual({
      ok: true,
      value: { isOn: true, url: `${url}/v1`, model, hasKey: true },
    });
    expect(await models.test({ isOn: true, url: 'http://elsewhere:9000', model })).toEqual({
      ok: false,
      error: { code: 'models.key-required', field: 'key' },
    });
    expect(await models.save({ isOn: true, url: '', model })).toMatchObject({
      error: { code: 'models.bad-address', why: 'address.empty' },
    });
    expect(await models.save({ isOn: true, url, model, key: null })).toMatchObject({
      value: { hasKey: false },
    });
  });
});
