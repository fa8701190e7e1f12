import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { PostMediaId, Sha256 } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { openQueue, type Queue } from '#server/platform/queue.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { mediaFiles, mediaStore } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import {
  aFolder,
  aMedia,
  gives,
  scriptedSource,
  seedCreator,
  seedPlace,
  sourceSettings,
} from './media.fake.ts';
import { createMedia } from './media.ts';
import { servingApi } from './serving.api.ts';
import { storageApi } from './storage.api.ts';

let database: TestDatabase;
let queue: Queue;
let place: { folder: string; remove: () => Promise<void> };
beforeAll(async () => {
  database = await openTestDatabase({ maxConnections: 8 });
  queue = await openQueue(database);
});
afterAll(async () => {
  await queue.stop();
  await database.close();
});
afterEach(async () => {
  await database.db.delete(posts);
  await database.db.delete(mediaFiles);
  await database.db.delete(mediaStore);
  await place.remove();
});

async function aHouse({ freeBytes = 1e12 } = {}) {
  place = await aFolder();
  const folder = join(place.folder, 'media');
  const removed: Sha256[] = [];
  const derived: Sha256[] = [];
  const { source } = scriptedSource(({ media }) => gives(`the bytes of ${media.fileName ?? '?'}`));
  const media = createMedia({
    db: database.db,
    folder,
    queue,
    openSource: async () => ok({ source, stored: { settings: sourceSettings, state: { is: 'unchecked' } } }),
    onStored: async (_transaction, { sha256 }) => void derived.push(sha256),
    onRemoved: async (sha256) => void removed.push(sha256),
    freeSpace: async () => known({ freeBytes, totalBytes: 2e12 }),
    changed: () => undefined,
    time: { now: () => new Date(), pause: async () => undefined },
    random: () => 0,
    newId: () => crypto.randomUUID(),
    log: { info: () => undefined, warn: () => undefined },
  });
  const api = new OpenAPIHono<ApiEnv>();
  api.route('/', servingApi(media.serving));
  api.route('/', storageApi(media.storage));
  const ask = async (path: string, method = 'GET', body?: object) => {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await api.request(path, { method, ...json });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const run = (job: keyof typeof media.jobs, payload: object = {}) =>
    media.jobs[job].runRaw(payload, {
      signal: new AbortController().signal,
      jobId: 'job',
      progress: () => undefined,
    });
  const stored = async (id: PostMediaId) => {
    await run('download', { postMediaId: id });
    const [row] = await database.db.select().from(postMedia).where(eq(postMedia.id, id));
    if (!row?.sha256) throw new Error('It was not stored');
    return row.sha256;
  };
  return { media, api, ask, run, stored, folder, removed, derived };
}

test('a download through its job ends in the store, in the report and at its address', async () => {
  const house = await aHouse();
  const { creatorId } = await seedCreator(database.db, 'Ana');
  const one = await seedPlace(database.db, creatorId, aMedia({ fileName: 'one.txt' }));
  const sha256 = await house.stored(one.id);

  expect(house.derived).toEqual([sha256]);
  expect((await house.ask(`/media-files/${sha256}/about`)).body).toMatchObject({
    sha256,
    sizeBytes: 20,
    mimeType: 'text/plain',
    name: 'one.txt',
    damagedAt: null,
    orphanedAt: null,
    uses: [{ id: one.id, postId: one.postId, creatorId, fileName: 'one.txt' }],
  });
  const answer = await house.api.request(`/media-files/${sha256}`);
  expect(await answer.text()).toBe('the bytes of one.txt');
  expect(answer.headers.get('content-disposition')).toContain('filename="one.txt"');
});

test('a file of several posts has the name of the place that asks', async () => {
  const house = await aHouse();
  const { creatorId } = await seedCreator(database.db);
  const first = await seedPlace(database.db, creatorId, aMedia({ fileName: 'first.txt' }));
  const second = await seedPlace(database.db, creatorId, aMedia({ fileName: 'second.txt' }));
  const sha256 = await house.stored(first.id);
  const stored = { sha256, state: 'stored' as const, storedBytes: 'the bytes of first.txt'.length };
  await database.db.update(postMedia).set(stored).where(eq(postMedia.id, second.id));
  const nameAs = async (as: string) =>
    (await house.api.request(`/media-files/${sha256}/download?as=${as}`)).headers.get('content-disposition');
  expect(await nameAs(first.id)).toContain('"first.txt"');
  expect(await nameAs(second.id)).toContain('"second.txt"');
  expect(await nameAs('nobody')).toMatch(/"(first|second)\.txt"/);
});

test('the report counts by kind and by creator, and what two creators share is counted once in all', async () => {
  const house = await aHouse();
  const [ana, leo] = [await seedCreator(database.db, 'Ana'), await seedCreator(database.db, 'Leo')];
  const own = await seedPlace(database.db, ana.creatorId, aMedia({ fileName: 'own.txt' }));
  const same = await Promise.all(
    [ana, ana, leo].map(({ creatorId }) => seedPlace(database.db, creatorId, aMedia({ fileName: 'x.txt' }))),
  );
  for (const { id } of [own, ...same]) await house.stored(id);

  const { body } = await house.ask('/media-storage');

  expect(body).toMatchObject({
    state: 'ready',
    why: null,
    path: house.folder,
    freeBytes: 1e12,
    files: 2,
    bytes: 38,
    damaged: 0,
    orphans: 0,
    byKind: [{ kind: 'file', files: 2, bytes: 38 }],
    byCreator: [
      { creatorId: ana.creatorId, creator: 'Ana', kind: 'file', files: 2, bytes: 38 },
      { creatorId: leo.creatorId, creator: 'Leo', kind: 'file', files: 1, bytes: 18 },
    ],
    settings: { orphanDays: 30, reserveBytes: 2_000_000_000, verifyBytesPerSecond: 20_000_000 },
  });
});

test('a setting is kept, the others stay, and nonsense is refused beside its field', async () => {
  const house = await aHouse();
  const changed = await house.ask('/media-storage', 'PATCH', { orphanDays: 90 });
  expect(changed.body).toMatchObject({ settings: { orphanDays: 90, reserveBytes: 2_000_000_000 } });
  expect(await house.ask('/media-storage', 'PATCH', { orphanDays: 0 })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'orphanDays' }] },
  });
  expect((await house.ask('/media-storage', 'PATCH', { nonsense: 1 })).status).toBe(400);
});

test('too little room is said, to the page and to whoever watches the program', async () => {
  const house = await aHouse({ freeBytes: 1e9 });
  const { creatorId } = await seedCreator(database.db);
  const { id } = await seedPlace(database.db, creatorId);
  expect(await house.run('download', { postMediaId: id })).toEqual({
    is: 'retry-later',
    afterSeconds: 600,
    why: 'download.disk-full: 1000000000',
  });
  expect((await house.ask('/media-storage')).body).toMatchObject({ state: 'low' });
  expect(await house.media.storage.vital()).toMatchObject({ state: 'low', waiting: 1, damaged: 0 });
});

test('a folder that was put in the place of ours is taken only when a person says so', async () => {
  const house = await aHouse();
  const { creatorId } = await seedCreator(database.db);
  const { id } = await seedPlace(database.db, creatorId, aMedia({ fileName: 'a.txt' }));
  const sha256 = await house.stored(id);
  await rename(house.folder, `${house.folder}-away`);
  await mkdir(house.folder);

  expect((await house.ask('/media-storage')).body).toMatchObject({ state: 'missing', why: 'no-mark' });
  expect(await house.ask(`/media-files/${sha256}`)).toMatchObject({
    status: 503,
    body: { code: 'archive.store-missing' },
  });
  expect(await house.media.files.locate(sha256)).toEqual({ is: 'store-missing' });
  await house.run('verify');
  await house.run('upkeep');
  expect(await readdir(house.folder)).toEqual([]);

  expect((await house.ask('/media-storage/accept', 'POST')).body).toMatchObject({ state: 'ready' });
  expect(await house.media.files.locate(sha256)).toEqual({ is: 'gone' });
  expect((await house.ask(`/media-files/${sha256}`)).body).toMatchObject({ code: 'archive.file-damaged' });

  await rm(house.folder, { recursive: true });
  await rename(`${house.folder}-away`, house.folder);
  expect(await house.media.files.locate(sha256)).toMatchObject({ is: 'here' });
});

test('a folder of another installation is ours after a person said so', async () => {
  const house = await aHouse();
  await house.ask('/media-storage');
  await database.db.update(mediaStore).set({ storeId: 'another' });
  expect((await house.ask('/media-storage')).body).toMatchObject({ state: 'missing', why: 'another-store' });
  expect((await house.ask('/media-storage/accept', 'POST')).body).toMatchObject({ state: 'ready' });
});

test('a folder that cannot be one is not accepted, and the report says why', async () => {
  const house = await aHouse();
  await writeFile(house.folder, 'a file where the folder should be');
  expect(await house.ask('/media-storage/accept', 'POST')).toMatchObject({
    status: 200,
    body: { state: 'missing' },
  });
});

test('the report counts downloads that wait, and files whose turn to be proven has come', async () => {
  const house = await aHouse();
  const { creatorId } = await seedCreator(database.db);
  const { id } = await seedPlace(database.db, creatorId);
  expect((await house.ask('/media-storage')).body).toMatchObject({ waiting: 1, proofsDue: 0 });
  await house.stored(id);
  await database.db.update(mediaFiles).set({ verifiedAt: new Date(Date.now() - 31 * 86_400_000) });
  expect((await house.ask('/media-storage')).body).toMatchObject({ waiting: 0, proofsDue: 1 });
});

test('what waits gets its job back, once', async () => {
  const house = await aHouse();
  const { creatorId } = await seedCreator(database.db);
  const { id } = await seedPlace(database.db, creatorId);
  await house.run('upkeep');
  await house.run('upkeep');
  const jobs = await queue.desk.list({ names: ['archive.media'] });
  expect(jobs).toHaveLength(1);
  expect(JSON.stringify(jobs)).toContain(id);
});

test('a transaction that fails asks for no bytes', async () => {
  const house = await aHouse();
  const failing = database.db.transaction(async (transaction) => {
    await house.media.fetch(transaction, ['never' as PostMediaId]);
    throw new Error('not this time');
  });
  await expect(failing).rejects.toThrow('not this time');
  expect(JSON.stringify(await queue.desk.list({ names: ['archive.media'] }))).not.toContain('never');
});
