import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { StandIns } from '../core/stand-ins.ts';
import { jellyfin } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary } from './library-house.fake.ts';
import { aMediaEntry, aUserMark } from './ports.fake.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

const standIns: StandIns = {
  roots: ['/leaving/jellyf01'],
  folders: [
    { links: '/leaving/jellyf01/films/Film 2', folder: '/films/Film 2' },
    { links: '/leaving/jellyf01/shows/Show 1', folder: '/tv/Show 1' },
  ],
};

function setup() {
  const { house, run, find } = aLibraryHouse(database, { standIns: async () => standIns });
  const problems = async () => (await run()).results.map(({ problem }) => problem);
  return { of: house.of(jellyfin), problems, find };
}

const fine = [null, null, null, null, null];
const watchersOf = ({ item }: { item: { watch: unknown } }) => item.watch;

test('J-34: who plays a film through its link has watched the film, and is seen to play it', async () => {
  const { of, problems, find } = setup();
  // Sorts before `m2`, so that the order of the answer would put the stand-in first.
  of.entries.push(aMediaEntry({ externalId: 'a-link', path: '/leaving/jellyf01/films/Film 2/film.mkv' }));
  of.marks = { bea: [aUserMark({ mediaExternalId: 'a-link' })] };
  of.playing = ['a-link'];
  expect(await problems()).toEqual(fine);
  const film = await find('radarr01-2');
  expect(watchersOf(film)).toMatchObject({ value: { watchers: [{ user: 'bea', finished: true }] } });
  expect(film.item.playingNow).toEqual(known(true));
  // The collection is made of the real film.
  expect(film.mediaIds).toEqual(['jellyf01:m2', 'jellyf01:a-link']);
});

test('J-34: who plays an episode through its link has watched the episode', async () => {
  const { of, problems, find } = setup();
  const inShow = { path: null, showExternalId: 'link', seasonNumber: 1 } as const;
  of.entries.push(
    aMediaEntry({ externalId: 'link', kind: 'show', path: '/leaving/jellyf01/shows/Show 1' }),
    aMediaEntry({ externalId: 'link-1', kind: 'season', ...inShow }),
    aMediaEntry({ externalId: 'link-e1', kind: 'episode', ...inShow, episodeNumber: 1 }),
  );
  of.marks = { ana: [aUserMark({ mediaExternalId: 'link-e1' })], bea: [] };
  expect(await problems()).toEqual(fine);
  expect(watchersOf(await find('sonarr01-1-s01'))).toMatchObject({
    known: true,
    value: { watchers: [{ user: 'ana', finished: true }] },
  });
});

test('J-115: when a library of links is emptied, the library has not shrunk', async () => {
  const { of, problems } = setup();
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
  expect(await problems()).toEqual(fine);
  of.entries = real;
  expect(await problems()).toEqual(fine);
});
