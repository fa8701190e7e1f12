import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Link } from '../../core/leaving-soon/link-tree.ts';
import { openLinkFolder, type FolderOwner } from './link-folder.owner.ts';
import { MARKER, PLACEHOLDER, type LinkFolder, type Made } from './link-folder.ts';

const INSTANCE = 'instance-1';
let base: string;
let media: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'links-'));
  [media, dir] = [join(base, 'media'), join(base, 'leaving')];
  await mkdir(media);
  await mkdir(dir);
  return () => rm(base, { recursive: true, force: true });
});

const owner = (changes: Partial<FolderOwner> = {}): FolderOwner => ({
  instanceId: INSTANCE,
  mediaFolders: [media],
  wasOurs: false,
  ...changes,
});

const nothing: Made = { links: [], folders: [] };
const problemOf = async (place: string, changes: Partial<FolderOwner> = {}) => {
  const opened = await openLinkFolder(place, owner(changes));
  return opened.ok ? null : opened.error.code;
};

async function opened(): Promise<LinkFolder> {
  const folder = await openLinkFolder(dir, owner());
  if (!folder.ok) throw new Error(folder.error.code);
  return folder.value;
}

async function change(folder: LinkFolder, wish: { made?: Made; add?: Link[]; remove?: string[] }) {
  const remembered: Made[] = [];
  const done = await folder.change({
    made: nothing,
    add: [],
    remove: [],
    ...wish,
    remember: async (made) => void remembered.push(made),
  });
  if (!done.ok) throw new Error(done.error.code);
  return { ...done.value, remembered };
}

const link = (path: string, target = '/data/films/a.mkv'): Link => ({ path, target });

describe('J-115 FIX: which folder becomes ours', () => {
  test('an empty one, with a marker that says whose it is', async () => {
    expect(await problemOf(dir)).toBeNull();
    expect(await readFile(join(dir, MARKER), 'utf8')).toMatch(/^instance-1\n/);
    expect(await problemOf(dir, { wasOurs: true })).toBeNull();
  });

  test('not one with anything in it', async () => {
    await writeFile(join(dir, 'film.mkv'), 'a film');
    expect(await problemOf(dir)).toBe('links.holds-other-things');
    expect(await readdir(dir)).toEqual(['film.mkv']);
  });

  test('not one of another KeeperCheky', async () => {
    expect(await problemOf(dir)).toBeNull();
    expect(await problemOf(dir, { instanceId: 'instance-2' })).toBe('links.of-another');
  });

  test('not the root, a root folder of Radarr or Sonarr, its parent or a folder in it', async () => {
    await mkdir(join(media, 'leaving'));
    for (const place of ['/', media, base, join(media, 'leaving'), `${media}/`])
      expect(await problemOf(place)).toBe('links.among-media');
    expect(await readdir(join(media, 'leaving'))).toEqual([]);
  });

  test('not one that is among the media by another name', async () => {
    await mkdir(join(media, 'leaving'));
    await symlink(media, join(base, 'other-name'));
    expect(await problemOf(join(base, 'other-name', 'leaving'))).toBe('links.among-media');
  });

  test('nor when nobody knows yet where the media are', async () => {
    expect(await problemOf(dir, { mediaFolders: [] })).toBe('links.media-not-known');
  });

  test('not a link to a folder', async () => {
    await symlink(dir, join(base, 'link'));
    expect(await problemOf(join(base, 'link'))).toBe('links.is-a-link');
  });

  test('T-60: not one that is not there, and none that has lost its marker, as when a mount is missing', async () => {
    expect(await problemOf(join(base, 'none'))).toBe('links.not-there');
    expect(await problemOf(dir, { wasOurs: true })).toBe('links.marker-gone');
    expect(await readdir(dir)).toEqual([]);
  });

  test.each(['leaving', '../leaving', '/a/../b', 'C:\\leaving', ''])('not %j', async (place) => {
    expect(await problemOf(place)).toBe('links.not-absolute');
  });
});

describe('what it makes and takes away', () => {
  test('links with their folders, and nothing of them is left when they go', async () => {
    const folder = await opened();
    const made = await change(folder, { add: [link('films/a/a.mkv'), link('films/a/a.srt')] });
    expect(await readlink(join(dir, 'films/a/a.mkv'))).toBe('/data/films/a.mkv');
    const gone = await change(folder, { made: made.made, remove: ['films/a/a.mkv', 'films/a/a.srt'] });
    expect(gone.made).toEqual(nothing);
    expect(await readdir(dir)).toEqual([MARKER]);
  });

  test('all that it makes is remembered before it is made', async () => {
    const folder = await opened();
    const { remembered } = await change(folder, { add: [link('films/a/a.mkv')] });
    expect(remembered[0]).toEqual({ links: [link('films/a/a.mkv')], folders: ['films', 'films/a'] });
  });

  test('T-30: the folder of a library is never empty, and its placeholder stays', async () => {
    const folder = await opened();
    await folder.keepLibraryFolder('jelly001/films');
    await folder.keepLibraryFolder('jelly001/films');
    const made = await change(folder, { add: [link('jelly001/films/a/a.mkv')] });
    await change(folder, { made: made.made, remove: ['jelly001/films/a/a.mkv'] });
    expect(await readdir(join(dir, 'jelly001/films'))).toEqual([PLACEHOLDER]);
  });

  test('a file, a folder or a link of somebody else under the wanted name is left as it is', async () => {
    const folder = await opened();
    await mkdir(join(dir, 'films/b'), { recursive: true });
    await writeFile(join(dir, 'films/a.mkv'), 'a film');
    await symlink('/theirs', join(dir, 'films/c.mkv'));
    const add = [link('films/a.mkv'), link('films/b'), link('films/c.mkv')];
    const done = await change(folder, { add, remove: add.map(({ path }) => path) });
    expect(done.occupied).toEqual(['films/a.mkv', 'films/b', 'films/c.mkv']);
    expect(await readFile(join(dir, 'films/a.mkv'), 'utf8')).toBe('a film');
    expect(await readlink(join(dir, 'films/c.mkv'))).toBe('/theirs');
  });

  test('J-115: a file that somebody put in the place of a link of ours is not removed', async () => {
    const folder = await opened();
    const { made } = await change(folder, { add: [link('films/a.mkv')] });
    await rm(join(dir, 'films/a.mkv'));
    await writeFile(join(dir, 'films/a.mkv'), 'a film');
    const done = await change(folder, { made, remove: ['films/a.mkv'] });
    expect(done.removed).toEqual([]);
    expect(await readFile(join(dir, 'films/a.mkv'), 'utf8')).toBe('a film');
  });

  test('J-115: nothing behind a folder that is a link is touched', async () => {
    const folder = await opened();
    await symlink('/data/x', join(media, 'a.mkv'));
    await symlink(media, join(dir, 'films'));
    const made = { links: [link('films/a.mkv', '/data/x')], folders: ['films'] };
    const done = await change(folder, { made, add: [link('films/b.mkv')], remove: ['films/a.mkv'] });
    expect(done).toMatchObject({ removed: [], added: [], occupied: ['films/b.mkv'] });
    expect(await readdir(media)).toEqual(['a.mkv']);
  });

  test('a file system that refuses links is told, not thrown', async () => {
    const folder = await opened();
    await rm(dir, { recursive: true });
    expect(await folder.keepLibraryFolder('films')).toMatchObject({
      ok: false,
      error: { code: 'links.refused' },
    });
  });
});

type Node = { path: string; is: 'file' | 'folder' | 'to-file' | 'to-folder' | 'to-inside' };

const part = fc.constantFrom('films', 'shows', 'a', 'b', 'a.mkv', MARKER, PLACEHOLDER);
const inside = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const hostile = fc.oneof(
  { weight: 5, arbitrary: inside },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '../media/real.mkv',
      '..',
      '.',
      '',
      '/etc/hostname',
      'a/../../media/real.mkv',
      'films//a',
      'a/',
    ),
  },
);
const target = fc.constantFrom('MEDIA/real.mkv', 'MEDIA', '/data/a.mkv', '..', 'films');
const aLink = fc.record({ path: hostile, target });
const node: fc.Arbitrary<Node> = fc.record({
  path: inside,
  is: fc.constantFrom('file', 'folder', 'to-file', 'to-folder', 'to-inside'),
});
const round = fc.record({
  put: fc.array(node, { maxLength: 6 }),
  claims: fc.record({
    links: fc.array(aLink, { maxLength: 5 }),
    folders: fc.array(hostile, { maxLength: 5 }),
  }),
  add: fc.array(aLink, { maxLength: 5 }),
  remove: fc.array(hostile, { maxLength: 6 }),
  library: hostile,
});

const namesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true, recursive: true })).map((entry) =>
    join(entry.parentPath, entry.name),
  );

/** Every regular file below a folder, with what is in it; links are not followed. */
async function filesBelow(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path, await readFile(path, 'utf8'));
  }
  return files;
}

async function put({ path, is }: Node): Promise<void> {
  const full = join(dir, path);
  const to = { 'to-file': join(media, 'real.mkv'), 'to-folder': media, 'to-inside': dir };
  try {
    await mkdir(dirname(full), { recursive: true });
    if (is === 'file') await writeFile(full, `real ${path}`, { flag: 'wx' });
    else if (is === 'folder') await mkdir(full);
    else await symlink(to[is], full);
  } catch {
    // The name is taken, or on the way to it lies a file.
  }
}

test('J-115, T-63: whatever stands there, and whatever it believes to have made, no real file is ever lost or changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
      await rm(base, { recursive: true });
      await mkdir(dir, { recursive: true });
      await mkdir(media);
      await writeFile(join(media, 'real.mkv'), 'a film');
      await mkdir(join(media, 'films'), { recursive: true });
      const folder = await opened();
      let made = nothing;
      const real = (links: readonly Link[]) =>
        links.map(({ path, target: to }) => ({ path, target: to.replace('MEDIA', media) }));
      for (const { put: nodes, claims, add, remove, library } of rounds) {
        for (const one of nodes) await put(one);
        const [before, around] = [await filesBelow(base), await namesBelow(media)];
        await folder.keepLibraryFolder(library);
        const believed = {
          links: [...made.links, ...real(claims.links)],
          folders: [...made.folders, ...claims.folders],
        };
        const done = await folder.change({
          made: believed,
          add: real(add),
          remove: [...remove, ...made.links.map(({ path }) => path)],
          remember: async () => undefined,
        });
        if (done.ok) made = done.value.made;
        const after = await filesBelow(base);
        for (const [path, content] of before) expect(after.get(path)).toBe(content);
        const came = [...after.keys()].filter((path) => !before.has(path));
        expect(came.filter((path) => !path.startsWith(`${dir}/`) || !path.endsWith(PLACEHOLDER))).toEqual([]);
        expect(await namesBelow(media)).toEqual(around);
      }
    }),
    { numRuns: 200 },
  );
}, 60_000);
