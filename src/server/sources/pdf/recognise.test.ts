import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { SourcePost } from '#features/archive/core/post.ts';
import { aPdf } from '#features/enrichment/server/pdf.fake.ts';
import { aHouse, mediaOf } from './pdf-folder.fake.ts';

const never = new AbortController().signal;

const lamp = aPdf(['The lamp']);
const door = aPdf(['The door, which is longer']);
const idsOf = (posts: readonly SourcePost[]) => posts.map(({ externalId }) => externalId);

test('each folder is a creator, and what lies beside them belongs to one of the name of the folder', async () => {
  const house = await aHouse();
  await house.write('Ana/a/b/deep.pdf', lamp);
  await house.write('Berta/DOOR.PDF', door);
  await house.write('loose.pdf', aPdf(['x']));
  await house.write('Nobody/readme.txt', 'no PDF');
  await house.write('.hidden/x.pdf', lamp);
  await house.write('@eaDir/x.pdf', lamp);
  const creators = await house.source().creators(never);
  expect(creators.ok && creators.value.map(({ externalId, name }) => [externalId, name])).toEqual([
    ['.', 'pdfs'],
    ['Ana', 'Ana'],
    ['Berta', 'Berta'],
  ]);
  expect((await house.list('.')).posts.map(({ title }) => title)).toEqual(['loose']);
  expect((await house.list('Ana')).posts.map(({ title }) => title)).toEqual(['deep']);
});

test('with a name for everybody there is one creator', async () => {
  const house = await aHouse({ creator: 'My shelf' });
  await house.write('a/one.pdf', lamp);
  await house.write('two.pdf', door);
  const creators = await house.source().creators(never);
  expect(creators.ok && creators.value.map(({ externalId, name }) => [externalId, name])).toEqual([
    ['.', 'My shelf'],
  ]);
  expect((await house.list('.')).posts).toHaveLength(2);
});

test('a file that was renamed or moved is the same post with its new name', async () => {
  const house = await aHouse();
  await house.write('Ana/lamp.pdf', lamp);
  const before = await house.list();
  await mkdir(join(house.root, 'Ana/old'));
  await rename(join(house.root, 'Ana/lamp.pdf'), join(house.root, 'Ana/old/The lamp.pdf'));
  house.restart();
  const after = await house.list();
  expect(idsOf(after.posts)).toEqual(idsOf(before.posts));
  expect(after.posts[0]).toMatchObject({ title: 'The lamp', publishedAt: before.posts[0]?.publishedAt });
  expect(mediaOf(after.posts[0])).toBe(mediaOf(before.posts[0]));
});

test('two files that changed their names are the posts that they were', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await house.write('Ana/b.pdf', door);
  const before = await house.list();
  const at = (name: string) => join(house.root, 'Ana', name);
  await rename(at('a.pdf'), at('c.pdf'));
  await rename(at('b.pdf'), at('a.pdf'));
  await rename(at('c.pdf'), at('b.pdf'));
  house.restart();
  const after = await house.list();
  const byId = (posts: readonly SourcePost[]) =>
    new Map(posts.map((post) => [post.externalId, mediaOf(post)]));
  expect(byId(after.posts)).toEqual(byId(before.posts));
});

test('other bytes under the same path are a new version of the same post', async () => {
  const house = await aHouse();
  await house.write('Ana/lamp.pdf', lamp);
  const [before] = (await house.list()).posts;
  await house.write('Ana/lamp.pdf', door);
  const [after] = (await house.list()).posts;
  expect(after?.externalId).toBe(before?.externalId);
  expect(mediaOf(after)).not.toBe(mediaOf(before));
  expect(after?.publishedAt).toEqual(before?.publishedAt);
  expect((await house.fetched(before)).ok).toBe(false);
  const download = await house.fetched(after);
  expect(download.ok && (await buffer(download.value.body)).equals(door)).toBe(true);
});

test('an older copy that is kept beside a new version does not take its place', async () => {
  const house = await aHouse();
  await house.write('Ana/lamp.pdf', lamp);
  const [first] = (await house.list()).posts;
  await house.write('Ana/lamp.pdf', door);
  await house.list();
  await house.write('Ana/lamp of last year.pdf', lamp);
  const ids = idsOf((await house.list()).posts);
  expect(ids).toHaveLength(2);
  expect(ids).toContain(first?.externalId);
  expect(new Set(ids).size).toBe(2);
});

test('the same bytes twice are one post, and outlive either name', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await house.write('Ana/b.pdf', lamp);
  const before = idsOf((await house.list()).posts);
  expect(before).toHaveLength(1);
  await rm(join(house.root, 'Ana/a.pdf'));
  expect(idsOf((await house.list()).posts)).toEqual(before);
});

test('nothing is read again that has its size and its time, not even after a restart', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await house.list();
  expect(house.askedForTitles()).toHaveLength(1);
  house.restart();
  // Other bytes that pretend to be the same file: had it been read, they would have shown.
  const path = join(house.root, 'Ana/a.pdf');
  const { atime, mtime } = await stat(path);
  await house.write('Ana/a.pdf', Buffer.alloc(lamp.length, 'x'));
  await utimes(path, atime, mtime);
  const [post] = (await house.list()).posts;
  expect(house.askedForTitles()).toEqual([]);
  expect(mediaOf(post)).toMatch(/^[0-9a-f]{64}$/);
});

test('a touched file is the same post of the same day', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  const [before] = (await house.list()).posts;
  await utimes(join(house.root, 'Ana/a.pdf'), 0, 1_000_000_000);
  const [after] = (await house.list()).posts;
  expect(after).toMatchObject({
    externalId: before?.externalId,
    publishedAt: before?.publishedAt,
    media: before?.media,
  });
  expect(house.askedForTitles()).toHaveLength(1);
});

test('the title is what the document says, unless that is the name of a draft', async () => {
  const said: Record<string, string> = {
    'a.pdf': '  The \u202elamp\u0000 of\nthe  house ',
    '2026-03-01 Field_notes.pdf': 'Microsoft Word - draft7.doc',
    'c.pdf': 'untitled',
  };
  const house = await aHouse({
    titlesOf: async (paths) => paths.map((path) => said[path.split('/').at(-1) ?? ''] ?? null),
  });
  for (const [index, name] of Object.keys(said).entries())
    await house.write(`Ana/${name}`, aPdf([`${index}`]));
  const { posts } = await house.list();
  expect(posts.map(({ title }) => title).sort()).toEqual(['Field notes', 'The lamp of the house', 'c']);
  expect(posts.find(({ title }) => title === 'Field notes')?.publishedAt).toEqual(new Date('2026-03-01'));
});
