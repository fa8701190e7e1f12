import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCaptionFile } from './captions.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kc-captions-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: string | Buffer, language: string | null = null) {
  const path = join(folder, 'captions');
  await writeFile(path, bytes);
  return readCaptionFile(path, language);
}

const srt = '1\n00:00:01,000 --> 00:00:02,000\n¿Mañana?\n';
const segments = [{ fromMs: 1000, toMs: 2000, text: '¿Mañana?' }];

test.each([
  ['UTF-8', Buffer.from(srt)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${srt}`)],
  ['UTF-16', Buffer.from(`\ufeff${srt}`, 'utf16le')],
  ['the letters of Windows', Buffer.from(srt, 'latin1')],
])('captions in %s', async (_name, bytes) => {
  expect(await read(bytes)).toEqual({ ok: true, value: { kind: 'captions', language: null, segments } });
});

test('what a post says of the language comes before what the file says', async () => {
  const vtt = 'WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\nHi\n';
  expect(await read(vtt)).toMatchObject({ ok: true, value: { language: 'en' } });
  expect(await read(vtt, 'en-GB')).toMatchObject({ ok: true, value: { language: 'en-GB' } });
});

test('what has no captions, and what is far too long for them, is named', async () => {
  expect(await read('1\nnothing')).toMatchObject({ ok: false, error: { code: 'derivative.not-readable' } });
  expect(await read(Buffer.alloc(5 * 1024 * 1024, srt))).toEqual({
    ok: false,
    error: { code: 'derivative.too-large' },
  });
});
