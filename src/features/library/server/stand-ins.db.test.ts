import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { ItemId, RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { StandIns } from '../core/stand-ins.ts';
import { fill, jellyfin, radarr, radarr4k, seerr, sonarr } from './household.fake.ts';
import { aMediaEntry, aUserMark, fakeClock, fakeLock, fakeSources, noFiles } from './ports.fake.ts';
import { aRun } from './runs.fake.ts';
import { createRunStore } from './runs.store.ts';
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

const standIns: StandIns = {
  roots: ['/leaving/jellyf01'],
  folders: [
    { links: '/leaving/jellyf01/films/Film 2', folder: '/films/Film 2' },
    { links: '/leaving/jellyf01/shows/Show 1', folder: '/tv/Show 1' },
  ],
};

function setup() {
  const clock = fakeClock();
  const house = fakeSources([
    { id: radarr, kind: 'radarr' },
    { id: radarr4k, kind: 'radarr' },
    { id: sonarr, kind: 'sonarr' },
    { id: jellyfin, kind: 'jellyfin' },
    { id: seerr, kind: 'seerr' },
  ]);
  fill(house);
  const runs = createRunStore(database.db);
  const { sources, sourceList } = house;
  const store = createSyncStore(database.db);
  const { lock } = fakeLock();
  const sync = createSync({
    store,
    runs,
    sources,
    sourceList,
    files: noFiles,
    lock,
    clock,
    standIns: async () => standIns,
  });
  let number = 0;
  const run = async () => {
    clock.pass(1);
    const asked = aRun({ id: `sync-${String((number += 1))}` as RunId, requestedAt: clock.now() });
    await runs.add(asked);
    await sync(asked);
    return (await runs.find(asked.id))?.results.map(({ problem }) => problem);
  };
  const reader = createLibraryReader(database.db);
  const find = async (id: string) => {
    const found = await reader.findItem(id as ItemId);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  return { house, of: house.of(jellyfin), run, find };
}

const fine = [null, null, null, null, null];
const watchersOf = ({ item }: { item: { watch: unknown } }) => item.watch;

test('J-34: who plays a film through its link has watched the film, and is seen to play it', async () => {
  const { of, run, find } = setup();
  // Sorts before `m2`, so that the order of the answer would put the stand-in first.
  of.entries.push(aMediaEntry({ externalId: 'a-link', path: '/leaving/jellyf01/films/Film 2/film.mkv' }));
  of.marks = { bea: [aUserMark({ mediaExternalId: 'a-link' })] };
  of.playing = ['a-link'];
  expect(await run()).toEqual(fine);
  const film = await find('radarr01-2');
  expect(watchersOf(film)).toMatchObject({ value: { watchers: [{ user: 'bea', finished: true }] } });
  expect(film.item.playingNow).toEqual(known(true));
  // The collection is made of the real film.
  expect(film.mediaIds).toEqual(['jellyf01:m2', 'jellyf01:a-link']);
});

test('J-34: who plays an episode through its link has watched the episode', async () => {
  const { of, run, find } = setup();
  const inShow = { path: null, showExternalId: 'link', seasonNumber: 1 } as const;
  of.entries.push(
    aMediaEntry({ externalId: 'link', kind: 'show', path: '/leaving/jellyf01/shows/Show 1' }),
    aMediaEntry({ externalId: 'link-1', kind: 'season', ...inShow }),
    aMediaEntry({ externalId: 'link-e1', kind: 'episode', ...inShow, episodeNumber: 1 }),
  );
  of.marks = { ana: [aUserMark({ mediaExternalId: 'link-e1' })], bea: [] };
  expect(await run()).toEqual(fine);
  expect(watchersOf(await find('sonarr01-1-s01'))).toMatchObject({
    known: true,
    value: { watchers: [{ user: 'ana', finished: true }] },
  });
});

test('J-115: when a library of links is emptied, the library has not shrunk', async () => {
  const { of, run } = setup();
  const real = [...of.entries];
  of.entries = [
    ...real,
    ...Array.from({ length: 40 }, (_, number) =>
      aMediaEntry({
        externalId: `link-${String(number)}`,
        path: `/leaving/jellyf01/films/Film ${String(number + 10)}/film.mkv`,
      }),
    ),
  ];
  expect(await run()).toEqual(fine);
  of.entries = real;
  expect(await run()).toEqual(fine);
});
