import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { Sha256 } from '#core/ids.ts';
import { realDisk, type Disk } from './disk.ts';
import { createFileStore } from './store.files.ts';
import { fakeMediaStore } from './store.fake.ts';
import type { MediaStore, Parts } from './ports.ts';

type Opened = { store: MediaStore; parts: Parts; lose: () => Promise<void>; find: () => Promise<void> };

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kc-media-'));
  folders.push(folder);
  return folder;
}

function anIdentity(kept: string | null = null) {
  let id = kept;
  return { read: async () => id, keep: async (made: string) => (id ??= made) };
}

/** The kernel's own full disk: whatever is written to it ends with ENOSPC. */
const fullDisk: Disk = {
  ...realDisk,
  open: (path, ...flags) => realDisk.open(String(path).endsWith('.part') ? '/dev/full' : path, ...flags),
};

let ids = 0;
const aStoreAt = (root: string, { identity = anIdentity(), disk = realDisk, free = 1e12 } = {}) =>
  createFileStore({
    root,
    disk,
    identity,
    freeSpace: async () => known({ freeBytes: free, totalBytes: 1e12 }),
    reserveBytes: async () => 0,
    newId: () => `store-${++ids}`,
  });

const openers: Record<string, () => Promise<Opened>> = {
  fake: async () => {
    const { store, parts, lose } = fakeMediaStore();
    return { store, parts, lose: async () => lose('no-mark'), find: async () => lose(null) };
  },
  files: async () => {
    const folder = await aFolder();
    const root = join(folder, 'media');
    const away = join(folder, 'away');
    const opened = aStoreAt(root);
    await opened.store.state();
    return {
      ...opened,
      lose: async () => {
        await rename(root, away);
        await mkdir(root); // an empty mount point
      },
      find: async () => {
        await rm(root, { recursive: true });
        await rename(away, root);
      },
    };
  },
};

const { signal } = new AbortController();
const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' as Sha256;
const aPart = { key: 'b', fromByte: 0, validator: null };
const hello = () => Readable.from([Buffer.from('hel'), Buffer.from('lo')]);

async function keep(store: MediaStore, body: Readable) {
  const part = { ...aPart, key: crypto.randomUUID() };
  const received = await store.receive(body, { signal, part });
  if (!received.ok) throw new Error(received.error.code);
  expect(await received.value.place()).toEqual({ ok: true, value: undefined });
  return received.value;
}

async function* breaksAfter(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
  throw new Error('the line is dead');
}

describe.each(Object.entries(openers))('MediaStore (%s)', (_name, open) => {
  test('shows bytes under their hash once they are placed, and not before', async () => {
    const { store } = await open();
    const received = await store.receive(hello(), { signal, part: aPart });
    if (!received.ok) throw new Error(received.error.code);
    expect(received.value).toMatchObject({
      sha256: HELLO,
      sizeBytes: 5,
      mimeType: 'text/plain',
      kind: 'file',
    });
    expect(await store.sizeOf(HELLO)).toEqual(known(null));
    await received.value.place();
    expect(await store.sizeOf(HELLO)).toEqual(known(5));
    const opened = await store.open(HELLO);
    expect(opened?.sizeBytes).toBe(5);
    expect(String(opened && (await buffer(opened.body)))).toBe('hello');
  });

  test('gives a part of a file, both ends included', async () => {
    const { store } = await open();
    await keep(store, hello());
    const opened = await store.open(HELLO, { first: 1, last: 3 });
    expect(String(opened && (await buffer(opened.body)))).toBe('ell');
    expect(opened?.sizeBytes).toBe(5);
  });

  test('holds the same bytes once', async () => {
    const { store } = await open();
    await Promise.all([keep(store, hello()), keep(store, hello())]);
    const all = [];
    for await (const { sha256 } of store.list()) all.push(sha256);
    expect(all).toEqual([HELLO]);
  });

  test('forgets what was discarded', async () => {
    const { store } = await open();
    const received = await store.receive(hello(), { signal, part: aPart });
    if (received.ok) await received.value.discard();
    expect(await store.sizeOf(HELLO)).toEqual(known(null));
  });

  test('says whether there was something to remove', async () => {
    const { store } = await open();
    await keep(store, hello());
    expect(await store.remove(HELLO)).toEqual({ ok: true, value: true });
    expect(await store.remove(HELLO)).toEqual({ ok: true, value: false });
    expect(await store.open(HELLO)).toBeNull();
  });

  test('calls nothing missing and takes nothing while its folder is away', async () => {
    const { store, lose, find } = await open();
    await keep(store, hello());
    await lose();
    expect(await store.state()).toMatchObject({ is: 'missing', why: 'no-mark' });
    expect(await store.sizeOf(HELLO)).toEqual({ known: false, why: 'no-mark' });
    expect(await store.receive(hello(), { signal, part: aPart })).toMatchObject({
      error: { code: 'store.missing' },
    });
    expect(await store.remove(HELLO)).toMatchObject({ error: { code: 'store.missing' } });
    await find();
    expect(await store.sizeOf(HELLO)).toEqual(known(5));
  });

  test('does not place bytes into a folder that went away meanwhile', async () => {
    const { store, lose } = await open();
    const received = await store.receive(hello(), { signal, part: aPart });
    await lose();
    expect(received.ok && (await received.value.place())).toMatchObject({ error: { code: 'store.missing' } });
  });

  test('refuses more bytes than allowed and keeps none of them', async () => {
    const { store, parts } = await open();
    const part = { key: 'a', fromByte: 0, validator: 'v1' };
    const refused = await store.receive(hello(), { signal, mostBytes: 4, part });
    expect(refused).toEqual({ ok: false, error: { code: 'store.too-large', limitBytes: 4 } });
    expect(await parts.find('a')).toEqual({ bytes: 0, validator: null });
  });

  test('goes on with bytes that broke off', async () => {
    const { store, parts } = await open();
    const body = Readable.from(breaksAfter('hel'));
    const part = { key: 'a', fromByte: 0, validator: 'v1' };
    await expect(store.receive(body, { signal, part })).rejects.toThrow('the line is dead');
    expect(await parts.find('a')).toEqual({ bytes: 3, validator: 'v1' });
    const rest = await store.receive(Readable.from([Buffer.from('lo')]), {
      signal,
      part: { ...part, fromByte: 3 },
    });
    expect(rest).toMatchObject({ ok: true, value: { sha256: HELLO, sizeBytes: 5 } });
    if (rest.ok) await rest.value.place();
    expect(await parts.find('a')).toEqual({ bytes: 0, validator: null });
  });

  test('begins anew when the other side does', async () => {
    const { store } = await open();
    const part = { key: 'a', fromByte: 0, validator: 'v1' };
    await store.receive(Readable.from(breaksAfter('a longer text')), { signal, part }).catch(() => undefined);
    const again = await store.receive(hello(), { signal, part: { ...part, validator: 'v2' } });
    expect(again).toMatchObject({ ok: true, value: { sha256: HELLO } });
  });

  test('keeps nothing of broken bytes that nobody could go on with', async () => {
    const { store, parts } = await open();
    const part = { key: 'a', fromByte: 0, validator: null };
    await store.receive(Readable.from(breaksAfter('hel')), { signal, part }).catch(() => undefined);
    expect(await parts.find('a')).toEqual({ bytes: 0, validator: null });
  });

  test('puts sound bytes in the place of damaged ones when told to', async () => {
    const { store } = await open();
    await keep(store, hello());
    const received = await store.receive(hello(), { signal, part: aPart });
    expect(received.ok && (await received.value.place({ replace: true }))).toMatchObject({ ok: true });
    expect(await store.sizeOf(HELLO)).toEqual(known(5));
  });
});

describe('files', () => {
  test('a folder with the mark of another installation is not ours', async () => {
    const root = join(await aFolder(), 'media');
    await aStoreAt(root).store.state();
    const { store } = aStoreAt(root, { identity: anIdentity('ours') });
    expect(await store.state()).toMatchObject({ is: 'missing', why: 'another-store' });
  });

  test('a folder that was ours and is gone is not made again', async () => {
    const root = join(await aFolder(), 'media');
    const { store } = aStoreAt(root, { identity: anIdentity('ours') });
    expect(await store.state()).toMatchObject({ is: 'missing', why: 'no-folder' });
    expect(await store.receive(hello(), { signal, part: aPart })).toMatchObject({
      error: { why: 'no-folder' },
    });
  });

  test('a database that was set up anew takes the folder with its mark', async () => {
    const root = join(await aFolder(), 'media');
    await keep(aStoreAt(root).store, hello());
    expect(await aStoreAt(root).store.sizeOf(HELLO)).toEqual(known(5));
  });

  test.skipIf(process.platform !== 'linux')(
    'a disk that is full is named, and its bytes are given back',
    async () => {
      const root = join(await aFolder(), 'media');
      const part = { key: 'a', fromByte: 0, validator: 'v1' };
      const { store, parts } = aStoreAt(root, { free: 12, disk: fullDisk });
      const refused = await store.receive(hello(), { signal, part });
      expect(refused).toEqual({ ok: false, error: { code: 'store.full', path: root, freeBytes: 12 } });
      expect(await parts.find('a')).toEqual({ bytes: 0, validator: null });
      expect(await readdir(join(root, 'incoming'))).toEqual([]);
    },
  );

  test('parts that nobody goes on with are cleaned away, with their folders', async () => {
    const root = join(await aFolder(), 'media');
    const { store, parts } = aStoreAt(root);
    const part = { key: 'a', fromByte: 0, validator: 'v1' };
    await store.receive(Readable.from(breaksAfter('hel')), { signal, part }).catch(() => undefined);
    await mkdir(join(root, 'incoming', 'a.work')); // of a process that was killed
    expect(await parts.clean(new Date(0))).toBe(0);
    expect(await parts.clean(new Date(Date.now() + 60_000))).toBe(1);
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });

  test('a body that comes when everybody has left is let go, and ends nothing else', async () => {
    const { store } = aStoreAt(join(await aFolder(), 'media'));
    const body = hello();
    const left = AbortSignal.abort(new Error('the program stops'));
    await expect(store.receive(body, { signal: left, part: aPart })).rejects.toThrow('the program stops');
    expect(body.destroyed).toBe(true);
  });

  test('a folder for programs is empty before and gone after, also when they fail', async () => {
    const root = join(await aFolder(), 'media');
    const { store, parts } = aStoreAt(root);
    await store.state();
    await mkdir(join(root, 'incoming', 'a.work', 'left over'), { recursive: true });
    const failing = parts.withWorkFolder('a', async (folder) => {
      expect(await readdir(folder)).toEqual([]);
      await mkdir(join(folder, 'half a film'));
      throw new Error('ffmpeg was killed');
    });
    await expect(failing).rejects.toThrow('ffmpeg was killed');
    expect(await readdir(join(root, 'incoming'))).toEqual([]);
  });

  test('no key and no hash leads out of the folder', async () => {
    const { store, parts } = aStoreAt(await aFolder());
    await expect(parts.find('../../etc/passwd')).rejects.toThrow('id as its key');
    expect(() => store.pathOf('../../../../etc/passwd' as Sha256)).toThrow('no SHA-256');
  });
});
