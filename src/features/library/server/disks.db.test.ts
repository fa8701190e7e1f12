import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { radarr, radarr4k } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary } from './library-house.fake.ts';
import { aFilm } from './ports.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

test('a disk keeps a reading an hour', async () => {
  const { run, reader, service } = aLibraryHouse(database);
  await run();
  await run();
  expect(await service.diskReadings(new Date(0))).toHaveLength(2);
  expect(await reader.disks()).toMatchObject([
    { path: '/films', freeBytes: known(10), measuredBy: 'service' },
  ]);
});

test('free space is read again by itself; who does not answer leaves no number behind (J-40, T-13)', async () => {
  const { run, reader, house, measureDisks, clock } = aLibraryHouse(database);
  await run();
  clock.pass(1);
  house.of(radarr).storage.rootFolders = [{ path: '/films', accessible: true, freeBytes: 60 }];
  await measureDisks();
  expect(await reader.disks()).toMatchObject([
    { id: 'radarr01-films', freeBytes: known(60), readAt: clock.now() },
  ]);
  house.of(radarr).failing.add('storage');
  await measureDisks();
  expect(await reader.disks()).toMatchObject([
    { id: 'radarr01-films', freeBytes: unknown('service-not-read') },
  ]);
});

test('whose folder lies in a folder is known across services, by whole names', async () => {
  const { run, reader, house } = aLibraryHouse(database);
  house.of(radarr4k).films = [
    aFilm({ externalId: 1, path: '/films/Film 1/4K' }),
    aFilm({ externalId: 2, path: '/films/Film 10' }),
  ];
  await run();
  expect((await reader.titlesWithin('/films/Film 1/')).sort()).toEqual(['radarr01-1', 'radarr02-1']);
  expect(await reader.titlesWithin('/films/Film 2')).toEqual(['radarr01-2']);
});
