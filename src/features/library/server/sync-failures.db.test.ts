import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { fill, jellyfin, radarr, seerr } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary } from './library-house.fake.ts';
import { aFilm } from './ports.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

test('while a request server cannot be read nobody knows who asked; without one nobody did', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  house.of(seerr).failing.add('requests');
  await run();
  expect((await items()).get('radarr01-2')?.requests).toEqual(unknown('request-server-stale'));
  house.list.splice(
    house.list.findIndex(({ id }) => id === seerr),
    1,
  );
  await run();
  expect((await items()).get('radarr01-1')?.requests).toEqual(known([]));
});

test('a service that fails keeps what it had, with the problem and since when', async () => {
  const { run, items, house, reader } = aLibraryHouse(database);
  await run();
  house.of(radarr).films = [];
  house.of(radarr).failing.add('movies');
  const second = await run();
  expect(second.state).toBe('partial');
  const ofRadarr = async () => (await reader.sources()).find((one) => one.connectionId === radarr);
  const failedAt = await ofRadarr();
  await run();
  const source = await ofRadarr();
  expect(failedAt?.problemSince).toBeInstanceOf(Date);
  expect(source?.problem).toMatchObject({ code: 'read.timed-out', what: 'movies' });
  expect(source?.problemSince).toEqual(failedAt?.problemSince);
  expect(source?.lastAttemptAt).not.toEqual(source?.lastSuccessAt);
  expect((await items()).has('radarr01-5')).toBe(true);
  expect((await reader.disks())[0]?.freeBytes).toEqual(unknown('service-not-read'));

  house.of(radarr).failing.clear();
  fill(house);
  expect((await run()).state).toBe('done');
  expect(await ofRadarr()).toMatchObject({
    problem: null,
    problemSince: null,
  });
});

test('one user that cannot be read makes watching unknown everywhere and keeps the marks (T-22)', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  house.of(jellyfin).failing.add('users/bea');
  await run();
  for (const item of (await items()).values()) {
    expect(item.watch).toEqual(unknown('media-server-stale'));
    expect(item.favouriteOf.known).toBe(false);
  }
  const { rows } = await database.pool.query('select count(*)::int as marks from library_marks');
  expect(rows).toEqual([{ marks: 3 }]);
});

test('evidence that grew old is not used, though nothing failed', async () => {
  const { run, items, clock } = aLibraryHouse(database);
  await run();
  clock.pass(37);
  expect((await items()).get('radarr01-1')?.watch).toEqual(unknown('media-server-stale'));
});

test('a service whose address changed counts as never read, until a sync has read the new one', async () => {
  const { run, items, reader } = aLibraryHouse(database);
  await run();
  await reader.distrust(jellyfin);
  expect((await items()).get('radarr01-1')?.watch).toEqual(unknown('media-server-stale'));
  await run();
  expect((await items()).get('radarr01-1')?.watch.known).toBe(true);
});

test('an address that changes in the middle of a sync is not vouched for by what was read before', async () => {
  const { run, house, reader } = aLibraryHouse(database);
  house.sources.requestServer = async () => {
    const moved = house.list.findIndex(({ id }) => id === jellyfin);
    house.list.splice(moved, 1, {
      ...house.list[moved],
      url: 'http://elsewhere',
    } as (typeof house.list)[number]);
    throw new Error('never mind');
  };
  await run();
  const source = (await reader.sources()).find(({ connectionId }) => connectionId === jellyfin);
  expect(source).toMatchObject({ problem: null, lastSuccessAt: null });
});

test('without a media server nobody knows who watched, and its marks are gone', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  house.list.splice(3, 1);
  await run();
  expect((await items()).get('radarr01-1')?.watch).toEqual(unknown('no-media-server'));
});

test('while somebody else has the library nothing is read', async () => {
  const { run, lock, items } = aLibraryHouse(database);
  lock.take('cleanup.execute');
  expect((await run()).state).toBe('busy');
  expect((await items()).size).toBe(0);
});

test('a service whose client cannot be opened fails alone (J-04)', async () => {
  const { run, house } = aLibraryHouse(database);
  house.sources.filmCatalogue = async () => {
    throw new TypeError('secret in here');
  };
  const { state, results } = await run();
  expect(state).toBe('partial');
  expect(results[0]?.problem).toEqual({ code: 'read.unreachable', what: 'connection', reason: 'TypeError' });
});

test('what came before a service broke off goes into nobody else’s share', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  house.of(radarr).films = [aFilm({ externalId: 99 }), aFilm({ externalId: 1, title: 'Renamed' })];
  house.of(radarr).failing.add('movies');
  expect((await run()).state).toBe('partial');
  const all = await items();
  expect(all.has('radarr01-99')).toBe(false);
  expect(all.get('radarr01-1')?.title).toBe('Film 1');
});

test('a sync that is stopped under way leaves everything as it was', async () => {
  const { start, items, runs } = aLibraryHouse(database);
  await expect(start(AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
  expect((await items()).size).toBe(0);
  expect((await runs.list(1))[0]?.state).toBe('interrupted');
});
