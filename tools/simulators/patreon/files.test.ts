import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import sharp from 'sharp';
import type { Media, Post } from '../../seed/patreon/patronage.ts';
import { cdnUrl } from './addresses.ts';
import { patron, type Ask } from './client.fake.ts';
import { startPatreon, type PatreonSimulator } from './start.ts';

const DAY_MS = 86_400_000;
const now = new Date('2026-11-20T12:00:00Z');
let patreon: PatreonSimulator;
let ask: Ask;
let posts: Post[];
beforeAll(async () => {
  patreon = await startPatreon(undefined, { now: () => now });
  ask = patron(patreon);
  posts = patreon.house.patronage.creators.flatMap((creator) => creator.posts);
});
beforeEach(() => (patreon.house.clock.aheadMs = 0));
afterAll(() => patreon.close());

type Hung = { post: Post; media: Media };
const find = (wanted: (hung: Hung) => boolean): Hung => {
  const all = posts.flatMap((post) => post.media.map((media) => ({ post, media })));
  const found = all.find((hung) => hung.post.access.kind !== 'tier' && wanted(hung));
  if (!found) throw new Error('the seed has no such file');
  return found;
};
const urlOf = ({ post, media }: Hung): string => cdnUrl(patreon.house, media, { kind: 'post', id: post.id });
const fetchPicture = async (quirk: string) => {
  const hung = find(({ media }) => media.file.kind === 'picture' && media.file.quirk === quirk);
  return sharp(Buffer.from(await (await fetch(urlOf(hung))).arrayBuffer())).metadata();
};

test('a picture is as large as was told, at its size and at every other', async () => {
  const hung = find(
    ({ post, media }) =>
      post.postType === 'image_file' &&
      media.role === 'image' &&
      media.file.kind === 'picture' &&
      !media.file.quirk,
  );
  const { document } = await ask(
    `/api/posts/${hung.post.id}?include=images&fields[media]=size_bytes,image_urls,metadata,download_url`,
  );
  const told = document.included?.find(({ id }) => id === hung.media.id)?.attributes ?? {};
  const { original = '', default_small: small = '' } = told['image_urls'] as Record<string, string>;
  const whole = Buffer.from(await (await fetch(original)).arrayBuffer());
  expect(whole.length).toBe(told['size_bytes']);
  const { dimensions } = told['metadata'] as { dimensions: { w: number; h: number } };
  expect(await sharp(whole).metadata()).toMatchObject({ width: dimensions.w, height: dimensions.h });
  const little = await sharp(Buffer.from(await (await fetch(small)).arrayBuffer())).metadata();
  expect(little.width).toBe(360);
});

test('one picture moves, one has to be turned, one has more colours', async () => {
  expect((await fetchPicture('animated')).pages).toBe(8);
  expect((await fetchPicture('rotated')).orientation).toBe(6);
  expect((await fetchPicture('wide-gamut')).icc?.length).toBeGreaterThan(100);
});

test('the cover is the first picture once more, under the same hash', async () => {
  const { post, media } = find(
    ({ post: one, media: file }) => one.postType === 'image_file' && file.role === 'image',
  );
  const { document } = await ask(`/api/posts/${post.id}`);
  const hash = /\/p\/post\/\d+\/([0-9a-f]{32})\//;
  const image = document.data.attributes['image'] as { url: string };
  expect(hash.exec(image.url)?.[1]).toBe(hash.exec(urlOf({ post, media }))?.[1]);
});

test('the order of a gallery is told apart from the list of its pictures', async () => {
  const { post } = find(({ post: one }) => one.media.filter(({ role }) => role === 'image').length > 3);
  const { document } = await ask(`/api/posts/${post.id}?include=images&fields[post]=post_metadata`);
  const { image_order: order } = document.data.attributes['post_metadata'] as { image_order: string[] };
  const listed = document.data.relationships?.['images']?.data as { id: string }[];
  expect(order).toEqual(post.media.filter(({ role }) => role === 'image').map(({ id }) => id));
  expect(listed.map(({ id }) => id)).toEqual(order.toReversed());
});

test('a picture in the text that is in no list is found by its number', async () => {
  const { post, media } = find(({ media: file }) => file.role === 'inline');
  const { document } = await ask(`/api/posts/${post.id}?include=media,images`);
  expect(document.included?.map(({ id }) => id)).not.toContain(media.id);
  const alone = await ask(`/api/media/${media.id}`);
  expect(alone.document.data.attributes).toMatchObject({
    owner_relationship: 'text-editor',
    file_name: null,
  });
});

test.each([
  ['plain', /^attachment; filename="[^"]+"$/],
  ['rfc5987', /filename\*=UTF-8''/],
] as const)(
  'an attachment is fetched by way of the site, and its name is told %s',
  async (disposition, pattern) => {
    const { post, media } = find(
      ({ media: file }) => file.role === 'attachment' && file.disposition === disposition,
    );
    const way = await ask(`/file?h=${post.id}&m=${media.id}`);
    expect(way.status).toBe(302);
    const file = await fetch(way.headers.get('location') ?? '');
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toMatch(pattern);
  },
);

test('an attachment without a name says none, and nobody gets one without a cookie', async () => {
  const { post, media } = find(
    ({ media: file }) => file.role === 'attachment' && file.disposition === 'none',
  );
  const path = `/file?h=${post.id}&m=${media.id}`;
  const file = await fetch((await ask(path)).headers.get('location') ?? '');
  expect(file.headers.get('content-disposition')).toBeNull();
  expect((await ask(path, {})).headers.get('location')).toContain('/login');
  expect((await ask(`/file?h=${post.id}&m=1`)).status).toBe(404);
});

test('a download goes on where it stopped', async () => {
  const url = urlOf(find(({ media }) => media.file.kind === 'pdf'));
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  const rest = await fetch(url, { headers: { range: 'bytes=100-' } });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-range')).toBe(
    `bytes 100-${String(whole.length - 1)}/${String(whole.length)}`,
  );
  expect(Buffer.from(await rest.arrayBuffer()).equals(whole.subarray(100))).toBe(true);
  const beyond = await fetch(url, { headers: { range: `bytes=${String(whole.length)}-` } });
  expect(beyond.status).toBe(416);
  const head = await fetch(url, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(String(whole.length));
});

test('an address ends at midnight, and a new one works', async () => {
  const hung = find(({ media }) => media.role === 'image');
  const old = urlOf(hung);
  expect(Number(new URL(old).searchParams.get('token-time')) % 86_400).toBe(0);
  patreon.act.passTime(15 * DAY_MS);
  expect((await fetch(old)).status).toBe(403);
  expect((await fetch(urlOf(hung))).status).toBe(200);
});

test('a forged address is refused, and one that was encoded twice is not understood', async () => {
  const url = new URL(urlOf(find(({ media }) => media.role === 'image')));
  const twice = url.href.replace(
    /token-hash=([^&]+)/,
    (_, hash: string) => `token-hash=${encodeURIComponent(hash)}`,
  );
  expect((await fetch(twice)).status).toBe(400);
  url.searchParams.set('token-time', '4000000000');
  expect((await fetch(url)).status).toBe(403);
});

test('a lost file is not there any more', async () => {
  const hung = find(({ media }) => media.file.kind === 'zip');
  patreon.act.loseFile(hung.media.id);
  expect((await fetch(urlOf(hung))).status).toBe(404);
});

test('a cookie that reaches the file server is written down there', async () => {
  patreon.cdn.requests.length = 0;
  await fetch(urlOf(find(({ media }) => media.role === 'image')), { headers: { cookie: patreon.cookie } });
  expect(patreon.cdn.requests[0]?.headers.cookie).toBe(patreon.cookie);
  expect(new URL(patreon.cdnUrl).hostname).not.toBe(new URL(patreon.url).hostname);
});

test('without ffmpeg and espeak-ng there is no sound, and everything else', async () => {
  const quiet = await startPatreon(patreon.house.patronage, {
    now: () => now,
    hasSound: () => Promise.resolve(false),
  });
  const spoken = find(({ media }) => media.file.kind === 'speech');
  const drawn = find(({ media }) => media.file.kind === 'picture');
  const from = ({ post, media }: Hung): Promise<Response> =>
    fetch(cdnUrl(quiet.house, media, { kind: 'post', id: post.id }));
  expect(await (await from(spoken)).text()).toContain('not made');
  expect((await from(spoken)).status).toBe(404);
  expect((await from(drawn)).status).toBe(200);
  expect((await patron(quiet)(`/api/posts/${spoken.post.id}`)).status).toBe(200);
  await quiet.close();
});
