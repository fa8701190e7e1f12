import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PostMediaId, Sha256 } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { mediaFiles } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { creators } from '../tables.ts';
import { attachTo } from './downloads.store.ts';
import { createFileRows } from './files.store.ts';
import { aFileStore, aFolder, seedCreator, seedPlace, settings } from './media.fake.ts';
import { createOrphanService } from './orphans.service.ts';
import { createOrphanRows, createVerifyRows, createWaitingRows } from './upkeep.store.ts';
import { createVerifyService } from './verify.service.ts';

let database: TestDatabase;
const open: { remove: () => Promise<void> }[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.db.delete(postMedia);
  await database.db.update(creators).set({ avatarSha: null });
  await database.db.delete(mediaFiles);
  for (const one of open.splice(0)) await one.remove();
});

const { signal } = new AbortController();

async function aHouse() {
  const place = await aFolder();
  open.push(place);
  const root = join(place.folder, 'media');
  const { store, parts, typeOf } = aFileStore(root);
  await store.state();
  let today = new Date();
  const clock = { now: () => today };
  const removed: Sha256[] = [];
  const wanted: PostMediaId[] = [];
  const files = createFileRows(database.db, clock);
  const paused: number[] = [];
  const orphans = createOrphanService({
    rows: createOrphanRows(database.db),
    files,
    store,
    parts: { ...parts, clean: async () => 0 }, // files have real dates, and the clock of these tests runs ahead
    typeOf,
    settings,
    onRemoved: async (sha256) => void removed.push(sha256),
    clock,
  });
  const verify = createVerifyService({
    rows: createVerifyRows(database.db, async (_transaction, ids) => void wanted.push(...ids)),
    store,
    settings,
    time: {
      ...clock,
      pause: async (ms) => {
        paused.push(ms);
        today = new Date(today.getTime() + ms);
      },
    },
  });
  const later = (days: number) => void (today = addDays(today, days));
  return { root, folder: place.folder, store, files, orphans, verify, later, removed, wanted, paused, clock };
}

type House = Awaited<ReturnType<typeof aHouse>>;

/** A stored file of a post. */
async function aFile({ store, files, clock }: Pick<House, 'store' | 'files' | 'clock'>, text: string) {
  const { creatorId } = await seedCreator(database.db);
  const { id } = await seedPlace(database.db, creatorId);
  const part = { key: 'a', fromByte: 0, validator: null };
  const received = await store.receive(Readable.from([Buffer.from(text)]), { signal, part });
  if (!received.ok) throw new Error(received.error.code);
  const attach = attachTo({ id, fileName: null }, received.value, clock.now(), async () => undefined);
  expect(await files.keep(received.value, attach)).toMatchObject({ ok: true });
  return { id, creatorId, sha256: received.value.sha256 };
}

const fileRow = async (sha256: Sha256) =>
  (await database.db.select().from(mediaFiles).where(eq(mediaFiles.sha256, sha256)))[0];
const placeRow = async (id: PostMediaId) =>
  (await database.db.select().from(postMedia).where(eq(postMedia.id, id)))[0];
const letGo = (id: PostMediaId) => database.db.delete(postMedia).where(eq(postMedia.id, id));

test('a file that a post uses stays, whatever time it is', async () => {
  const house = await aHouse();
  const { sha256 } = await aFile(house, 'a letter');
  await house.orphans.tidy(signal);
  house.later(400);
  expect(await house.orphans.tidy(signal)).toMatchObject({ orphaned: 0, removed: 0, adopted: 0 });
  expect(await house.store.sizeOf(sha256)).toEqual({ known: true, value: 8 });
});

test('a file that nothing uses goes after its grace, with everything made of it', async () => {
  const house = await aHouse();
  const { id, sha256 } = await aFile(house, 'a letter');
  await letGo(id);
  expect(await house.orphans.tidy(signal)).toMatchObject({ orphaned: 1, removed: 0 });
  house.later(29);
  expect(await house.orphans.tidy(signal)).toMatchObject({ orphaned: 0, removed: 0 });
  house.later(2);
  expect(await house.orphans.tidy(signal)).toMatchObject({ removed: 1 });
  expect(await house.store.sizeOf(sha256)).toEqual({ known: true, value: null });
  expect(await fileRow(sha256)).toBeUndefined();
  expect(house.removed).toEqual([sha256]);
});

test('a file that is used again within its grace stays', async () => {
  const house = await aHouse();
  const { id, sha256 } = await aFile(house, 'a letter');
  await letGo(id);
  await house.orphans.tidy(signal);
  await aFile(house, 'a letter');
  expect(await fileRow(sha256)).toMatchObject({ orphanedAt: null });
  house.later(40);
  expect(await house.orphans.tidy(signal)).toMatchObject({ removed: 0 });
});

test('the picture of a creator is a use too, also when it comes to be one later', async () => {
  const house = await aHouse();
  const { id, creatorId, sha256 } = await aFile(house, 'a portrait');
  await letGo(id);
  await house.orphans.tidy(signal);
  await database.db.update(creators).set({ avatarSha: sha256 }).where(eq(creators.id, creatorId));
  house.later(40);
  expect(await house.orphans.tidy(signal)).toMatchObject({ revived: 1, removed: 0 });
});

test('what lies in the store without a row becomes an orphan with its whole grace, and is taken up again', async () => {
  const house = await aHouse();
  const { id, sha256 } = await aFile(house, 'a letter');
  await letGo(id);
  await database.db.delete(mediaFiles); // an older database was put back
  expect(await house.orphans.tidy(signal)).toMatchObject({ adopted: 0 }); // its row may be about to be written
  house.later(40);
  expect(await house.orphans.tidy(signal)).toMatchObject({ adopted: 1, removed: 0 });
  expect(await fileRow(sha256)).toMatchObject({ sizeBytes: 8, mimeType: 'text/plain', kind: 'file' });
  house.later(20);
  await aFile(house, 'a letter');
  house.later(20);
  expect(await house.orphans.tidy(signal)).toMatchObject({ removed: 0 });
});

async function unmount({ root, folder }: House) {
  await rename(root, join(folder, 'away'));
  await mkdir(root);
}

test('while the folder is away nothing is judged, by nobody', async () => {
  const house = await aHouse();
  const kept = await aFile(house, 'a letter');
  const orphan = await aFile(house, 'another letter');
  await letGo(orphan.id);
  await house.orphans.tidy(signal);
  await unmount(house);
  house.later(100);
  expect(await house.orphans.tidy(signal)).toBeNull();
  expect(await house.verify.run(60_000, signal)).toBeNull();
  expect(await fileRow(kept.sha256)).toMatchObject({ damagedAt: null });
  expect(await fileRow(orphan.sha256)).toMatchObject({ damagedAt: null });
  expect(house.wanted).toEqual([]);
});

test('files are looked at once in 30 days, the longest unseen first', async () => {
  const house = await aHouse();
  await aFile(house, 'one');
  house.later(1);
  await aFile(house, 'three');
  expect(await house.verify.run(60_000, signal)).toEqual({ files: 0, bytes: 0, damaged: 0 });
  house.later(29.5);
  expect(await house.verify.run(60_000, signal)).toEqual({ files: 1, bytes: 3, damaged: 0 });
  house.later(1);
  expect(await house.verify.run(60_000, signal)).toEqual({ files: 1, bytes: 5, damaged: 0 });
});

test('bits that turned are found, told, and wanted again', async () => {
  const house = await aHouse();
  const { id, sha256 } = await aFile(house, 'a letter');
  await writeFile(house.store.pathOf(sha256), 'a lettes');
  house.later(31);
  expect(await house.verify.run(60_000, signal)).toMatchObject({ files: 1, damaged: 1 });
  expect((await fileRow(sha256))?.damagedAt).toEqual(house.clock.now());
  expect(await placeRow(id)).toMatchObject({ state: 'waiting', sha256, tries: 0 });
  expect(house.wanted).toEqual([id]);
});

test('a file that is gone or shorter is damaged as well', async () => {
  const house = await aHouse();
  const [gone, short] = [await aFile(house, 'a letter'), await aFile(house, 'a longer letter')];
  await rm(house.store.pathOf(gone.sha256));
  await writeFile(house.store.pathOf(short.sha256), 'a longer');
  house.later(31);
  expect(await house.verify.run(60_000, signal)).toMatchObject({ files: 2, damaged: 2 });
  expect(house.wanted.toSorted()).toEqual([gone.id, short.id].toSorted());
});

test('bytes that somebody put back heal it', async () => {
  const house = await aHouse();
  const { id, sha256 } = await aFile(house, 'a letter');
  const sound = await readFile(house.store.pathOf(sha256));
  await rm(house.store.pathOf(sha256));
  house.later(31);
  await house.verify.run(60_000, signal);
  await mkdir(dirname(house.store.pathOf(sha256)), { recursive: true });
  await writeFile(house.store.pathOf(sha256), sound);
  house.later(31);
  await house.verify.run(60_000, signal);
  expect(await fileRow(sha256)).toMatchObject({ damagedAt: null });
  expect(await placeRow(id)).toMatchObject({ state: 'stored' });
});

test('files are read at the pace that was set, and no longer than there is time', async () => {
  const house = await aHouse();
  await aFile(house, 'x'.repeat(1_000_000));
  await aFile(house, 'y'.repeat(1_000_000));
  await aFile(house, 'z'.repeat(1_000_000));
  house.later(31);
  const done = await house.verify.run(80, signal); // 20 MB/s: 50 ms each
  expect(done).toMatchObject({ files: 2, bytes: 2_000_000 });
  const pausedMs = house.paused.reduce((sum, ms) => sum + ms, 0);
  expect(pausedMs).toBeGreaterThan(60);
  expect(pausedMs).toBeLessThanOrEqual(101);
});

test('whatever waits is found again, in pieces', async () => {
  const { creatorId } = await seedCreator(database.db);
  const ids = [];
  for (let index = 0; index < 3; index++) ids.push((await seedPlace(database.db, creatorId)).id);
  const waiting = createWaitingRows(database.db);
  const first = await waiting.after(null, 2);
  const rest = await waiting.after(first.at(-1) ?? null, 2);
  expect([...first, ...rest]).toEqual(ids.toSorted());
});

test('two that remove and place the same bytes at once leave both row and file, or neither', async () => {
  const house = await aHouse();
  const { id, sha256 } = await aFile(house, 'a letter');
  await letGo(id);
  await house.orphans.tidy(signal);
  house.later(31);
  for (let round = 0; round < 10; round++) {
    const [, again] = await Promise.all([house.orphans.tidy(signal), aFile(house, 'a letter')]);
    expect(await house.store.sizeOf(sha256)).toEqual({ known: true, value: 8 });
    expect(await fileRow(sha256)).toBeDefined();
    await letGo(again.id);
    await house.orphans.tidy(signal);
    house.later(31);
  }
});
