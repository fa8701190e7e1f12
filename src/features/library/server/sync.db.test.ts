import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { jellyfin, radarr, seerr, sonarr } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary, toldOf } from './library-house.fake.ts';
import { aFilm, aRequest, aShow, aUserMark } from './ports.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

test('a first sync reads everything and brings it together', async () => {
  const { run, items } = aLibraryHouse(database);
  const done = await run();
  expect(done).toMatchObject({ state: 'done', progress: { step: 'linking' } });
  expect(done.results.map((result) => result.count)).toEqual([5, 1, 2, 6, 2]);

  const all = await items();
  expect(all.size).toBe(10);
  expect(all.get('radarr01-1')).toMatchObject({
    newestFileAt: known(new Date('2025-01-02T00:00:00Z')),
    oldestImportAt: known(new Date('2024-01-03T00:00:00Z')),
    watch: {
      value: { lastWatchedAt: new Date('2025-06-01T20:00:00Z'), watchers: [{ user: 'ana', finished: true }] },
    },
    favouriteOf: known([]),
    playingNow: known(false),
    diskId: 'radarr01-films',
  });
  expect(all.get('radarr01-2')?.watch).toEqual(known({ lastWatchedAt: null, watchers: [] }));
  expect(all.get('radarr01-3')?.watch).toEqual(unknown('not-in-media-server'));
});

test('two Radarrs with the same number are two films, each with its own watchers (T-14)', async () => {
  const { run, items } = aLibraryHouse(database);
  await run();
  const all = await items();
  expect(all.get('radarr01-1')?.watch).toMatchObject({ value: { watchers: [{ user: 'ana' }] } });
  expect(all.get('radarr02-1')?.watch).toEqual(known({ lastWatchedAt: null, watchers: [] }));
});

test('a season is watched by its episodes, and a favourite show protects it (3.3, J-35, T-32)', async () => {
  const { run, items } = aLibraryHouse(database);
  await run();
  const all = await items();
  for (const id of ['sonarr01-1', 'sonarr01-1-s01']) {
    expect(all.get(id)).toMatchObject({
      watch: { value: { watchers: [{ user: 'bea', finished: true }] } },
      favouriteOf: known(['ana']),
      newestFileAt: known(new Date('2025-03-01T00:00:00Z')),
    });
  }
  expect(all.get('sonarr01-2-s01')?.watch).toEqual(unknown('not-in-media-server'));
});

test('a film tells who asked for it, when, and how it is rated; a change is written, and only that', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  const before = await items();
  const asked = { by: 'bea', mediaUser: 'bea', at: new Date('2025-01-01T00:00:00Z') };
  expect(before.get('radarr01-1')).toMatchObject({ rating: 8, votes: 20_000, showType: null });
  expect(before.get('radarr01-1')?.requests).toEqual(known([asked]));
  expect(before.get('radarr01-2')?.requests).toEqual(known([]));
  expect(before.get('sonarr01-1-s01')).toMatchObject({ showType: 'standard', requests: known([asked]) });

  const [first] = house.of(seerr).requests;
  if (first) house.of(seerr).requests[0] = { ...first, mediaUser: null };
  house
    .of(seerr)
    .requests.push(
      aRequest({ externalId: 9, requestedBy: 'ana', requestedAt: new Date('2024-01-01T00:00:00.123Z') }),
    );
  const done = await run();
  expect(done.results.map(({ changes }) => changes.changed)).toEqual([0, 0, 0, 0, 1]);
  expect((await items()).get('radarr01-1')?.requests).toEqual(
    known([
      { by: 'ana', mediaUser: 'bea', at: new Date('2024-01-01T00:00:00.123Z') },
      { ...asked, mediaUser: null },
    ]),
  );
});

test('a show of which the media server lacks a season with files is not known to be unwatched (J-38)', async () => {
  const { run, items, house } = aLibraryHouse(database);
  const season = (number: number, fileCount: number) =>
    ({ number, monitored: true, sizeBytes: 500, fileCount, airedCount: 1, totalCount: 1 }) as const;
  house.of(sonarr).shows[0] = aShow({ externalId: 1, seasons: [season(0, 1), season(1, 1), season(2, 0)] });
  await run();
  expect((await items()).get('sonarr01-1')?.watch.known).toBe(true);
  house.of(sonarr).shows[0] = aShow({
    externalId: 1,
    fingerprint: '2',
    seasons: [season(1, 1), season(2, 1)],
  });
  await run();
  const all = await items();
  expect(all.get('sonarr01-1')?.watch).toEqual(unknown('not-in-media-server'));
  expect(all.get('sonarr01-1')?.favouriteOf.known).toBe(false);
  expect(all.get('sonarr01-1-s01')?.watch.known).toBe(true);
});

test('an item tells its episodes, files, requests and seasons', async () => {
  const { run, service } = aLibraryHouse(database);
  await run();
  const found = await service.findItem('sonarr01-1' as ItemId);
  expect(found?.episodes).toMatchObject([{ title: 'One', fileId: 5 }]);
  expect(found?.files).toMatchObject([{ path: '/tv/Show 1/S01E01.mkv' }]);
  expect(found?.requests).toMatchObject([{ requestedBy: 'bea' }]);
  expect(found?.seasons.map((season) => season.id)).toEqual(['sonarr01-1-s01']);
  expect(found?.mediaIds).toEqual(['jellyf01:s1']);
  expect(found?.sources.map((source) => source.kind).sort()).toEqual(['jellyfin', 'seerr', 'sonarr']);
  expect(await service.findItem('nope' as ItemId)).toBeNull();
});

test('a second sync without change writes nothing and skips shows that stayed the same', async () => {
  const { run, house } = aLibraryHouse(database);
  await run();
  house.of(sonarr).asked.length = 0;
  const versions = () =>
    database.pool.query(
      `select 'i' || id as id, xmin::text from library_items union all select 'e' || external_id, xmin::text from library_entries
       union all select 'm' || media_external_id || user_external_id, xmin::text from library_marks
       union all select 'p' || external_id, xmin::text from library_episodes union all select 'f' || connection_id || external_id, xmin::text from library_files
       union all select 'r' || external_id, xmin::text from library_requests order by 1`,
    );
  const before = (await versions()).rows;
  const again = await run();
  expect((await versions()).rows).toEqual(before);
  expect(again.results.every(({ changes }) => changes.added + changes.changed + changes.removed === 0)).toBe(
    true,
  );
  expect(house.of(sonarr).asked).not.toContain('episodes/1');
});

test('marks of a person whose answer stayed the same are kept and not read; a new name or a changed mark reads them', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  const asked = async () => {
    house.of(jellyfin).asked.length = 0;
    await run();
    return house.of(jellyfin).asked.filter((what) => what.startsWith('users/'));
  };
  expect(await asked()).toEqual(['users/ana', 'users/bea']);
  expect((await items()).get('radarr01-1')?.watch).toMatchObject({
    value: { watchers: [{ user: 'ana', finished: true }] },
  });
  house.of(jellyfin).marks['ana']?.splice(0, 1, aUserMark({ mediaExternalId: 'm1', favourite: true }));
  expect(await asked()).toEqual(['users/ana', 'users/bea', 'users/ana']);
  expect((await items()).get('radarr01-1')?.favouriteOf).toEqual(known(['ana']));
  house.of(jellyfin).failing.add('users/ana');
  expect(toldOf(await run(), jellyfin)).toMatchObject({ what: 'users/ana' });
});

test('somebody who was disabled is no longer asked', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  house.of(jellyfin).users = [{ externalId: 'u1', name: 'ana' }];
  await run();
  expect((await items()).get('sonarr01-1')?.watch).toEqual(known({ lastWatchedAt: null, watchers: [] }));
});

test('changed shows are read again and vanished ones take their episodes along', async () => {
  const { run, house, service } = aLibraryHouse(database);
  await run();
  house.of(sonarr).shows = [aShow({ externalId: 1, fingerprint: '2' }), aShow({ externalId: 3 })];
  house.of(sonarr).episodes[1] = { episodes: [], files: [] };
  await run();
  expect(house.of(sonarr).asked).toContain('episodes/1');
  expect((await service.findItem('sonarr01-1' as ItemId))?.episodes).toEqual([]);
  expect(await service.findItem('sonarr01-2-s01' as ItemId)).toBeNull();
});

test('a number that now means another film loses the import date of the old one', async () => {
  const { run, items, house } = aLibraryHouse(database);
  await run();
  house.of(radarr).films[0] = aFilm({ externalId: 1, ids: { tmdb: 99, tvdb: null, imdb: null } });
  house.of(radarr).imports = [
    { titleExternalId: 1, seasonNumber: null, at: new Date('2025-08-01T00:00:00Z') },
  ];
  await run();
  expect((await items()).get('radarr01-1')?.oldestImportAt).toEqual(known(new Date('2025-08-01T00:00:00Z')));
});

test('who plays an episode now plays its season and show; the answer ages within minutes', async () => {
  const { run, items, house, service, clock } = aLibraryHouse(database);
  await run();
  house.of(jellyfin).playing = ['e1', 'm1'];
  await service.refreshPlaying();
  const all = await items();
  expect(
    ['radarr01-1', 'sonarr01-1', 'sonarr01-1-s01', 'radarr01-2'].map((id) => all.get(id)?.playingNow),
  ).toEqual([known(true), known(true), known(true), known(false)]);
  clock.pass(1);
  expect((await items()).get('radarr01-2')?.playingNow).toEqual(unknown('playing-stale'));
});
