import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CreatorId, Sha256 } from '#core/ids.ts';
import { known } from '#core/fact.ts';
import { ok, type Result } from '#core/result.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { DownloadProblem } from '../../core/media.ts';
import type { SourcePicture } from '../../core/post.ts';
import type { Download } from '../ports.ts';
import { mediaFiles } from './media.tables.ts';
import { creators } from '../tables.ts';
import { createCreatorPictures } from './creator-pictures.service.ts';
import { createCreatorPictureRows } from './creator-pictures.store.ts';
import { createFileRows } from './files.store.ts';
import { aFileStore, aFolder, breaksAfter, gives, refuses, seedCreator, settings } from './media.fake.ts';
import { createOrphanRows, createVerifyRows } from './upkeep.store.ts';

let database: TestDatabase;
const open: { remove: () => Promise<void> }[] = [];
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(async () => {
  await database.db.delete(creators);
  await database.db.delete(mediaFiles);
  for (const one of open.splice(0)) await one.remove();
});

const { signal } = new AbortController();
const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
/** Enough of a picture for whoever looks at the first bytes of a file. */
const gif = (text: string) =>
  Buffer.concat([Buffer.from('GIF89a'), Buffer.from([1, 0, 1, 0]), Buffer.from(text)]);
const picture = (version: string): SourcePicture => ({ address: `at ${version}`, version });

type Host = (address: string) => Result<Download, DownloadProblem>;

async function aHouse(host: Host, { freeBytes = 1e12 } = {}) {
  const place = await aFolder();
  open.push(place);
  const { store } = aFileStore(place.folder, { freeBytes });
  await store.state();
  const { sourceId, creatorId } = await seedCreator(database.db);
  const { externalId } = await rowOf(creatorId);
  const asked: string[] = [];
  const derived: Sha256[] = [];
  const warned: object[] = [];
  const answers = { host };
  const keep = createCreatorPictures({
    rows: createCreatorPictureRows(database.db),
    files: createFileRows(database.db, clock),
    store,
    settings,
    onStored: async (_transaction, { sha256 }) => void derived.push(sha256),
    stallMs: 60_000,
    changed: () => undefined,
    log: { warn: (_what, facts) => void warned.push(facts) },
  });
  const source = {
    picture: async (address: string) => {
      asked.push(address);
      return answers.host(address);
    },
  };
  const sync = (avatar: string, cover: string | null = null) => {
    const told = { externalId, avatar: picture(avatar), cover: cover === null ? null : picture(cover) };
    return keep({ source, stored: { id: sourceId }, told: [told] }, signal);
  };
  return { keep, sync, source, answers, sourceId, creatorId, asked, derived, warned, store };
}

async function rowOf(id: CreatorId) {
  const [row] = await database.db.select().from(creators).where(eq(creators.id, id));
  if (!row) throw new Error('there is no such creator');
  return row;
}

test('an avatar and a cover are stored, derived from, and fetched again only when they are others', async () => {
  const house = await aHouse((address) => gives(gif(address), { mimeType: 'image/gif' }));
  await house.sync('face 1', 'wide 1');
  const first = await rowOf(house.creatorId);
  expect(first).toMatchObject({ avatarVersion: 'face 1', coverVersion: 'wide 1' });
  expect(house.derived).toEqual([first.avatarSha, first.coverSha]);
  expect(await house.store.sizeOf(first.avatarSha ?? ('' as Sha256))).toEqual(known(gif('at face 1').length));

  await house.sync('face 1', 'wide 1');
  expect(house.asked).toEqual(['at face 1', 'at wide 1']);

  await house.sync('face 2', null);
  const second = await rowOf(house.creatorId);
  expect(second.avatarSha).not.toBe(first.avatarSha);
  expect(second.coverSha).toBe(first.coverSha);
  expect(house.asked).toEqual(['at face 1', 'at wide 1', 'at face 2']);
});

test('what stands for a creator is no orphan, and what stood for them before is one', async () => {
  const house = await aHouse((address) => gives(gif(address)));
  await house.sync('face 1', 'wide 1');
  const { avatarSha } = await rowOf(house.creatorId);
  const orphans = createOrphanRows(database.db);
  expect(await orphans.mark(clock.now())).toEqual({ orphaned: 0, revived: 0 });
  await house.sync('face 2');
  expect(await orphans.mark(clock.now())).toEqual({ orphaned: 1, revived: 0 });
  const left = await database.db.select().from(mediaFiles);
  expect(left.filter(({ orphanedAt }) => orphanedAt !== null).map(({ sha256 }) => sha256)).toEqual([
    avatarSha,
  ]);
});

test('a damaged one is fetched again by the next sync', async () => {
  const house = await aHouse((address) => gives(gif(address)));
  await house.sync('face 1', 'wide 1');
  const [file] = await database.db.select().from(mediaFiles);
  if (!file) throw new Error('nothing is stored');
  await createVerifyRows(database.db, async () => undefined).damaged(file, clock.now());
  house.asked.length = 0;
  await house.sync('face 1', 'wide 1');
  expect(house.asked).toHaveLength(1);
  const [again] = await database.db.select().from(mediaFiles).where(eq(mediaFiles.sha256, file.sha256));
  expect(again?.damagedAt).toBeNull();
});

test.each<[string, () => ReturnType<Host>]>([
  ['a refusal', () => refuses({ code: 'source.not-found' })],
  ['a page in its place', () => gives('<!doctype html><p>Sorry', { mimeType: 'text/html' })],
  ['a drawing that can run scripts', () => gives('<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
  ['a film in its place', () => gives(Buffer.from('\x1aE\xdf\xa3', 'latin1'))],
  ['another length', () => gives(gif('x'), { sizeBytes: 5 })],
  ['nothing', () => gives('')],
])('%s leaves what was there, and the next sync asks again', async (_name, answer) => {
  const house = await aHouse((address) => gives(gif(address)));
  await house.sync('face 1');
  const before = await rowOf(house.creatorId);
  house.answers.host = answer;
  await house.sync('face 2', 'wide 1');
  expect(await rowOf(house.creatorId)).toEqual(before);
  expect(house.asked).toEqual(['at face 1', 'at face 2', 'at wide 1']);
  expect(house.warned).toHaveLength(2);
  await house.sync('face 2');
  expect(house.asked).toHaveLength(4);
});

test.each<[string, () => ReturnType<Host>]>([
  ['is ill', () => refuses({ code: 'download.host-failed', host: 'files.example', reason: 'HTTP 503' })],
  ['asks for fewer questions', () => refuses({ code: 'source.rate-limited', retryAfterMs: 9 })],
  ['breaks off', () => ok({ ...valueOf(gives('')), body: breaksAfter('GIF89a') })],
])('a host that %s is left alone until the next sync', async (_name, answer) => {
  const house = await aHouse(answer);
  await house.sync('face 1', 'wide 1');
  expect(house.asked).toEqual(['at face 1']);
  expect(await rowOf(house.creatorId)).toMatchObject({ avatarSha: null, coverSha: null });
});

test('nothing is asked for while there is no room, nor of a creator who is left out', async () => {
  const full = await aHouse((address) => gives(gif(address)), { freeBytes: 1000 });
  await full.sync('face 1');
  const house = await aHouse((address) => gives(gif(address)));
  await database.db.update(creators).set({ selected: false });
  await house.sync('face 1');
  expect([...full.asked, ...house.asked]).toEqual([]);
});

test('a stop in the middle is a stop', async () => {
  const house = await aHouse(() => gives(gif('a')));
  const stopping = new AbortController();
  const source = {
    picture: async () => {
      stopping.abort(new Error('the program stops'));
      return ok({ ...valueOf(gives('')), body: Readable.from([gif('half')]) });
    },
  };
  const { externalId } = await rowOf(house.creatorId);
  const told = [{ externalId, avatar: picture('face 1'), cover: null }];
  await expect(house.keep({ source, stored: { id: house.sourceId }, told }, stopping.signal)).rejects.toThrow(
    'the program stops',
  );
  expect(await rowOf(house.creatorId)).toMatchObject({ avatarSha: null });
});

function valueOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error('an answer was expected');
}
