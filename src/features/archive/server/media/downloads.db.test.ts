import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CreatorId, PostMediaId, Sha256, SourceId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { SourceState } from '../../core/source.ts';
import { mediaFiles, postMedia } from '../tables.ts';
import { createDownloads } from './downloads.service.ts';
import type { DownloadDeps } from './downloads.ports.ts';
import { createDownloadRows } from './downloads.store.ts';
import { createFileRows } from './files.store.ts';
import {
  aFileStore,
  aFolder,
  aMedia,
  breaksAfter,
  gives,
  refuses,
  scriptedSource,
  seedCreator,
  seedPlace,
  settings,
  sourceSettings,
  type Script,
} from './media.fake.ts';
import { createPlaces } from './places.store.ts';

let database: TestDatabase;
const open: { remove: () => Promise<void> }[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  for (const one of open.splice(0)) await one.remove();
});

const now = new Date('2026-03-01T12:00:00Z');
const clock = { now: () => now };
const { signal } = new AbortController();
const run = { signal, progress: () => undefined };

async function aHouse(script: Script, changes: Partial<DownloadDeps> & { state?: SourceState } = {}) {
  const place = await aFolder();
  open.push(place);
  const root = join(place.folder, 'media');
  const { store, parts } = aFileStore(root);
  await store.state();
  const { source, asked } = scriptedSource(script);
  const stored: string[] = [];
  const state: SourceState = changes.state ?? { is: 'unchecked' };
  const deps: DownloadDeps = {
    rows: createDownloadRows(database.db),
    files: createFileRows(database.db, clock),
    store,
    parts,
    places: createPlaces(database.db, () => crypto.randomUUID()),
    settings,
    open: async () => ok({ source, stored: { settings: sourceSettings, state } }),
    onStored: async (_transaction, { sha256 }) => void stored.push(sha256),
    clock,
    random: () => 0,
    stallMs: 60_000,
    ...changes,
  };
  return { root, folder: place.folder, deps, store, parts, asked, stored, downloads: createDownloads(deps) };
}

const rowOf = async (id: PostMediaId) =>
  (await database.db.select().from(postMedia).where(eq(postMedia.id, id)))[0];

/** The hash of a place that has its bytes. */
async function shaOf(id: PostMediaId): Promise<Sha256> {
  const sha256 = (await rowOf(id))?.sha256;
  if (!sha256) throw new Error('There are no bytes yet');
  return sha256;
}

async function aPlace(
  media = aMedia(),
): Promise<{ id: PostMediaId; creatorId: CreatorId; sourceId: SourceId }> {
  const { creatorId, sourceId } = await seedCreator(database.db);
  return { ...(await seedPlace(database.db, creatorId, media)), creatorId, sourceId };
}

test('bytes are placed, named by their row, and told of in the same transaction', async () => {
  const house = await aHouse(() => gives('Dear patrons,\n', { sizeBytes: 14, fileName: 'host.txt' }));
  const { id } = await aPlace(aMedia({ fileName: null }));

  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });

  const row = await rowOf(id);
  expect(row).toMatchObject({ state: 'stored', gap: null, fileName: 'host.txt' });
  expect(house.stored).toEqual([row?.sha256]);
  expect(await house.store.sizeOf(await shaOf(id))).toEqual({ known: true, value: 14 });
  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });
  expect(house.asked).toHaveLength(1);
});

test('when what follows cannot be written down, nothing is', async () => {
  const house = await aHouse(() => gives('a letter that is told of'), {
    onStored: () => Promise.reject(new Error('the queue is away')),
  });
  const { id } = await aPlace();
  await expect(house.downloads.run(id, run)).rejects.toThrow('the queue is away');
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', sha256: null });
});

test('the same bytes of two posts are one file', async () => {
  const house = await aHouse(() => gives('the same letter'));
  const { id, creatorId } = await aPlace();
  const other = await seedPlace(database.db, creatorId);
  await Promise.all([house.downloads.run(id, run), house.downloads.run(other.id, run)]);
  const [one, two] = [await rowOf(id), await rowOf(other.id)];
  expect(one?.sha256).toBe(two?.sha256);
  const all = [];
  for await (const { sha256 } of house.store.list()) all.push(sha256);
  expect(all).toEqual([one?.sha256]);
});

test('a page in the place of a picture is refused, and its bytes are not kept', async () => {
  const house = await aHouse(() => gives('<!doctype html><title>Sign in</title>'));
  const { id } = await aPlace(aMedia({ kind: 'image', fileName: 'a.jpg', mimeType: 'image/jpeg' }));
  for (let tries = 1; tries < 4; tries++) {
    expect(await house.downloads.run(id, run)).toMatchObject({
      is: 'later',
      why: 'download.wrong-type: image/jpeg, text/html',
    });
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries, triedAt: now });
  }
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'gap' });
  expect(await rowOf(id)).toMatchObject({
    state: 'gap',
    sha256: null,
    gap: { code: 'failed', tries: 4, problem: { code: 'download.wrong-type' } },
  });
  for await (const file of house.store.list()) expect.unreachable(file.sha256);
});

test('less than was promised is not taken', async () => {
  const house = await aHouse(() => gives('half', { sizeBytes: 8 }));
  const { id } = await aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ why: 'download.wrong-length: 8, 4' });
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 1 });
});

test('what breaks off goes on where it was, and costs no try as long as it brings something', async () => {
  const whole = 'a letter in three pieces';
  const house = await aHouse(({ fromByte, validator }) => {
    expect(validator).toBe(fromByte === 0 ? null : '"v1"');
    const body =
      fromByte < 16
        ? breaksAfter(whole.slice(fromByte, fromByte + 9))
        : Readable.from([Buffer.from(whole.slice(fromByte))]);
    return gives('', { body, fromByte, validator: '"v1"', sizeBytes: whole.length });
  });
  const { id } = await aPlace();

  const ends = [];
  for (let turn = 0; turn < 3; turn++) ends.push(await house.downloads.run(id, run));

  expect(ends).toEqual([
    { is: 'later', afterMs: 5000, why: 'source.unreachable: read ECONNRESET' },
    { is: 'later', afterMs: 5000, why: 'source.unreachable: read ECONNRESET' },
    { is: 'done' },
  ]);
  expect(house.asked.map(({ fromByte }) => fromByte)).toEqual([0, 8, 16]);
  const row = await rowOf(id);
  expect(row).toMatchObject({ state: 'stored', tries: 0 });
  const opened = await house.store.open(await shaOf(id));
  expect(String(await opened?.body.toArray())).toBe(whole);
});

test('bytes of another version are not put behind the first ones', async () => {
  let turn = 0;
  const house = await aHouse(({ fromByte }) =>
    ++turn === 1
      ? gives('', { body: breaksAfter('first'), validator: '"v1"' })
      : gives('second', { fromByte, validator: '"v2"' }),
  );
  const { id } = await aPlace();
  await house.downloads.run(id, run);
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: /bytes of another file/ });
  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });
  const opened = await house.store.open(await shaOf(id));
  expect(String(await opened?.body.toArray())).toBe('second');
});

test('a line that brings nothing is dead', async () => {
  const house = await aHouse(() => gives('', { body: new Readable({ read: () => undefined }) }), {
    stallMs: 20,
  });
  const { id } = await aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: 'source.timed-out: 20' });
  expect(await rowOf(id)).toMatchObject({ tries: 1 });
});

test('while the folder is away nobody is asked for anything, and no try is lost', async () => {
  const house = await aHouse(() => gives('x'));
  await rename(house.root, join(house.folder, 'away'));
  await mkdir(house.root);
  const { id } = await aPlace();
  const why = `download.store-missing: ${house.root}`;
  expect(await house.downloads.run(id, run)).toEqual({ is: 'later', afterMs: 600_000, why });
  expect(house.asked).toEqual([]);
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 0 });
});

test('a disk with too little room pauses downloads before anybody is asked', async () => {
  const house = await aHouse(() => gives('x'), {
    settings: async () => ({ ...(await settings()), reserveBytes: 1e12 - 10 }),
  });
  const fits = await aPlace(aMedia({ sizeBytes: 10 }));
  const { id } = await aPlace(aMedia({ sizeBytes: 11 }));
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: /^download.disk-full/ });
  expect(house.asked).toEqual([]);
  expect(await house.downloads.run(fits.id, run)).toEqual({ is: 'done' });
});

test('a size that only the host knows is looked at before a byte is read', async () => {
  const body = Readable.from([Buffer.from('x')]);
  const house = await aHouse(() => gives('', { body, sizeBytes: 2e12 }));
  const { id } = await aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ why: /^download.disk-full/ });
  expect(body.destroyed).toBe(true);
});

test('a file above the limit of its source is a gap with its size', async () => {
  const house = await aHouse(() => gives('0123456789', { sizeBytes: null }));
  house.deps.open = async () =>
    ok({
      source: scriptedSource(() => gives('0123456789')).source,
      stored: { settings: { ...sourceSettings, mostBytes: 5 }, state: { is: 'unchecked' } },
    });
  const { id } = await aPlace(aMedia({ sizeBytes: 10 }));
  expect(await createDownloads(house.deps).run(id, run)).toMatchObject({ is: 'gap' });
  expect(await rowOf(id)).toMatchObject({ gap: { code: 'too-large', sizeBytes: 10, limitBytes: 5 } });
});

test('a source that rests is not asked, and waited for', async () => {
  const until = new Date(now.getTime() + 120_000);
  const problem = { code: 'source.server-error', status: 503 } as const;
  const house = await aHouse(() => gives('x'), { state: { is: 'stopped', problem, since: now, until } });
  const { id } = await aPlace();
  expect(await house.downloads.run(id, run)).toEqual({ is: 'later', afterMs: 120_000, why: problem.code });
  expect(house.asked).toEqual([]);
});

test('a source that cannot be opened costs no try', async () => {
  const house = await aHouse(() => gives('x'), { open: async () => err({ code: 'sources.signed-out' }) });
  const { id } = await aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: 'sources.signed-out' });
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 0 });
});

test('a problem of the source is told with its facts', async () => {
  const house = await aHouse(() => refuses({ code: 'source.rate-limited', retryAfterMs: 90_000 }));
  const { id } = await aPlace();
  expect(await house.downloads.run(id, run)).toEqual({
    is: 'later',
    afterMs: 90_000,
    why: 'source.rate-limited: 90000',
  });
});

test('a source has as many downloads at once as its settings say, in all processes together', async () => {
  const gate = Promise.withResolvers<undefined>();
  const house = await aHouse(async () => {
    await gate.promise;
    return gives('one of three');
  });
  const otherProcess = createDownloads({
    ...house.deps,
    places: createPlaces(database.db, () => crypto.randomUUID()),
  });
  const { id, creatorId } = await aPlace();
  const [second, third] = [await seedPlace(database.db, creatorId), await seedPlace(database.db, creatorId)];
  const busy = [house.downloads.run(id, run), otherProcess.run(second.id, run)];
  while (house.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));

  expect(await otherProcess.run(third.id, run)).toMatchObject({ is: 'later', why: /as many downloads/ });
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later' });

  gate.resolve(undefined);
  expect(await Promise.all(busy)).toEqual([{ is: 'done' }, { is: 'done' }]);
  expect(await otherProcess.run(third.id, run)).toEqual({ is: 'done' });
});

test('a stop throws, leaves the bytes to go on with, and gives its place back', async () => {
  const stop = new AbortController();
  const body = new Readable({ read: () => undefined });
  body.push(Buffer.from('some bytes'));
  const house = await aHouse(() => gives('', { body, validator: '"v1"' }));
  const { id } = await aPlace();
  const progress = () => stop.abort(new Error('The program stops.'));
  await expect(house.downloads.run(id, { signal: stop.signal, progress })).rejects.toThrow();
  expect(await house.parts.find(id)).toEqual({ bytes: 10, validator: '"v1"' });
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', tries: 0 });
  expect(await house.deps.places.take(`for ${id}` as SourceId, 1, id)).not.toBeNull();
});

test('a stop does not wait for a body that cannot be stopped', async () => {
  const stop = new AbortController();
  const body = Readable.from(
    (async function* () {
      yield Buffer.from('some bytes');
      await new Promise(() => undefined);
    })(),
  );
  const house = await aHouse(() => gives('', { body }));
  const { id } = await aPlace();
  const progress = () => stop.abort(new Error('The program stops.'));
  await expect(house.downloads.run(id, { signal: stop.signal, progress })).rejects.toThrow();
  expect(await house.deps.places.take(`for ${id}` as SourceId, 1, id)).not.toBeNull();
});

test('damaged bytes are replaced when they come again', async () => {
  const house = await aHouse(() => gives('a letter that rots'));
  const { id } = await aPlace();
  await house.downloads.run(id, run);
  const sha256 = await shaOf(id);
  await database.db.update(mediaFiles).set({ damagedAt: now }).where(eq(mediaFiles.sha256, sha256));
  await database.db.update(postMedia).set({ state: 'waiting' }).where(eq(postMedia.id, id));

  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });

  const [file] = await database.db.select().from(mediaFiles).where(eq(mediaFiles.sha256, sha256));
  expect(file).toMatchObject({ damagedAt: null, orphanedAt: null });
});
