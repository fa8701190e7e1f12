import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SourceId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { downloadHouses, now, run } from './download-house.fake.ts';
import { createDownloads } from './downloads.service.ts';
import { aMedia, gives, refuses, scriptedSource, seedPlace, settings, sourceSettings } from './media.fake.ts';
import { createPlaces } from './places.store.ts';

let database: TestDatabase;
let houses: ReturnType<typeof downloadHouses>;
beforeAll(async () => {
  database = await openTestDatabase();
  houses = downloadHouses(database);
});
afterAll(() => database.close());
afterEach(() => houses.removeAll());

test('while the folder is away nobody is asked for anything, and no try is lost', async () => {
  const house = await houses.aHouse(() => gives('x'));
  await rename(house.root, join(house.folder, 'away'));
  await mkdir(house.root);
  const { id } = await houses.aPlace();
  const why = `download.store-missing: ${house.root}`;
  expect(await house.downloads.run(id, run)).toEqual({ is: 'later', afterMs: 600_000, why });
  expect(house.asked).toEqual([]);
  expect(await houses.rowOf(id)).toMatchObject({ state: 'waiting', tries: 0 });
});

test('a disk with too little room pauses downloads before anybody is asked', async () => {
  const house = await houses.aHouse(() => gives('x'), {
    settings: async () => ({ ...(await settings()), reserveBytes: 1e12 - 10 }),
  });
  const fits = await houses.aPlace(aMedia({ sizeBytes: 10 }));
  const { id } = await houses.aPlace(aMedia({ sizeBytes: 11 }));
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: /^download.disk-full/ });
  expect(house.asked).toEqual([]);
  expect(await house.downloads.run(fits.id, run)).toEqual({ is: 'done' });
});

test('a size that only the host knows is looked at before a byte is read', async () => {
  const body = Readable.from([Buffer.from('x')]);
  const house = await houses.aHouse(() => gives('', { body, sizeBytes: 2e12 }));
  const { id } = await houses.aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ why: /^download.disk-full/ });
  expect(body.destroyed).toBe(true);
});

test('a file above the limit of its source is a gap with its size', async () => {
  const house = await houses.aHouse(() => gives('0123456789', { sizeBytes: null }));
  house.deps.open = async () =>
    ok({
      source: scriptedSource(() => gives('0123456789')).source,
      stored: { settings: { ...sourceSettings, mostBytes: 5 }, state: { is: 'unchecked' } },
    });
  const { id } = await houses.aPlace(aMedia({ sizeBytes: 10 }));
  expect(await createDownloads(house.deps).run(id, run)).toMatchObject({ is: 'gap' });
  expect(await houses.rowOf(id)).toMatchObject({ gap: { code: 'too-large', sizeBytes: 10, limitBytes: 5 } });
});

test('a source that rests is not asked, and waited for', async () => {
  const until = new Date(now.getTime() + 120_000);
  const problem = { code: 'source.server-error', status: 503 } as const;
  const house = await houses.aHouse(() => gives('x'), {
    state: { is: 'stopped', problem, since: now, until },
  });
  const { id } = await houses.aPlace();
  expect(await house.downloads.run(id, run)).toEqual({ is: 'later', afterMs: 120_000, why: problem.code });
  expect(house.asked).toEqual([]);
});

test('a source that cannot be opened costs no try', async () => {
  const house = await houses.aHouse(() => gives('x'), {
    open: async () => err({ code: 'sources.signed-out' }),
  });
  const { id } = await houses.aPlace();
  expect(await house.downloads.run(id, run)).toMatchObject({ is: 'later', why: 'sources.signed-out' });
  expect(await houses.rowOf(id)).toMatchObject({ state: 'waiting', tries: 0 });
});

test('a problem of the source is told with its facts', async () => {
  const house = await houses.aHouse(() => refuses({ code: 'source.rate-limited', retryAfterMs: 90_000 }));
  const { id } = await houses.aPlace();
  expect(await house.downloads.run(id, run)).toEqual({
    is: 'later',
    afterMs: 90_000,
    why: 'source.rate-limited: 90000',
  });
});

test('a source has as many downloads at once as its settings say, in all processes together', async () => {
  const gate = Promise.withResolvers<undefined>();
  const house = await houses.aHouse(async () => {
    await gate.promise;
    return gives('one of three');
  });
  const otherProcess = createDownloads({
    ...house.deps,
    places: createPlaces(database.db, () => crypto.randomUUID()),
  });
  const { id, creatorId } = await houses.aPlace();
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
  const house = await houses.aHouse(() => gives('', { body, validator: '"v1"' }));
  const { id } = await houses.aPlace();
  const progress = () => stop.abort(new Error('The program stops.'));
  await expect(house.downloads.run(id, { signal: stop.signal, progress })).rejects.toThrow();
  expect(await house.parts.find(id)).toEqual({ bytes: 10, validator: '"v1"' });
  expect(await houses.rowOf(id)).toMatchObject({ state: 'waiting', tries: 0 });
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
  const house = await houses.aHouse(() => gives('', { body }));
  const { id } = await houses.aPlace();
  const progress = () => stop.abort(new Error('The program stops.'));
  await expect(house.downloads.run(id, { signal: stop.signal, progress })).rejects.toThrow();
  expect(await house.deps.places.take(`for ${id}` as SourceId, 1, id)).not.toBeNull();
});
