import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Item } from '../core/item.ts';
import { jellyfin, seerr, sonarr } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary } from './library-house.fake.ts';
import { aMediaEntry, aShow, aUserMark } from './ports.fake.ts';
import { libraryPlays } from './plays.tables.ts';
import type { CatalogueEpisode, CatalogueEpisodeFile } from './ports.ts';
import type { ShowChoice } from './store.ports.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

const show = 'sonarr01-1' as ItemId;
const march = new Date('2025-03-01T00:00:00Z');

const anEpisode = (number: number, over: Partial<CatalogueEpisode> = {}): CatalogueEpisode => ({
  externalId: 10 + number,
  seasonNumber: 1,
  episodeNumber: number,
  title: `Episode ${String(number)}`,
  airedAt: march,
  monitored: true,
  fileId: 100 + number,
  ...over,
});
const aFile = (externalId: number, over: Partial<CatalogueEpisodeFile> = {}): CatalogueEpisodeFile => ({
  externalId,
  path: `/tv/Show 1/${String(externalId)}.mkv`,
  sizeBytes: 500,
  addedAt: march,
  quality: null,
  seasonNumber: 1,
  ...over,
});
const anEntry = (number: number, seasonNumber = 1) =>
  aMediaEntry({
    externalId: `e${String(number)}`,
    kind: 'episode',
    path: null,
    showExternalId: 's1',
    seasonNumber,
    episodeNumber: number,
  });

/** A show of four episodes in three files: the second and the third share one. */
function setup() {
  const library = aLibraryHouse(database);
  const { house, episodeBatches } = library;
  const service = house.of(sonarr);
  service.episodes[1] = {
    episodes: [anEpisode(1), anEpisode(2), anEpisode(3, { fileId: 102 }), anEpisode(4)],
    files: [aFile(101), aFile(102), aFile(104)],
  };
  service.imports = [1, 2, 3, 4].map((number) => anImport(number, march));
  const server = house.of(jellyfin);
  server.entries = [
    ...server.entries.filter(({ kind }) => kind !== 'episode'),
    ...[1, 2, 3].map((n) => anEntry(n)),
  ];
  server.marks = {
    ana: [1, 2, 3].map((number) => aUserMark({ mediaExternalId: `e${String(number)}` })),
    bea: [aUserMark({ mediaExternalId: 'e2' }), aUserMark({ mediaExternalId: 's1-1', favourite: true })],
  };
  const episodes = async (choice: ShowChoice = [show]) =>
    new Map((await episodeBatches(choice)).flat().map((item) => [item.id.split('-').at(-1), item]));
  return { ...library, episodes };
}

const anImport = (number: number, at: Date, seasonNumber = 1) => ({
  titleExternalId: 1,
  seasonNumber,
  episodeExternalId: 10 + number,
  at,
});
const watchers = (item: Item | undefined) => {
  const watch = item?.watch ?? unknown('no-such-item');
  return watch.known ? watch.value.watchers.map(({ user, finished }) => [user, finished]) : watch.why;
};

test('the files of episodes are items with their own watchers and the favourites above them (T-05, T-32)', async () => {
  const { run, episodes } = setup();
  expect((await run()).state).toBe('done');
  const all = await episodes();
  expect([...all.keys()]).toEqual(['f101', 'f102', 'f104']);
  expect(all.get('f101')).toMatchObject({
    kind: 'episode',
    showId: show,
    title: 'Show 1',
    showType: 'standard',
    oldestImportAt: known(march),
    favouriteOf: known(['bea']),
    requests: known([{ by: 'bea', mediaUser: 'bea', at: new Date('2025-01-01T00:00:00Z') }]),
  });
  expect(watchers(all.get('f101'))).toEqual([['ana', true]]);
  expect(all.get('f102')?.episodes.map(({ episodeNumber }) => episodeNumber)).toEqual([2, 3]);
  expect(watchers(all.get('f102'))).toEqual([
    ['ana', true],
    ['bea', false],
  ]);
  // The media server has no fourth episode (J-38).
  expect(watchers(all.get('f104'))).toBe('not-in-media-server');
});

test('a show that the media server does not have leaves its episodes unknown', async () => {
  const { run, house, episodes } = setup();
  house.of(sonarr).episodes[2] = {
    episodes: [anEpisode(1, { externalId: 21, fileId: 201 })],
    files: [aFile(201)],
  };
  await run();
  const item = (await episodes(['sonarr01-2' as ItemId])).get('f201');
  expect(item?.watch).toEqual(unknown('not-in-media-server'));
  expect(item?.playingNow).toEqual(unknown('not-in-media-server'));
});

test('when the media server or the request server failed, what it told is not believed (J-33)', async () => {
  const { run, house, episodes } = setup();
  await run();
  house.of(jellyfin).failing.add('users');
  house.of(seerr).failing.add('requests');
  await run();
  expect((await episodes()).get('f101')).toMatchObject({
    watch: unknown('media-server-stale'),
    favouriteOf: unknown('media-server-stale'),
    requests: unknown('request-server-stale'),
  });
});

test('a re-download is as young as its newest import, and is read again although it looks the same (J-74)', async () => {
  const { run, house, episodes } = setup();
  await run();
  const again = new Date('2026-01-01T01:30:00Z');
  const service = house.of(sonarr);
  service.imports.push(anImport(1, again));
  service.episodes[1] = {
    episodes: [anEpisode(1, { fileId: 201 }), ...(service.episodes[1]?.episodes.slice(1) ?? [])],
    files: [aFile(201, { addedAt: again }), aFile(102), aFile(104)],
  };
  await run();
  const all = await episodes();
  expect([...all.keys()].sort()).toEqual(['f102', 'f104', 'f201']);
  expect(all.get('f201')).toMatchObject({ oldestImportAt: known(again), newestFileAt: known(again) });
  expect(all.get('f102')?.oldestImportAt).toEqual(known(march));
});

test('a daily show has years for seasons (J-75)', async () => {
  const { run, house, episodes } = setup();
  const service = house.of(sonarr);
  const season = {
    number: 2024,
    monitored: true,
    sizeBytes: 500,
    fileCount: 1,
    airedCount: 1,
    totalCount: 1,
  };
  service.shows[0] = aShow({ externalId: 1, showType: 'daily', seasons: [season] });
  const seasonNumber = 2024;
  service.episodes[1] = {
    episodes: [anEpisode(1, { seasonNumber })],
    files: [aFile(101, { seasonNumber })],
  };
  service.imports = [anImport(1, march, 2024), anImport(9, march, 2024)];
  const server = house.of(jellyfin);
  server.entries = [...server.entries.filter(({ kind }) => kind !== 'episode'), anEntry(1, 2024)];
  await run();
  const item = (await episodes()).get('f101');
  expect(item).toMatchObject({ seasonNumber: 2024, showType: 'daily', oldestImportAt: known(march) });
  expect(watchers(item)).toEqual([['ana', true]]);
});

test('what a play source told of an episode counts for its file, and without a number for all of the show (C-02, T-50)', async () => {
  const { run, episodes } = setup();
  await run();
  const played = {
    connectionId: jellyfin,
    kind: 'episode',
    ofOwnServer: true,
    showExternalId: 's1',
  } as const;
  const at = new Date('2025-12-24T20:00:00Z');
  await database.db.insert(libraryPlays).values([
    { ...played, part: 'e1', userName: 'cai', at, seasonNumber: 1, episodeNumber: 1 },
    {
      ...played,
      part: 'other',
      userName: 'dan',
      at,
      showExternalId: 's2',
      seasonNumber: 1,
      episodeNumber: 1,
    },
  ]);
  const all = await episodes();
  expect(watchers(all.get('f101'))).toEqual([
    ['ana', true],
    ['cai', false],
  ]);
  expect(all.get('f101')?.watch).toMatchObject({ value: { lastWatchedAt: at } });
  expect(watchers(all.get('f102'))).not.toContainEqual(['cai', false]);

  await database.db
    .insert(libraryPlays)
    .values({ ...played, part: 'lost', userName: 'eva', at, showExternalId: null, tvdbId: 1 });
  expect(watchers((await episodes()).get('f102'))).toContainEqual(['eva', false]);
  // A play makes nothing known that is not (J-33).
  expect(watchers((await episodes()).get('f104'))).toBe('not-in-media-server');
});

test('who plays an episode keeps its file, and for minutes only', async () => {
  const { run, house, episodes, clock } = setup();
  house.of(jellyfin).playing = ['e3'];
  await run();
  const all = await episodes();
  expect([all.get('f101')?.playingNow, all.get('f102')?.playingNow]).toEqual([known(false), known(true)]);
  clock.pass(1);
  expect((await episodes()).get('f102')?.playingNow).toEqual(unknown('playing-stale'));
});

test('shows are chosen by name or by tag, and come in batches', async () => {
  const { run, house, episodeBatches } = setup();
  const service = house.of(sonarr);
  service.shows = Array.from({ length: 30 }, (_, index) =>
    aShow({ externalId: index + 1, tags: index < 28 ? ['kids', 'hd'] : [] }),
  );
  for (const { externalId } of service.shows)
    service.episodes[externalId] = {
      episodes: [anEpisode(1, { externalId: 1_000 + externalId, fileId: externalId })],
      files: [aFile(externalId)],
    };
  service.imports = [];
  await run();
  expect((await episodeBatches({ tags: ['kids', 'other'] })).map((batch) => batch.length)).toEqual([25, 3]);
  expect(await episodeBatches({ tags: ['other'] })).toEqual([]);
  expect(await episodeBatches({ tags: [] })).toEqual([]);
  expect(await episodeBatches([])).toEqual([]);
  // Neither a season nor a film has episode items.
  expect(await episodeBatches(['sonarr01-1-s01', 'radarr01-1'] as ItemId[])).toEqual([]);
});

test('one episode file is found with its path, its episodes and its ids at the media server', async () => {
  const { run, service: library, house } = setup();
  for (const one of house.list) one.pathMappings = [{ theirs: '/tv', ours: '/mnt/tv' }];
  await run();
  const found = await library.findItem(`${show}-f102` as ItemId);
  expect(found).toMatchObject({
    item: { id: `${show}-f102`, kind: 'episode', path: '/tv/Show 1/102.mkv' },
    ownPath: '/mnt/tv/Show 1/102.mkv',
    episodes: [{ externalId: 12 }, { externalId: 13 }],
    files: [{ externalId: 102, path: '/tv/Show 1/102.mkv', sizeBytes: 500 }],
    mediaIds: ['jellyf01:e2', 'jellyf01:e3'],
    seasons: [],
    ids: { tvdb: 1 },
  });
  expect(found?.files).toHaveLength(1);
  expect(await library.findItem(`${show}-f999` as ItemId)).toBeNull();
  expect(await library.findItem('sonarr01-9-f1' as ItemId)).toBeNull();
});

test('a removed episode file is forgotten, and its show and the other files stay', async () => {
  const { run, service: library, episodes } = setup();
  await run();
  await library.forget([`${show}-f102` as ItemId]);
  expect([...(await episodes()).keys()]).toEqual(['f101', 'f104']);
  const found = await library.findItem(show);
  expect(found?.episodes.map(({ fileId }) => fileId)).toEqual([101, null, null, 104]);
});

test('a show knows how far its seasons have come', async () => {
  const { run, service: library, house } = setup();
  const service = house.of(sonarr);
  const later = anEpisode(5, { fileId: null, airedAt: new Date('2027-01-01') });
  const soon = anEpisode(6, { fileId: null, airedAt: null });
  const special = anEpisode(7, { seasonNumber: 0, fileId: null });
  service.episodes[1]?.episodes.push(later, soon, special);
  await run();
  const states = await library.showStates([show, 'sonarr01-2' as ItemId]);
  expect(states.get(show)).toEqual([
    { number: 0, airedCount: 1, totalCount: 1, filedCount: 0, lastAiredAt: march },
    { number: 1, airedCount: 4, totalCount: 6, filedCount: 4, lastAiredAt: march },
  ]);
  expect(states.get('sonarr01-2' as ItemId)).toEqual([]);
});
