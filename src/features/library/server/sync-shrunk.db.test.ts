import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { jellyfin, radarr, sonarr } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary, toldOf } from './library-house.fake.ts';
import { aFilm, aMediaEntry, aUserMark } from './ports.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

test('an empty or shrunken answer is a failed sync until an admin accepts it (service-apis 0.4)', async () => {
  const { run, items, house, reader } = aLibraryHouse(database);
  await run();
  house.of(radarr).films = house.of(radarr).films.slice(0, 3);
  await run();
  const problem = async () =>
    (await reader.sources()).find((source) => source.connectionId === radarr)?.problem;
  expect(await problem()).toEqual({ code: 'sync.shrunk', had: 5, has: 3, allowedPercent: 20 });
  expect((await items()).size).toBe(10);

  house.of(sonarr).shows = [];
  await run({ acceptShrink: true });
  expect(await problem()).toBeNull();
  expect((await items()).size).toBe(4);
});

test('what we removed ourselves is not taken for a shrunken library', async () => {
  const { run, house, service } = aLibraryHouse(database);
  await run();
  house.of(radarr).films = house.of(radarr).films.slice(0, 3);
  await service.forget(['radarr01-4', 'radarr01-5'] as ItemId[]);
  expect((await run()).state).toBe('done');
});

test.each([
  ['a season', ['sonarr01-1-s01'], ['s1-1', 'e1']],
  ['a show', ['sonarr01-1'], ['s1', 's1-1', 'e1']],
  ['an episode file', ['sonarr01-1-f5'], ['e1']],
  ['films', ['radarr01-1', 'radarr01-2'], ['m1', 'm2']],
])('nor is a media server that lost %s of ours', async (_what, ids, gone) => {
  const { run, house, service } = aLibraryHouse(database);
  await run();
  const entries = house.of(jellyfin).entries;
  house.of(jellyfin).entries = entries.filter(({ externalId }) => !gone.includes(externalId));
  expect(entries.length - house.of(jellyfin).entries.length).toBe(gone.length);
  await service.forget(ids as ItemId[]);
  const { results } = await run();
  expect(results.find((result) => result.connectionId === jellyfin)?.problem).toBeNull();
});

test('a media server without users is a failed sync', async () => {
  const { run, house } = aLibraryHouse(database);
  house.of(jellyfin).users = [];
  const { results } = await run();
  expect(results.find((result) => result.connectionId === jellyfin)?.problem).toEqual({
    code: 'sync.empty',
    had: 0,
  });
});

const twenty = Array.from({ length: 20 }, (_, index) => `x${String(index)}`);

/** Twenty more films in the media server; `ana` watched all of them. */
function fillMore({ of }: ReturnType<typeof aLibraryHouse>['house'], prefix = '') {
  of(jellyfin).entries = twenty.map((id) =>
    aMediaEntry({ externalId: prefix + id, path: `/more/${id}/film.mkv` }),
  );
  of(jellyfin).marks = { ana: twenty.map((id) => aUserMark({ mediaExternalId: prefix + id })) };
}

test('a media server that was built anew is no house in which nobody ever watched (T-26, J-33)', async () => {
  const { run, house } = aLibraryHouse(database);
  fillMore(house);
  await run();
  fillMore(house, 'new-');
  house.of(jellyfin).marks = {};
  expect(toldOf(await run(), jellyfin)).toEqual({ code: 'sync.empty', had: 20 });
  expect(toldOf(await run({ acceptShrink: true }), jellyfin)).toBeNull();
});

test('marks that shrink are asked about: of one user, and of a user who was deleted (T-22, T-23)', async () => {
  const { run, house } = aLibraryHouse(database);
  fillMore(house);
  await run();
  const { marks } = house.of(jellyfin);
  house.of(jellyfin).marks = { ana: marks['ana']?.slice(0, 9) ?? [] };
  expect(toldOf(await run(), jellyfin)).toMatchObject({ code: 'sync.shrunk', had: 20, has: 9 });
  house.of(jellyfin).users = [{ externalId: 'u2', name: 'bea' }];
  expect(toldOf(await run(), jellyfin)).toEqual({ code: 'sync.empty', had: 20 });
});

test('marks on films that left the media server are not missed', async () => {
  const { run, house } = aLibraryHouse(database);
  fillMore(house);
  house
    .of(jellyfin)
    .entries.push(
      ...twenty.flatMap((id) =>
        [1, 2, 3, 4].map((copy) => aMediaEntry({ externalId: `${id}-${String(copy)}` })),
      ),
    );
  await run();
  house.of(jellyfin).entries = house.of(jellyfin).entries.slice(15);
  house.of(jellyfin).marks = { ana: (house.of(jellyfin).marks['ana'] ?? []).slice(15) };
  expect(toldOf(await run(), jellyfin)).toBeNull();
});

test('a Radarr whose numbers now mean other films is asked about, though the list is as long as before (T-14)', async () => {
  const { run, house, items } = aLibraryHouse(database);
  const films = (first: number) =>
    twenty.map((_, index) =>
      aFilm({ externalId: index + 1, ids: { tmdb: first + index, tvdb: null, imdb: null } }),
    );
  house.of(radarr).films = films(100);
  await run();
  house.of(radarr).films = films(500);
  expect(toldOf(await run(), radarr)).toEqual({ code: 'sync.empty', had: 20 });
  expect((await items()).size).toBe(25);
  expect(toldOf(await run({ acceptShrink: true }), radarr)).toBeNull();
});
