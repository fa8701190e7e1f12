import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rename, rm, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { aPdf } from '#features/enrichment/server/pdf.fake.ts';
import { aHouse, mediaOf } from './pdf-folder.fake.ts';

const never = new AbortController().signal;
const isRoot = process.getuid?.() === 0;

const lamp = aPdf(['The lamp']);
const door = aPdf(['The door, which is longer']);

test('a folder that is not there has a name, and is no empty list', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  const [post] = (await house.list()).posts;
  await rename(house.root, `${house.root} away`);
  const missing = { ok: false, error: { code: 'source.folder-missing', path: house.root } };
  expect(await house.source().check(never)).toEqual(missing);
  expect(await house.source().creators(never)).toEqual(missing);
  expect(await house.source().glance?.(never)).toEqual(missing);
  expect(await house.source().post(post?.externalId ?? '', never)).toEqual(missing);
  expect(await house.fetched(post)).toEqual(missing);
  expect(await house.list()).toEqual({ posts: [], problem: 'source.folder-missing' });
});

test('a folder that is empty all at once is a mount point without its disk', async () => {
  const house = await aHouse();
  expect((await house.source().check(never)).ok).toBe(true); // of a new one nothing is missing
  await house.write('Ana/a.pdf', lamp);
  const [post] = (await house.list()).posts;
  await rename(house.root, `${house.root} away`);
  await mkdir(house.root);
  const empty = { ok: false, error: { code: 'source.folder-empty', path: house.root } };
  expect(await house.source().check(never)).toEqual(empty);
  expect(await house.source().creators(never)).toEqual(empty);
  expect(await house.source().glance?.(never)).toEqual(empty);
  expect(await house.source().post(post?.externalId ?? '', never)).toEqual(empty);
  expect(await house.list()).toEqual({ posts: [], problem: 'source.folder-empty' });
});

test('a creator whose folder is gone or empty has lost nothing', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await house.write('Berta/b.pdf', door);
  const [post] = (await house.list()).posts;
  await rename(join(house.root, 'Ana'), join(house.base, 'Ana'));
  expect(await house.list()).toEqual({ posts: [], problem: 'source.creator-empty' });
  expect(await house.source().post(post?.externalId ?? '', never)).toMatchObject({
    error: { code: 'source.creator-empty' },
  });
  expect((await house.list('Berta')).problem).toBeNull();
});

test('a file that was removed is not found, and the others are', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await house.write('Ana/b.pdf', door);
  const { posts } = await house.list();
  const gone = posts.find(({ title }) => title === 'a');
  await rm(join(house.root, 'Ana/a.pdf'));
  expect(await house.source().post(gone?.externalId ?? '', never)).toMatchObject({
    error: { code: 'source.not-found' },
  });
  const left = await house.list();
  expect(left).toMatchObject({ posts: [{ title: 'b' }], problem: null });
});

test('a link that leads out is named and never followed; one inside is the file it leads to', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await symlink('/etc/hostname', join(house.root, 'Ana/out.pdf'));
  await symlink(join(house.root, 'Ana/a.pdf'), join(house.root, 'Ana/in.pdf'));
  await symlink(join(house.root, 'nowhere'), join(house.root, 'Ana/broken.pdf'));
  await mkdir(join(house.base, 'elsewhere'));
  await symlink(join(house.base, 'elsewhere'), join(house.root, 'Ana/linked folder'));
  const { posts, problem } = await house.list();
  expect(problem).toBeNull();
  expect(posts.map(({ title }) => title).sort()).toEqual(['a', 'broken', 'out']);
  const why = (title: string) => house.fetched(posts.find((post) => post.title === title));
  expect(await why('out')).toEqual({ ok: false, error: { code: 'download.file-refused', why: 'outside' } });
  expect(await why('broken')).toEqual({
    ok: false,
    error: { code: 'download.file-refused', why: 'no-file' },
  });
});

test('a folder that became a link after it was listed is not followed either', async () => {
  const house = await aHouse();
  await house.write('Ana/x/a.pdf', lamp);
  const [post] = (await house.list()).posts;
  await rename(join(house.root, 'Ana/x'), join(house.base, 'x'));
  await symlink(join(house.base, 'x'), join(house.root, 'Ana/x'));
  expect(await house.fetched(post)).toEqual({
    ok: false,
    error: { code: 'download.file-refused', why: 'outside' },
  });
});

test('a pipe that is called a PDF holds nobody up', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  execFileSync('mkfifo', [join(house.root, 'Ana/pipe.pdf')]);
  const { posts } = await house.list();
  const pipe = posts.find(({ title }) => title === 'pipe');
  expect(await house.fetched(pipe)).toEqual({
    ok: false,
    error: { code: 'download.file-refused', why: 'no-file' },
  });
});

test.skipIf(isRoot)('a file that may not be read is named, and read when it may', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await chmod(join(house.root, 'Ana/a.pdf'), 0);
  const [post] = (await house.list()).posts;
  expect(await house.fetched(post)).toEqual({
    ok: false,
    error: { code: 'download.file-refused', why: 'unreadable' },
  });
  const before = await house.source().glance?.(never);
  await chmod(join(house.root, 'Ana/a.pdf'), 0o644);
  expect(await house.source().glance?.(never)).not.toEqual(before);
  const [after] = (await house.list()).posts;
  expect(after?.externalId).toBe(post?.externalId);
  expect((await house.fetched(after)).ok).toBe(true);
});

test.skipIf(isRoot)('of a folder that may not be read nothing counts as gone', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await house.write('Ana/closed/b.pdf', door);
  await house.list();
  await chmod(join(house.root, 'Ana/closed'), 0);
  const { posts, problem } = await house.list();
  await chmod(join(house.root, 'Ana/closed'), 0o755);
  expect(posts.map(({ title }) => title)).toEqual(['a']);
  expect(problem).toBe('source.folder-unreadable');
});

test('a file above the limit is not read, and told with its size', async () => {
  const house = await aHouse({ mostBytes: lamp.length });
  await house.write('Ana/lamp.pdf', lamp);
  await house.write('Ana/huge.pdf', Buffer.alloc(lamp.length + 1));
  const { posts } = await house.list();
  const huge = posts.find(({ title }) => title === 'huge');
  expect(huge?.media[0]).toMatchObject({ sizeBytes: lamp.length + 1 });
  expect(mediaOf(huge)).toMatch(/^unread-/);
  expect(await house.fetched(huge)).toEqual({
    ok: false,
    error: { code: 'download.too-large', limitBytes: lamp.length },
  });
});

test('a file that is still being written waits until it is quiet', async () => {
  let now = () => new Date();
  const house = await aHouse({ now: () => now() });
  const line = async () => {
    const told = await house.source().glance?.(never);
    return told?.ok ? told.value : null;
  };
  const before = await line();
  await house.write('Ana/copy.pdf', lamp.subarray(0, 100));
  expect(await house.list()).toEqual({ posts: [], problem: null });
  expect(await line()).toBe(before); // nothing to be done yet
  await house.write('Ana/copy.pdf', lamp);
  now = () => new Date(Date.now() + 60_000);
  expect(await line()).not.toBe(before);
  const [post] = (await house.list()).posts;
  const download = await house.fetched(post);
  expect(download.ok && (await buffer(download.value.body)).equals(lamp)).toBe(true);
});

test('a known file that is being written is as it was until it is quiet', async () => {
  let now = () => new Date(Date.now() + 60_000);
  const house = await aHouse({ now: () => now() });
  await house.write('Ana/a.pdf', lamp);
  const before = await house.list();
  await house.write('Ana/a.pdf', door);
  now = () => new Date();
  expect(await house.list()).toEqual(before);
  expect(await house.fetched(before.posts[0])).toEqual({
    ok: false,
    error: { code: 'download.file-changing' },
  });
});

test('names of every kind are names', async () => {
  const house = await aHouse();
  const names = [
    '  a  b .pdf',
    'ñandú – «tilde» 🦙.pdf',
    'q\'uote".pdf',
    'line\nbreak.pdf',
    '-rf.pdf',
    '.pdf.pdf',
    '%2e%2e.pdf',
    'e\u0301.pdf',
    `${'x'.repeat(240)}.pdf`,
    'a\\b.pdf',
  ];
  for (const [index, name] of names.entries()) await house.write(`Ana/${name}`, aPdf([`${index}`]));
  await house.write(
    Buffer.concat([Buffer.from('Ana/a\xf1o', 'latin1'), Buffer.from('.pdf')]),
    aPdf(['latin']),
  );
  const { posts, problem } = await house.list();
  expect(problem).toBeNull();
  // One that begins with a dot is hidden.
  expect(posts).toHaveLength(names.length);
  for (const post of posts) expect((await house.fetched(post)).ok, post.title ?? '').toBe(true);
  const titles = posts.map(({ title }) => title);
  for (const title of ['a b', 'line break', 'año', '\u00e9', '-rf']) expect(titles).toContain(title);
  expect(JSON.stringify(posts)).not.toMatch(/\\ud[89a-f]/i);
});

test('a file without a byte is told, and there may be several', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', '');
  await house.write('Ana/b.pdf', '');
  expect((await house.list()).posts.map(({ title }) => title).sort()).toEqual(['a', 'b']);
});

test('a time that no calendar has does not stop anybody', async () => {
  const house = await aHouse();
  await house.write('Ana/a.pdf', lamp);
  await utimes(join(house.root, 'Ana/a.pdf'), -70_000_000_000, -70_000_000_000);
  const { posts, problem } = await house.list();
  expect(problem).toBeNull();
  expect(posts).toHaveLength(1);
});
