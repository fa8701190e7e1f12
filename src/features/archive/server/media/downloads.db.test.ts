import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { mediaFiles } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { downloadHouses, now, run } from './download-house.fake.ts';
import { aMedia, breaksAfter, gives, seedPlace } from './media.fake.ts';

let database: TestDatabase;
let houses: ReturnType<typeof downloadHouses>;
beforeAll(async () => {
  database = await openTestDatabase();
  houses = downloadHouses(database);
});
afterAll(() => database.close());
afterEach(() => houses.removeAll());

test('bytes are placed, named by their row, and told of in the same transaction', async () => {
  const house = await houses.aHouse(() => gives('Dear patrons,\n', { sizeBytes: 14, fileName: 'host.txt' }));
  const { id } = await houses.aPlace(aMedia({ fileName: null }));

  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });

  const row = await houses.rowOf(id);
  expect(row).toMatchObject({ state: 'stored', gap: null, fileName: 'host.txt' });
  expect(house.stored).toEqual([row?.sha256]);
  expect(await house.store.sizeOf(await houses.shaOf(id))).toEqual({ known: true, value: 14 });
  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });
  expect(house.asked).toHaveLength(1);
});

test('when what follows cannot be written down, nothing is', async () => {
  const house = await houses.aHouse(() => gives('a letter that is told of'), {
    onStored: () => Promise.reject(new Error('the queue is away')),
  });
  const { id } = await houses.aPlace();
  await expect(house.downloads.run(id, run)).rejects.toThrow('the queue is away');
  expect(await houses.rowOf(id)).toMatchObject({ state: 'waiting', sha256: null });
});

test('the same bytes of two posts are one file', async () => {
  const house = await houses.aHouse(() => gives('the same letter'));
  const { id, creatorId } = await houses.aPlace();
  const other = await seedPlace(database.db, creatorId);
  await Promise.all([house.downloads.run(id, run), house.downloads.run(other.id, run)]);
  const [one, two] = [await houses.rowOf(id), await houses.rowOf(other.id)];
  expect(one?.sha256).toBe(two?.sha256);
  const all = [];
  for await (const { sha256 } of house.store.list()) all.push(sha256);
  expect(all).toEqual([one?.sha256]);
});

test('a page in the place of a picture is refused, and its bytes are not kept', async () => {
  const house = await houses.aHouse(() => gives('<!doctype html><title>Sign in</title>'));
  const { id } = await houses.aPlace(aMedia({ kind: 'image', fileName: 'a.jpg', mimeType: 'image/jpeg' }));
  for (let tries = 1; tries < 4; tries++) {
    expect(await house.downloads.run(id, run)).toMatchObject({
      is: 'later',
      why: 'download.wrong-type: image/jpeg, text/html',
    });
    expect(await houses.rowOf(id)).toMatchObject({ state: 'waiting', tries, triedAt: now });
  }
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'gap' });
  expect(await houses.rowOf(id)).toMatchObject({
    state: 'gap',
    sha256: null,
    gap: { code: 'failed', tries: 4, problem: { code: 'download.wrong-type' } },
  });
  for await (const file of house.store.list()) expect.unreachable(file.sha256);
});

test('less than was promised is not taken', async () => {
  const house = await houses.aHouse(() => gives('half', { sizeBytes: 8 }));
  const { id } = await houses.aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ why: 'download.wrong-length: 8, 4' });
  expect(await houses.rowOf(id)).toMatchObject({ state: 'waiting', tries: 1 });
});

test('what breaks off goes on where it was, and costs no try as long as it brings something', async () => {
  const whole = 'a letter in three pieces';
  const house = await houses.aHouse(({ fromByte, validator }) => {
    expect(validator).toBe(fromByte === 0 ? null : '"v1"');
    const body =
      fromByte < 16
        ? breaksAfter(whole.slice(fromByte, fromByte + 9))
        : Readable.from([Buffer.from(whole.slice(fromByte))]);
    return gives('', { body, fromByte, validator: '"v1"', sizeBytes: whole.length });
  });
  const { id } = await houses.aPlace();

  const ends = [];
  for (let turn = 0; turn < 3; turn++) ends.push(await house.downloads.run(id, run));

  expect(ends).toEqual([
    { is: 'later', afterMs: 5000, why: 'source.unreachable: read ECONNRESET' },
    { is: 'later', afterMs: 5000, why: 'source.unreachable: read ECONNRESET' },
    { is: 'done' },
  ]);
  expect(house.asked.map(({ fromByte }) => fromByte)).toEqual([0, 8, 16]);
  const row = await houses.rowOf(id);
  expect(row).toMatchObject({ state: 'stored', tries: 0 });
  const opened = await house.store.open(await houses.shaOf(id));
  expect(String(await opened?.body.toArray())).toBe(whole);
});

test('bytes of another version are not put behind the first ones', async () => {
  let turn = 0;
  const house = await houses.aHouse(({ fromByte }) =>
    ++turn === 1
      ? gives('', { body: breaksAfter('first'), validator: '"v1"' })
      : gives('second', { fromByte, validator: '"v2"' }),
  );
  const { id } = await houses.aPlace();
  await house.downloads.run(id, run);
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: /bytes of another file/ });
  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });
  const opened = await house.store.open(await houses.shaOf(id));
  expect(String(await opened?.body.toArray())).toBe('second');
});

test('a line that brings nothing is dead', async () => {
  const house = await houses.aHouse(() => gives('', { body: new Readable({ read: () => undefined }) }), {
    stallMs: 20,
  });
  const { id } = await houses.aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: 'source.timed-out: 20' });
  expect(await houses.rowOf(id)).toMatchObject({ tries: 1 });
});

test('damaged bytes are replaced when they come again', async () => {
  const house = await houses.aHouse(() => gives('a letter that rots'));
  const { id } = await houses.aPlace();
  await house.downloads.run(id, run);
  const sha256 = await houses.shaOf(id);
  await database.db.update(mediaFiles).set({ damagedAt: now }).where(eq(mediaFiles.sha256, sha256));
  await database.db.update(postMedia).set({ state: 'waiting' }).where(eq(postMedia.id, id));

  expect(await house.downloads.run(id, run)).toEqual({ is: 'done' });

  const [file] = await database.db.select().from(mediaFiles).where(eq(mediaFiles.sha256, sha256));
  expect(file).toMatchObject({ damagedAt: null, orphanedAt: null });
});
