import { buffer } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import type { Download, DownloadWish, Source } from '#features/archive/server/ports.ts';
import type { Media, Post } from '#tools/seed/patreon/patronage.ts';
import type { PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import { aPlainFile, simulatedPatreon } from '../harness.fake.ts';
import { asMedia, aWish, firstMedia, openSimulated, problemOf, useDownloads } from './downloads.fake.ts';
import { MAPS, never, valueOf } from './simulated.fake.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // pictures and films are made when they are first asked for

const HOUR_MS = 3_600_000;

let patreon: PatreonSimulator;
let source: Source;
let folder: string;
useDownloads((place) => ({ patreon, source, folder } = place));

const found = (test: Parameters<typeof firstMedia>[1]) => firstMedia(patreon, test);
const wishFor = (post: { id: string }, media: Media, more: Partial<DownloadWish> = {}): DownloadWish =>
  aWish({ post, media, workFolder: folder }, more);
const bytes = (download: Download): Promise<Buffer> => buffer(download.body);

let nextId = 990_000_100;
/** A post of its own with one attachment. */
function anAttachment(more: Partial<Media> = {}): { post: Post; media: Media } {
  const media: Media = { ...aPlainFile(String((nextId += 1))), ...more };
  const post = patreon.act.publish(MAPS, { title: 'A file', media: [media] });
  return { post, media };
}

test.each([
  ['plain', 'notes.txt', 'notes.txt'],
  ['rfc5987', 'Lámina 3 – “final”.pdf', 'Lámina 3 – “final”.pdf'],
  ['none', 'notes.txt', null],
] as const)(
  'attachment: by /file with the cookie, then bare; the name is said %s',
  async (disposition, fileName, name) => {
    const { post, media } = anAttachment({ disposition, fileName });
    const download = valueOf(await source.download(wishFor(post, media), never));
    expect(download.fileName).toBe(name);
    expect((await bytes(download)).toString()).toContain('A line of a plain file.');
    const file = patreon.requests.find(({ path }) => path === '/file');
    expect(file?.headers.cookie).toContain('session_id=');
    expect(patreon.cdn.requests.map(({ headers }) => headers.cookie)).toEqual([undefined]);
  },
);

test('size_bytes null: a size that nobody told is that of the host', async () => {
  const { post, media } = anAttachment({ tellsSize: false });
  const download = valueOf(await source.download(wishFor(post, media), never));
  expect(download.sizeBytes).toBe((await bytes(download)).length);
});

test('a picture comes as it was given, with its type, and without the cookie', async () => {
  const { post, media } = found((_, { role, file }) => role === 'image' && file.kind !== 'plain');
  const download = valueOf(await source.download(wishFor(post, media), never));
  expect(download.mimeType).toMatch(/^image\//);
  expect((await bytes(download)).length).toBe(download.sizeBytes);
  expect(patreon.cdn.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
});

test('expired: an address that died since it was told is asked for anew, once', async () => {
  const { post, media } = found((_, { role, file }) => role === 'image' && file.kind !== 'plain');
  valueOf(await source.download(wishFor(post, media), never)).body.destroy();
  patreon.cdn.faults.add({ path: '/4/', kind: '403', times: 1 });
  const download = valueOf(await source.download(wishFor(post, media), never));
  expect((await bytes(download)).length).toBe(download.sizeBytes);
  expect(patreon.requests.filter(({ path }) => path === `/api/posts/${post.id}`)).toHaveLength(2);
});

test('expired: when the fresh address is refused as well, it is forbidden', async () => {
  const { post, media } = found((_, { role, file }) => role === 'image' && file.kind !== 'plain');
  patreon.cdn.faults.add({ path: '/4/', kind: '403' });
  expect(await problemOf(source, wishFor(post, media))).toEqual({ code: 'source.forbidden' });
  expect(patreon.cdn.requests).toHaveLength(2);
});

test('many pictures of a post are fetched with one question', async () => {
  const { post } = found((one) => one.media.filter(({ role }) => role === 'image').length > 2);
  for (const media of post.media.filter(({ role }) => role === 'image'))
    valueOf(await source.download(wishFor(post, media), never)).body.destroy();
  expect(patreon.requests.filter(({ path }) => path === `/api/posts/${post.id}`)).toHaveLength(1);
});

test('an address is used within minutes only', async () => {
  const { post, media } = anAttachment();
  await source.download(wishFor(post, media), never);
  patreon.act.passTime(HOUR_MS / 6);
  await source.download(wishFor(post, media), never);
  expect(patreon.requests.filter(({ path }) => path === `/api/posts/${post.id}`)).toHaveLength(2);
  patreon.house.clock.aheadMs = 0;
});

test('a file that the host has lost is not found', async () => {
  const { post, media } = anAttachment();
  patreon.act.loseFile(media.id);
  expect(await problemOf(source, wishFor(post, media))).toEqual({ code: 'source.not-found' });
});

test('a post that was taken away is not found', async () => {
  const { post, media } = anAttachment();
  patreon.act.remove(post.id);
  expect(await problemOf(source, wishFor(post, media))).toEqual({ code: 'source.not-found' });
});

test('nothing of a locked post is fetched, however its picture looks', async () => {
  const { post, media } = found((_, { role, file }) => role === 'image' && file.kind !== 'plain');
  patreon.act.setViewable(post.id, false);
  expect(await problemOf(source, wishFor(post, media))).toEqual({ code: 'source.forbidden' });
  patreon.act.setViewable(post.id, null);
  expect(patreon.cdn.requests).toEqual([]);
});

test.each([
  ['html', { code: 'download.wrong-type' }],
  ['500', { code: 'download.host-failed', reason: 'HTTP 500' }],
  ['429', { code: 'source.rate-limited', retryAfterMs: 7000 }],
] as const)('a file server that answers %s has a name for it', async (kind, problem) => {
  const { post, media } = anAttachment();
  patreon.cdn.faults.add({ path: '/4/', kind, retryAfterS: 7 });
  expect(await problemOf(source, wishFor(post, media))).toMatchObject(problem);
});

test.each(['drop', 'long-length'] as const)(
  'wrong Content-Length (%s): the body ends in an error and not as if it were whole',
  async (kind) => {
    const { post, media } = anAttachment();
    patreon.cdn.faults.add({ path: '/4/', kind });
    const download = await source.download(wishFor(post, media), never);
    await expect(download.ok ? bytes(download.value) : Promise.reject(new Error('cut'))).rejects.toThrow();
  },
);

test('/file for somebody who is signed out says so', async () => {
  const { post, media } = anAttachment();
  patreon.faults.add({ path: '/file', kind: 'redirect' });
  expect(await problemOf(source, wishFor(post, media))).toEqual({ code: 'source.signed-out' });
});

test('a file above the limit is refused before a byte is read', async () => {
  const { post, media } = anAttachment();
  expect(await problemOf(openSimulated(patreon, { mostBytes: 10 }), wishFor(post, media))).toEqual({
    code: 'download.too-large',
    limitBytes: 10,
  });
});

test('a picture of the text that lies elsewhere is not fetched, nor is anything of the house', async () => {
  const content = '<p><img src="http://192.168.1.1/router.png"><img src="http://169.254.169.254/latest"></p>';
  const post = patreon.act.publish(MAPS, { title: 'Foreign', raw: { content, json: null } });
  const plugin = simulatedPatreon(patreon);
  const read = valueOf(plugin.read(valueOf(await source.post(post.id, never))));
  expect(read.media).toHaveLength(2);
  for (const media of read.media) {
    const wish = {
      creatorId: MAPS,
      postId: post.id,
      media,
      fromByte: 0,
      validator: null,
      workFolder: folder,
    };
    expect(await problemOf(source, wish)).toMatchObject({ code: 'download.unsupported-host' });
  }
});

test('a redirect of the file server to a foreign host is not followed', async () => {
  const { post, media } = anAttachment();
  patreon.cdn.faults.add({ path: '/4/', kind: 'redirect' });
  const problem = await problemOf(source, wishFor(post, media));
  expect(problem.code).not.toBe('ok');
  expect(patreon.cdn.requests.length).toBeLessThan(6);
});

test('the sound of an episode, and its captions', async () => {
  const { post, media } = found((_, { role, hasTranscript }) => role === 'audio' && hasTranscript);
  const download = valueOf(await source.download(wishFor(post, media), never));
  expect(download.mimeType).toMatch(/^audio\//);
  expect((await bytes(download)).length).toBeGreaterThan(1000);
  const captions = {
    ...asMedia(media),
    externalId: `${media.id}-captions`,
    kind: 'file' as const,
    role: 'captions' as const,
  };
  const words = valueOf(await source.download({ ...wishFor(post, media), media: captions }, never));
  expect((await bytes(words)).toString()).toMatch(/^WEBVTT/);
}, 120_000);

test('a product that was bought has its files', async () => {
  const product = patreon.house.patronage.creators
    .flatMap(({ products }) => products)
    .find(({ ownedSince, content }) => ownedSince !== null && content.length > 0);
  const [media] = product?.content ?? [];
  if (!product || !media) throw new Error('nothing was bought');
  const wish = wishFor({ id: `product-${product.id}` }, media);
  const download = valueOf(await source.download({ ...wish, media: { ...wish.media, kind: 'file' } }, never));
  expect((await bytes(download)).length).toBeGreaterThan(100);
}, 120_000);
