import { expect, test } from 'vitest';
import { aSha } from './ports.fake.ts';
import { transcriptsApi } from './transcripts.api.ts';

const segments = [{ fromMs: 1000, toMs: 2500, text: 'Tom & Jerry' }];
const api = transcriptsApi({
  transcriptOf: async (sha) => {
    if (sha === aSha(1)) return { kind: 'captions', language: 'es', segments };
    const heard = segments.map((segment) => ({ ...segment, confidence: 0.8 }));
    return sha === aSha(3) ? { kind: 'speech', model: 'whisper-1', language: null, segments: heard } : null;
  },
});

test('a transcript is given as values and as WebVTT', async () => {
  const values = await api.request(`/transcripts/${aSha(1)}`);
  expect(await values.json()).toEqual({
    sha256: aSha(1),
    kind: 'captions',
    language: 'es',
    model: null,
    segments: [{ ...segments[0], confidence: null }],
  });
  const file = await api.request(`/transcripts/${aSha(1)}.vtt`);
  expect(file.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
  expect(await file.text()).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nTom &amp; Jerry\n');
});

test('what a model heard says which model it was and how sure', async () => {
  const values = await api.request(`/transcripts/${aSha(3)}`);
  expect(await values.json()).toMatchObject({
    kind: 'speech',
    model: 'whisper-1',
    segments: [{ text: 'Tom & Jerry', confidence: 0.8 }],
  });
});

test.each([
  [404, aSha(2)],
  [404, `${aSha(2)}.vtt`],
  [404, 'nothing.vtt'],
  [400, 'nothing'],
])('says %i for %s', async (status, id) => {
  expect((await api.request(`/transcripts/${id}`)).status).toBe(status);
});
