import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSound, run } from '../../seed/patreon/media/programs.ts';
import { recordSpeech, speak } from '../../seed/patreon/media/speech.ts';
import { spoken } from './recordings.ts';
import { startOpenai, type OpenaiSimulator } from './start.ts';

const sentences = ['La lámpara del taller está encendida.', 'Mañana lijamos la tapa del armario.'];
let openai: OpenaiSimulator;

beforeAll(async () => {
  openai = await startOpenai({
    recordings: [spoken('en', ['The map of the north is drawn.']), spoken('es', sentences)],
  });
});
afterAll(() => openai.close());

async function transcribe(sound: Buffer, over: Record<string, string> = {}, key = openai.apiKey) {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(sound)]), 'a.mp3');
  const fields = { model: 'whisper-1', response_format: 'verbose_json', ...over };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const response = await fetch(`${openai.url}/v1/audio/transcriptions`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${key}` },
  });
  const type = response.headers.get('content-type') ?? '';
  const body: unknown = type.includes('json') ? await response.json() : await response.text();
  return { status: response.status, body: body as Record<string, unknown> };
}

test('a wrong key and what is no sound are refused as OpenAI does', async () => {
  expect((await transcribe(Buffer.from('?'), {}, 'wrong')).status).toBe(401);
  expect((await transcribe(Buffer.from('?'), { model: 'gpt' })).body).toMatchObject({
    error: { code: 'model_not_found' },
  });
  expect((await transcribe(Buffer.from('no sound'))).status).toBe(400);
});

describe.skipIf(!(await hasSound()))('with ffmpeg and espeak-ng', () => {
  const said = (body: Record<string, unknown>) =>
    (body['segments'] as { text: string }[]).map(({ text }) => text.trim());

  test('it knows again what the seed says, in another codec', async () => {
    const { files } = await recordSpeech({ kind: 'speech', language: 'es', sentences, format: 'm4a' });
    const { body } = await transcribe(files['file'] ?? Buffer.alloc(0));
    expect(body).toMatchObject({ language: 'spanish', text: sentences.join(' ') });
    expect(said(body)).toEqual(sentences);
  });

  test('subtitles come as text, with their times', async () => {
    const { wave } = await speak('es', sentences);
    const as = async (format: string) => (await transcribe(wave, { response_format: format })).body;
    const [time, comma] = [String.raw`00:00:0\d\.\d{3}`, String.raw`00:00:0\d,\d{3}`];
    expect(await as('vtt')).toMatch(new RegExp(`^WEBVTT\n\n${time} --> ${time}\n${sentences[0]}\n\n`));
    expect(await as('srt')).toMatch(new RegExp(`^1\n${comma} --> ${comma}\n${sentences[0]}\n\n2\n`));
  });

  test('of a piece it says what is in it, at the times of the piece', async () => {
    const { wave, vtt } = await speak('es', sentences);
    const second = /\n\n.*\n\n00:00:(\d\d\.\d+)/s.exec(vtt)?.[1] ?? '';
    const args = ['-v', 'error', '-i', 'pipe:0', '-ss', String(Number(second) - 0.2), '-f', 'mp3', 'pipe:1'];
    const { body } = await transcribe(await run('ffmpeg', args, wave));
    expect(said(body)).toEqual([sentences[1]]);
    const [segment] = body['segments'] as { start: number }[];
    expect(Math.abs((segment?.start ?? 9) - 0.2)).toBeLessThan(0.15);
  });

  const noise = (filter: string) =>
    run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', filter, '-f', 'mp3', 'pipe:1']);

  test('silence gives no segments, and over noise it makes up what nobody said', async () => {
    expect((await transcribe(await noise('anullsrc=d=3'))).body).toMatchObject({ text: '', segments: [] });
    const { body } = await transcribe(await noise('anoisesrc=d=3:c=pink:a=0.3'));
    expect(body['segments']).toMatchObject([{ no_speech_prob: 0.93, avg_logprob: -1.6 }]);
  });
});
