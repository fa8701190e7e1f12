import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { noIds } from '../core/build.fake.ts';
import type { Item } from '../core/item.ts';
import { jellyfin, radarr, radarr4k, seerr, sonarr } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary } from './library-house.fake.ts';
import { aMediaEntry, aPlay } from './ports.fake.ts';

const jellystat = 'jellyst1' as ConnectionId;
const streamystats = 'streamy1' as ConnectionId;
const tautulli = 'tautull1' as ConnectionId;
const later = new Date('2025-12-01T20:00:00Z');
const markOfAna = new Date('2025-06-01T20:00:00Z');

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

/** The usual house with everything in it that counts plays. */
function setup() {
  const asked = aLibraryHouse(database, {
    services: [
      // A play source first: it is asked last all the same.
      { id: jellystat, kind: 'jellystat' },
      { id: radarr, kind: 'radarr' },
      { id: radarr4k, kind: 'radarr' },
      { id: sonarr, kind: 'sonarr' },
      { id: jellyfin, kind: 'jellyfin' },
      { id: seerr, kind: 'seerr' },
      { id: streamystats, kind: 'streamystats' },
      { id: tautulli, kind: 'tautulli' },
    ],
  });
  asked.house.of(streamystats).tells = 'titles';
  asked.house.of(jellyfin).tells = 'plug-in';
  return { ...asked, item: async (id: string) => (await asked.items()).get(id) };
}

const watchers = (item: Item | undefined) => (item?.watch.known ? item.watch.value.watchers : item?.watch);

test('J-37: a later play moves the last watch on, and brings watchers the media server does not know', async () => {
  const { house, run, item } = setup();
  house.of(jellystat).plays = [aPlay(), aPlay({ user: 'cai', mediaExternalId: 'm2' })];
  await run();
  expect((await item('radarr01-1'))?.watch).toEqual(
    known({
      lastWatchedAt: later,
      watchers: [{ user: 'ana', lastWatchedAt: later, finished: true, halfWay: false, toldBy: jellystat }],
    }),
  );
  expect(watchers(await item('radarr01-2'))).toEqual([
    { user: 'cai', lastWatchedAt: later, finished: false, halfWay: false, toldBy: jellystat },
  ]);
  expect(watchers(await item('radarr02-1'))).toEqual([]);
});

test('J-31: a play of 59 seconds is none, one of 60 and one without a length are', async () => {
  const { house, run, item } = setup();
  const of = (mediaExternalId: string, seconds: number | null) =>
    aPlay({ mediaExternalId, seconds, user: `for ${String(seconds)}` });
  house.of(jellystat).plays = [of('m2', 59), of('m2', 60), of('m2', 61), of('m2', null), of('m2', 0)];
  await run();
  expect(watchers(await item('radarr01-2'))).toMatchObject([
    { user: 'for 0' },
    { user: 'for 60' },
    { user: 'for 61' },
    { user: 'for null' },
  ]);
});

test('J-38: a play never makes known what the media server does not have', async () => {
  const { house, run, item } = setup();
  house.of(tautulli).plays = [aPlay({ mediaExternalId: null, ids: { ...noIds, tmdb: 3 } })];
  await run();
  expect((await item('radarr01-3'))?.watch).toEqual(unknown('not-in-media-server'));
});

test('J-33: a play source that fails keeps its plays, says so, and takes nothing away', async () => {
  const { house, run, item, service, problemOf } = setup();
  house.of(jellystat).plays = [aPlay(), aPlay({ user: 'bea' }), aPlay({ user: 'cai' })];
  await run();
  const before = (await item('radarr01-1'))?.watch;
  house.of(jellystat).failing.add('plays');
  house.of(jellystat).plays = [aPlay({ at: new Date('2025-12-31T00:00:00Z') })];
  const second = await run();
  expect(second.state).toBe('partial');
  expect(await problemOf(jellystat)).toMatchObject({ code: 'read.timed-out', what: 'plays' });
  const found = await service.findItem('radarr01-1' as ItemId);
  expect(found?.item.watch).toEqual(before);
  expect(found?.sources.find((source) => source.connectionId === jellystat)?.problem).not.toBeNull();
});

test('C-02: a play source that is down keeps nothing from being fresh enough for a run', async () => {
  const { house, run, service } = setup();
  house.of(jellystat).failing.add('plays');
  await run();
  await service.freshen();
  expect(await service.listSyncs()).toHaveLength(1);
  expect((await service.findItem('radarr01-1' as ItemId))?.item.watch.known).toBe(true);
});

test('an empty history where there were plays is a failure, and the plays stay', async () => {
  const { house, run, item, problemOf } = setup();
  house.of(jellystat).plays = [aPlay()];
  await run();
  house.of(jellystat).plays = [];
  await run();
  expect(await problemOf(jellystat)).toEqual({ code: 'sync.empty', had: 1 });
  expect((await item('radarr01-1'))?.watch).toMatchObject({ value: { lastWatchedAt: later } });
});

test('what a play source has forgotten still counts', async () => {
  const { house, run, item } = setup();
  house.of(jellystat).plays = [aPlay()];
  await run();
  house.of(jellystat).plays = [aPlay({ mediaExternalId: 'm2' })];
  expect((await run()).state).toBe('done');
  expect((await item('radarr01-1'))?.watch).toMatchObject({ value: { lastWatchedAt: later } });
});

test('T-26: plays are remembered by provider ids, so a library that is built anew keeps them', async () => {
  const { house, run, item } = setup();
  const entry = { path: '/films/Film 2/film.mkv', ids: { ...noIds, tmdb: 2 } };
  const server = house.of(jellyfin);
  server.entries = [aMediaEntry(), aMediaEntry({ externalId: 'm2', ...entry })];
  house.of(jellystat).plays = [aPlay({ mediaExternalId: 'm2' })];
  await run();
  server.entries = [aMediaEntry(), aMediaEntry({ externalId: 'new2', ...entry })];
  await run();
  expect(watchers(await item('radarr01-2'))).toMatchObject([{ user: 'ana', lastWatchedAt: later }]);
});

test('an episode is of its season and its show; of which season nobody can tell, it is of all (J-36, T-50)', async () => {
  const { house, run, item } = setup();
  const episode = aPlay({ kind: 'episode', mediaExternalId: 'e1', showExternalId: 's1', user: 'cai' });
  house.of(jellystat).plays = [episode];
  await run();
  expect(watchers(await item('sonarr01-1-s01'))).toMatchObject([{ user: 'bea' }, { user: 'cai' }]);
  expect(watchers(await item('sonarr01-1'))).toMatchObject([{ user: 'bea' }, { user: 'cai' }]);

  house.of(jellystat).plays = [{ ...episode, mediaExternalId: 'gone', user: 'dan' }];
  await run();
  expect(watchers(await item('sonarr01-1-s01'))).toMatchObject([
    { user: 'bea' },
    { user: 'cai' },
    { user: 'dan' },
  ]);
});

test('the plays of Tautulli are found by provider ids with season and episode, or by title and year', async () => {
  const { house, run, item } = setup();
  const elsewhere = { mediaExternalId: null, showExternalId: null };
  house.of(tautulli).plays = [
    aPlay({ ...elsewhere, user: 'by title', title: 'FILM 2', year: 1973 }),
    aPlay({
      ...elsewhere,
      kind: 'episode',
      user: 'by ids',
      ids: { ...noIds, tvdb: 1 },
      seasonNumber: 1,
      episodeNumber: 1,
    }),
  ];
  await run();
  expect(watchers(await item('radarr01-2'))).toMatchObject([{ user: 'by title', toldBy: tautulli }]);
  expect(watchers(await item('sonarr01-1-s01'))).toMatchObject([{ user: 'bea' }, { user: 'by ids' }]);
});

test('the plug-in of a media server that fails leaves the marks trusted, and says so', async () => {
  const { house, run, item, reader, problemOf } = setup();
  house.of(jellyfin).plays = [aPlay()];
  await run();
  expect(watchers(await item('radarr01-1'))).toMatchObject([{ toldBy: 'Playback Reporting' }]);
  house.of(jellyfin).failing.add('plays');
  expect((await run()).state).toBe('done');
  expect(await problemOf(jellyfin)).toBeNull();
  expect((await item('radarr01-1'))?.watch).toMatchObject({ value: { lastWatchedAt: later } });
  expect((await reader.playReads()).find((read) => read.connectionId === jellyfin)?.problem).toMatchObject({
    code: 'read.timed-out',
  });
});

test('a play from the future was a minute ago at the latest, so that it keeps nothing for ever', async () => {
  const { house, run, item, clock } = setup();
  house.of(jellystat).plays = [aPlay({ at: new Date('2050-01-01T00:00:00Z') })];
  await run();
  const watch = (await item('radarr01-1'))?.watch;
  expect(watch).toMatchObject({ value: { lastWatchedAt: clock.now() } });
});

test('only new plays are asked for, and everything once a week', async () => {
  const { house, run, clock } = setup();
  house.of(jellystat).plays = [aPlay()];
  await run();
  const first = clock.now();
  await run({ hours: 24 });
  await run({ hours: 24 * 7 });
  expect(house.of(jellystat).questions.map(({ since }) => since)).toEqual([
    null,
    new Date(first.getTime() - 24 * 3_600_000),
    null,
  ]);
});

test('a play source at another address is asked for everything again', async () => {
  const { house, run, reader } = setup();
  house.of(jellystat).plays = [aPlay()];
  await run();
  await reader.distrust(jellystat);
  await run();
  expect(house.of(jellystat).questions.map(({ since }) => since)).toEqual([null, null]);
});

test('a source without a list is asked about what nobody watched for long, and about each title once a week', async () => {
  const { house, run, clock } = setup();
  house.of(jellyfin).marks = { ana: [{ ...aMark, lastPlayedAt: clock.now() }] };
  await run();
  await run({ hours: 24 });
  await run({ hours: 24 * 8 });
  const asked = house.of(streamystats).questions.map(({ titles }) => [...titles].sort());
  expect(asked).toEqual([['m1', 'm2', 'm4k', 's1'], [], ['m2', 'm4k', 's1']]);
});

test('an episode file is watched when somebody played its episode, or one that nobody can place (T-50)', async () => {
  const { house, run, episodeBatches } = setup();
  const play = aPlay({ kind: 'episode', mediaExternalId: 'e1', showExternalId: 's1', user: 'cai' });
  const elsewhere = { mediaExternalId: null, showExternalId: null, ids: { ...noIds, tvdb: 1 } };
  house.of(jellystat).plays = [play, { ...play, mediaExternalId: 'gone', user: 'dan' }];
  house.of(tautulli).plays = [
    { ...play, ...elsewhere, seasonNumber: 1, episodeNumber: 1, user: 'eva' },
    { ...play, ...elsewhere, seasonNumber: 1, episodeNumber: 2, user: 'fay' },
  ];
  await run();
  const all = await episodeBatches(['sonarr01-1' as ItemId]);
  expect(all.flat().map(watchers)).toMatchObject([
    [{ user: 'bea' }, { user: 'cai' }, { user: 'dan' }, { user: 'eva', lastWatchedAt: later }],
  ]);
});

const aMark = {
  mediaExternalId: 'm1',
  played: true,
  playCount: 1,
  lastPlayedAt: markOfAna,
  favourite: false,
  positionPercent: 0,
};

test('a second sync without change writes nothing', async () => {
  const { house, run } = setup();
  house.of(jellystat).plays = [aPlay(), aPlay({ user: 'cai' })];
  await run();
  const versions = async () =>
    (
      await database.pool.query<{ id: string; xmin: string }>(
        `select id, xmin::text from library_items union all select part || user_name, xmin::text from library_plays order by 1`,
      )
    ).rows;
  const before = await versions();
  await run();
  expect(await versions()).toEqual(before);
});

test('a play source that is removed takes its plays with it', async () => {
  const { house, run, item } = setup();
  house.of(jellystat).plays = [aPlay({ mediaExternalId: 'm2' })];
  await run();
  house.list.splice(
    house.list.findIndex(({ id }) => id === jellystat),
    1,
  );
  await run();
  expect(watchers(await item('radarr01-2'))).toEqual([]);
});
