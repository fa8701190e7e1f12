import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import type { Download, DownloadWish, Source } from '#features/archive/server/ports.ts';
import type { Media } from '#tools/seed/patreon/patronage.ts';
import type { PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { simulatedPatreon } from '../harness.fake.ts';
import { aWish, firstMedia, openSimulated, problemOf, useDownloads } from './downloads.fake.ts';
import { never, valueOf } from './simulated.fake.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // films are made when they are first asked for

let patreon: PatreonSimulator;
let source: Source;
let folder: string;
useDownloads((place) => ({ patreon, source, folder } = place));

const found = (test: Parameters<typeof firstMedia>[1]) => firstMedia(patreon, test);
const wishFor = (post: { id: string }, media: Media, more: Partial<DownloadWish> = {}): DownloadWish =>
  aWish({ post, media, workFolder: folder }, more);
const bytes = (download: Download): Promise<Buffer> => buffer(download.body);

test('HLS: a video is repacked whole, with the Referer and without the cookie', async () => {
  const { post, media } = found((_, { role, isProtected }) => role === 'video' && !isProtected);
  const download = valueOf(await source.download(wishFor(post, media), never));
  expect(download).toMatchObject({ mimeType: 'video/mp4', fromByte: 0, validator: null });
  expect((await bytes(download)).length).toBe(download.sizeBytes);
  const probe = await promisify(execFile)('ffprobe', [
    ...['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', join(folder, 'stream.mp4')],
  ]);
  expect(probe.stdout).toContain('video');
  const asked = patreon.cdn.requests.filter(({ path }) => path.startsWith('/mux/'));
  expect(asked.length).toBeGreaterThan(3);
  for (const { headers } of asked) {
    expect(headers.cookie).toBeUndefined();
    expect(headers.referer).toBe('https://www.patreon.com/');
  }
}, 180_000);

test('HLS: words that only the stream names are captions of the post, whole and each line once', async () => {
  const { post, media } = found((_, one) => one.hasStreamWords && !one.isProtected);
  const raw = valueOf(await source.post(post.id, never));
  const plugin = simulatedPatreon(patreon);
  const captions = valueOf(plugin.read(raw)).media.filter(({ role }) => role === 'captions');
  const language = media.file.kind === 'film' ? media.file.language : '';
  expect(captions).toMatchObject([
    { of: media.id, language, mimeType: 'text/vtt', externalId: `${media.id}-captions-${language}` },
  ]);
  const [wanted] = captions;
  if (!wanted) throw new Error('no captions');
  const download = valueOf(await source.download({ ...wishFor(post, media), media: wanted }, never));
  const words = (await bytes(download)).toString();
  expect(words).toMatch(/^WEBVTT\n\n00:00:00\.000 --> /);
  for (const sentence of media.file.kind === 'film' ? media.file.sentences : [])
    expect(words.split(sentence)).toHaveLength(2);
  const asked = patreon.cdn.requests.filter(({ path }) => path.endsWith('.vtt'));
  expect(asked.length).toBeGreaterThan(0);
  for (const { headers } of asked) expect(headers.cookie).toBeUndefined();
}, 180_000);

test('HLS: a stream that does not answer costs its post nothing but the words', async () => {
  const { post } = found((_, one) => one.hasStreamWords && !one.isProtected);
  patreon.cdn.faults.add({ path: '/mux/', kind: '503' });
  const raw = valueOf(await source.post(post.id, never));
  const { media, blocks } = valueOf(simulatedPatreon(patreon).read(raw));
  expect(media.filter(({ role }) => role === 'captions')).toEqual([]);
  expect(blocks.length).toBeGreaterThan(0);
});

test('HLS: a token that died is asked for anew, once', async () => {
  const { post, media } = found((_, { role, isProtected }) => role === 'video' && !isProtected);
  // Its stream was asked for words by then, and is not asked again within minutes.
  valueOf(await source.post(post.id, never));
  patreon.cdn.faults.add({ path: '/mux/', kind: '403', times: 1 });
  const download = valueOf(await source.download(wishFor(post, media), never));
  expect((await bytes(download)).length).toBe(download.sizeBytes);
}, 180_000);

test('HLS: a piece that is missing makes no shorter video', async () => {
  const { post, media } = found((_, { role, isProtected }) => role === 'video' && !isProtected);
  patreon.cdn.faults.add({ path: /\.ts$/, kind: 'not-found' });
  expect(await problemOf(source, wishFor(post, media))).toMatchObject({ code: 'download.program-failed' });
}, 180_000);

test('HLS: whoever left while it is repacked gets nothing', async () => {
  const { post, media } = found((_, { role, isProtected }) => role === 'video' && !isProtected);
  patreon.cdn.faults.add({ path: /\.ts$/, kind: 'timeout' });
  const leaving = new AbortController();
  const answer = source.download(wishFor(post, media), leaving.signal);
  await expect
    .poll(() => patreon.cdn.requests.some(({ path }) => path.endsWith('.ts')), { timeout: 60_000 })
    .toBe(true);
  leaving.abort();
  expect(await answer).toEqual({ ok: false, error: { code: 'source.aborted' } });
}, 180_000);

test('DRM: protection is recognised before anything is fetched', async () => {
  const { post, media } = found((_, { role, isProtected }) => role === 'video' && !isProtected);
  patreon.act.protectFilm(media.id);
  expect(await problemOf(source, wishFor(post, media))).toEqual({ code: 'download.drm' });
  expect(patreon.cdn.requests.some(({ path }) => path.endsWith('.ts'))).toBe(false);
  media.isProtected = false;
}, 180_000);

test('ffmpeg missing: it is named', async () => {
  const { post, media } = found((_, { role, isProtected }) => role === 'video' && !isProtected);
  expect(
    await problemOf(openSimulated(patreon, { ffmpeg: '/not/here/ffmpeg' }), wishFor(post, media)),
  ).toEqual({
    code: 'download.program-missing',
    program: 'ffmpeg',
  });
}, 180_000);
