import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId, RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Item } from '../core/item.ts';
import { createDiskMeasuring } from './disks.measure.ts';
import { fill, jellyfin, radarr, radarr4k, seerr, sonarr } from './household.fake.ts';
import {
  aFilm,
  aMediaEntry,
  aRequest,
  aShow,
  aUserMark,
  fakeClock,
  fakeLock,
  fakeSources,
  noFiles,
} from './ports.fake.ts';
import { aRun } from './runs.fake.ts';
import type { SyncRun } from './runs.ports.ts';
import { createRunStore } from './runs.store.ts';
import { createLibraryService } from './service.ts';
import { createLibraryReader, createSyncStore } from './store.ts';
import { createSync } from './sync.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select string_agg(tablename, ', ') as name from pg_tables where tablename like 'library\\_%'`,
  );
  await database.pool.query(`truncate ${rows[0]?.name ?? ''}`);
});

function setup() {
  const clock = fakeClock();
  const lock = fakeLock();
  const house = fakeSources([
    { id: radarr, kind: 'radarr' },
    { id: radarr4k, kind: 'radarr' },
    { id: sonarr, kind: 'sonarr' },
    { id: jellyfin, kind: 'jellyfin' },
    { id: seerr, kind: 'seerr' },
  ]);
  const runs = createRunStore(database.db);
  const { sources, sourceList } = house;
  const store = createSyncStore(database.db);
  const sync = createSync({ store, runs, sources, sourceList, files: noFiles, lock: lock.lock, clock });
  const reader = createLibraryReader(database.db);
  let number = 0;
  const service = createLibraryService({
    reader,
    runs,
    sync,
    sourceList,
    sources,
    clock,
    startSync: async () => undefined,
    newId: () => `run-${String((number += 1))}`,
  });
  const begin = async (acceptShrink: boolean) => {
    clock.pass(1);
    const id = `sync-${String((number += 1))}` as RunId;
    const asked = aRun({ id, acceptShrink, requestedAt: clock.now() });
    await runs.add(asked);
    return asked;
  };
  const start = async (signal: AbortSignal) => sync(await begin(false), signal);
  const run = async (acceptShrink = false) => {
    const asked = await begin(acceptShrink);
    await sync(asked);
    return (await runs.find(asked.id)) ?? asked;
  };
  const items = async () => {
    const all: Item[] = [];
    for await (const batch of service.readItems()) all.push(...batch);
    return new Map(all.map((item) => [item.id as string, item]));
  };
  const measureDisks = createDiskMeasuring({ store, sources, sourceList, files: noFiles, clock });
  fill(house);
  return { measureDisks, house, run, start, items, service, clock, lock, runs, reader };
}

test('a first sync reads everything and brings it together', async () => {
  const { run, items } = setup();
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
  const { run, items } = setup();
  await run();
  const all = await items();
  expect(all.get('radarr01-1')?.watch).toMatchObject({ value: { watchers: [{ user: 'ana' }] } });
  expect(all.get('radarr02-1')?.watch).toEqual(known({ lastWatchedAt: null, watchers: [] }));
});

test('a season is watched by its episodes, and a favourite show protects it (3.3, J-35, T-32)', async () => {
  const { run, items } = setup();
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
  const { run, items, house } = setup();
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

test('while a request server cannot be read nobody knows who asked; without one nobody did', async () => {
  const { run, items, house } = setup();
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

test('a show of which the media server lacks a season with files is not known to be unwatched (J-38)', async () => {
  const { run, items, house } = setup();
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
  const { run, service } = setup();
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
  const { run, house } = setup();
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
  const { run, items, house } = setup();
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
  expect(problemOf(await run(), jellyfin)).toMatchObject({ what: 'users/ana' });
});

test('a service that fails keeps what it had, with the problem and since when', async () => {
  const { run, items, house, reader } = setup();
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
  const { run, items, house } = setup();
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
  const { run, items, clock } = setup();
  await run();
  clock.pass(37);
  expect((await items()).get('radarr01-1')?.watch).toEqual(unknown('media-server-stale'));
});

test('an empty or shrunken answer is a failed sync until an admin accepts it (service-apis 0.4)', async () => {
  const { run, items, house, reader } = setup();
  await run();
  house.of(radarr).films = house.of(radarr).films.slice(0, 3);
  await run();
  const problem = async () =>
    (await reader.sources()).find((source) => source.connectionId === radarr)?.problem;
  expect(await problem()).toEqual({ code: 'sync.shrunk', had: 5, has: 3, allowedPercent: 20 });
  expect((await items()).size).toBe(10);

  house.of(sonarr).shows = [];
  await run(true);
  expect(await problem()).toBeNull();
  expect((await items()).size).toBe(4);
});

test('what we removed ourselves is not taken for a shrunken library', async () => {
  const { run, house, service } = setup();
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
  const { run, house, service } = setup();
  await run();
  const entries = house.of(jellyfin).entries;
  house.of(jellyfin).entries = entries.filter(({ externalId }) => !gone.includes(externalId));
  expect(entries.length - house.of(jellyfin).entries.length).toBe(gone.length);
  await service.forget(ids as ItemId[]);
  const { results } = await run();
  expect(results.find((result) => result.connectionId === jellyfin)?.problem).toBeNull();
});

test('a media server without users is a failed sync', async () => {
  const { run, house } = setup();
  house.of(jellyfin).users = [];
  const { results } = await run();
  expect(results.find((result) => result.connectionId === jellyfin)?.problem).toEqual({
    code: 'sync.empty',
    had: 0,
  });
});

test('somebody who was disabled is no longer asked', async () => {
  const { run, items, house } = setup();
  await run();
  house.of(jellyfin).users = [{ externalId: 'u1', name: 'ana' }];
  await run();
  expect((await items()).get('sonarr01-1')?.watch).toEqual(known({ lastWatchedAt: null, watchers: [] }));
});

const twenty = Array.from({ length: 20 }, (_, index) => `x${String(index)}`);

/** Twenty more films in the media server; `ana` watched all of them. */
function fillMore({ of }: ReturnType<typeof setup>['house'], prefix = '') {
  of(jellyfin).entries = twenty.map((id) =>
    aMediaEntry({ externalId: prefix + id, path: `/more/${id}/film.mkv` }),
  );
  of(jellyfin).marks = { ana: twenty.map((id) => aUserMark({ mediaExternalId: prefix + id })) };
}

const problemOf = (done: SyncRun, id: string) =>
  done.results.find((result) => result.connectionId === id)?.problem;

test('a media server that was built anew is no house in which nobody ever watched (T-26, J-33)', async () => {
  const { run, house } = setup();
  fillMore(house);
  await run();
  fillMore(house, 'new-');
  house.of(jellyfin).marks = {};
  expect(problemOf(await run(), jellyfin)).toEqual({ code: 'sync.empty', had: 20 });
  expect(problemOf(await run(true), jellyfin)).toBeNull();
});

test('marks that shrink are asked about: of one user, and of a user who was deleted (T-22, T-23)', async () => {
  const { run, house } = setup();
  fillMore(house);
  await run();
  const { marks } = house.of(jellyfin);
  house.of(jellyfin).marks = { ana: marks['ana']?.slice(0, 9) ?? [] };
  expect(problemOf(await run(), jellyfin)).toMatchObject({ code: 'sync.shrunk', had: 20, has: 9 });
  house.of(jellyfin).users = [{ externalId: 'u2', name: 'bea' }];
  expect(problemOf(await run(), jellyfin)).toEqual({ code: 'sync.empty', had: 20 });
});

test('marks on films that left the media server are not missed', async () => {
  const { run, house } = setup();
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
  expect(problemOf(await run(), jellyfin)).toBeNull();
});

test('a Radarr whose numbers now mean other films is asked about, though the list is as long as before (T-14)', async () => {
  const { run, house, items } = setup();
  const films = (first: number) =>
    twenty.map((_, index) =>
      aFilm({ externalId: index + 1, ids: { tmdb: first + index, tvdb: null, imdb: null } }),
    );
  house.of(radarr).films = films(100);
  await run();
  house.of(radarr).films = films(500);
  expect(problemOf(await run(), radarr)).toEqual({ code: 'sync.empty', had: 20 });
  expect((await items()).size).toBe(25);
  expect(problemOf(await run(true), radarr)).toBeNull();
});

test('a service whose address changed counts as never read, until a sync has read the new one', async () => {
  const { run, items, reader } = setup();
  await run();
  await reader.distrust(jellyfin);
  expect((await items()).get('radarr01-1')?.watch).toEqual(unknown('media-server-stale'));
  await run();
  expect((await items()).get('radarr01-1')?.watch.known).toBe(true);
});

test('an address that changes in the middle of a sync is not vouched for by what was read before', async () => {
  const { run, house, reader } = setup();
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
  const { run, items, house } = setup();
  await run();
  house.list.splice(3, 1);
  await run();
  expect((await items()).get('radarr01-1')?.watch).toEqual(unknown('no-media-server'));
});

test('changed shows are read again and vanished ones take their episodes along', async () => {
  const { run, house, service } = setup();
  await run();
  house.of(sonarr).shows = [aShow({ externalId: 1, fingerprint: '2' }), aShow({ externalId: 3 })];
  house.of(sonarr).episodes[1] = { episodes: [], files: [] };
  await run();
  expect(house.of(sonarr).asked).toContain('episodes/1');
  expect((await service.findItem('sonarr01-1' as ItemId))?.episodes).toEqual([]);
  expect(await service.findItem('sonarr01-2-s01' as ItemId)).toBeNull();
});

test('a number that now means another film loses the import date of the old one', async () => {
  const { run, items, house } = setup();
  await run();
  house.of(radarr).films[0] = aFilm({ externalId: 1, ids: { tmdb: 99, tvdb: null, imdb: null } });
  house.of(radarr).imports = [
    { titleExternalId: 1, seasonNumber: null, at: new Date('2025-08-01T00:00:00Z') },
  ];
  await run();
  expect((await items()).get('radarr01-1')?.oldestImportAt).toEqual(known(new Date('2025-08-01T00:00:00Z')));
});

test('who plays an episode now plays its season and show; the answer ages within minutes', async () => {
  const { run, items, house, service, clock } = setup();
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

test('a disk keeps a reading an hour', async () => {
  const { run, reader, service } = setup();
  await run();
  await run();
  expect(await service.diskReadings(new Date(0))).toHaveLength(2);
  expect(await reader.disks()).toMatchObject([
    { path: '/films', freeBytes: known(10), measuredBy: 'service' },
  ]);
});

test('free space is read again by itself; who does not answer leaves no number behind (J-40, T-13)', async () => {
  const { run, reader, house, measureDisks, clock } = setup();
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
  const { run, reader, house } = setup();
  house.of(radarr4k).films = [
    aFilm({ externalId: 1, path: '/films/Film 1/4K' }),
    aFilm({ externalId: 2, path: '/films/Film 10' }),
  ];
  await run();
  expect((await reader.titlesWithin('/films/Film 1/')).sort()).toEqual(['radarr01-1', 'radarr02-1']);
  expect(await reader.titlesWithin('/films/Film 2')).toEqual(['radarr01-2']);
});

test('while somebody else has the library nothing is read', async () => {
  const { run, lock, items } = setup();
  lock.take('cleanup.execute');
  expect((await run()).state).toBe('busy');
  expect((await items()).size).toBe(0);
});

test('a service whose client cannot be opened fails alone (J-04)', async () => {
  const { run, house } = setup();
  house.sources.filmCatalogue = async () => {
    throw new TypeError('secret in here');
  };
  const { state, results } = await run();
  expect(state).toBe('partial');
  expect(results[0]?.problem).toEqual({ code: 'read.unreachable', what: 'connection', reason: 'TypeError' });
});

test('what came before a service broke off goes into nobody else’s share', async () => {
  const { run, items, house } = setup();
  await run();
  house.of(radarr).films = [aFilm({ externalId: 99 }), aFilm({ externalId: 1, title: 'Renamed' })];
  house.of(radarr).failing.add('movies');
  expect((await run()).state).toBe('partial');
  const all = await items();
  expect(all.has('radarr01-99')).toBe(false);
  expect(all.get('radarr01-1')?.title).toBe('Film 1');
});

test('a sync that is stopped under way leaves everything as it was', async () => {
  const { start, items, runs } = setup();
  await expect(start(AbortSignal.abort(new Error('stopping')))).rejects.toThrow('stopping');
  expect((await items()).size).toBe(0);
  expect((await runs.list(1))[0]?.state).toBe('interrupted');
});
