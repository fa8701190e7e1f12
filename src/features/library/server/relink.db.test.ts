import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ItemId, RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { noStandIns, type StandIns } from '../core/stand-ins.ts';
import { fill, jellyfin, radarr, radarr4k, seerr, sonarr } from './household.fake.ts';
import { emptyLibrary } from './library-house.fake.ts';
import {
  aFilm,
  aMediaEntry,
  aPlay,
  aRequest,
  aUserMark,
  fakeClock,
  fakeLock,
  fakeSources,
  noFiles,
} from './ports.fake.ts';
import { aRun } from './runs.fake.ts';
import { createRunStore } from './runs.store.ts';
import { createLibraryReader, createSyncStore } from './store.ts';
import { createSync } from './sync.ts';
import { libraryEntries, libraryItems, libraryListReads, libraryMarks } from './tables.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

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
  const links: { now: StandIns } = { now: noStandIns };
  const open = () =>
    createSync({
      store: createSyncStore(database.db),
      runs,
      sources: house.sources,
      sourceList: house.sourceList,
      files: noFiles,
      lock: fakeLock().lock,
      clock,
      standIns: async () => links.now,
      allowedShrinkPercent: 100,
    });
  let number = 0;
  const run = async (sync: ReturnType<typeof createSync>) => {
    clock.pass(1);
    const asked = aRun({ id: `sync-${String((number += 1))}` as RunId, requestedAt: clock.now() });
    await runs.add({ ...asked, acceptShrink: true });
    await sync({ ...asked, acceptShrink: true });
    return (await runs.find(asked.id))?.state;
  };
  return { house, links, open, run };
}

/** All that pages and plans see of it, without the moment at which it was written. */
async function stored() {
  const items = await database.db.select().from(libraryItems).orderBy(libraryItems.id);
  const entries = await database.db.select().from(libraryEntries).orderBy(libraryEntries.externalId);
  const marks = await database.db
    .select()
    .from(libraryMarks)
    .orderBy(libraryMarks.mediaExternalId, libraryMarks.userExternalId);
  return { items: items.map(({ syncedAt: _, ...item }) => item), entries, marks };
}

type House = ReturnType<typeof setup>;

/** What may happen in a household between two syncs. */
const events: Record<string, (house: House, number: number) => Promise<void> | void> = {
  nothing: () => undefined,
  'somebody watches': ({ house }, number) => {
    const at = new Date(Date.UTC(2025, 5, 1 + number));
    house.of(jellyfin).marks['ana'] = [aUserMark({ mediaExternalId: 'm2', lastPlayedAt: at })];
  },
  'somebody watches no more': ({ house }) => void (house.of(jellyfin).marks = { ana: [], bea: [] }),
  'an entry comes': ({ house }, number) => {
    house
      .of(jellyfin)
      .entries.push(aMediaEntry({ externalId: `m${String(10 + number)}`, path: '/films/Film 3/film.mkv' }));
  },
  'an entry goes': ({ house }) => void house.of(jellyfin).entries.splice(1, 1),
  'an entry is another film now': ({ house }) => {
    const [first] = house.of(jellyfin).entries;
    if (first) house.of(jellyfin).entries[0] = { ...first, path: '/films/Film 4/film.mkv' };
  },
  'a film comes': ({ house }, number) => void house.of(radarr).films.push(aFilm({ externalId: 20 + number })),
  'a film goes': ({ house }) => void house.of(radarr).films.pop(),
  'somebody asks': ({ house }, number) =>
    void house.of(seerr).requests.push(aRequest({ externalId: 10 + number, tmdb: 2 })),
  'a user is renamed': ({ house }) => {
    house.of(jellyfin).users = house.of(jellyfin).users.map((user) => ({ ...user, name: `${user.name}x` }));
  },
  'links are made': ({ links }) => {
    links.now = {
      roots: ['/leaving/jellyf01'],
      folders: [{ links: '/leaving/jellyf01/films/Film 2', folder: '/films/Film 2' }],
    };
  },
  'a service is down': ({ house }) => void house.of(jellyfin).failing.add('items'),
  'all services are well': ({ house }) => house.of(jellyfin).failing.clear(),
  'a removal took a film': async () => createLibraryReader(database.db).forget(['radarr01-2' as ItemId]),
  'something was played': ({ house }, number) =>
    void house.of(jellyfin).plays.push(aPlay({ at: new Date(Date.UTC(2025, 7, 1 + number)) })),
};

test('a sync that remembers knows what one knows that looks at everything', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(events)), { minLength: 1, maxLength: 6 }),
      async (happened) => {
        await emptyLibrary(database);
        const house = setup();
        const remembering = house.open();
        await house.run(remembering);
        for (const [number, event] of happened.entries()) {
          await events[event]?.(house, number);
          const state = await house.run(remembering);
          const found = await stored();
          await database.db.delete(libraryListReads);
          expect(await house.run(house.open())).toBe(state);
          expect(found).toEqual(await stored());
        }
      },
    ),
    { numRuns: 10, examples: Object.keys(events).map((event) => [[event, 'nothing', event]]) },
  );
}, 120_000);

test('a household that has no titles yet is linked, and the next sync links what came', async () => {
  await emptyLibrary(database);
  const { house, open, run } = setup();
  const films = house.of(radarr).films;
  house.of(radarr).films = [];
  house.of(radarr4k).films = [];
  house.of(sonarr).shows = [];
  const sync = open();
  expect(await run(sync)).toBe('done');
  expect((await stored()).items).toEqual([]);
  house.of(radarr).films = films;
  expect(await run(sync)).toBe('done');
  const { items } = await stored();
  expect(items.map(({ id, mediaIds }) => [id, mediaIds])).toContainEqual(['radarr01-1', ['jellyf01:m1']]);
});

test('a season whose show is gone is not known, and not what it was', async () => {
  await emptyLibrary(database);
  const { house, open, run } = setup();
  await run(open());
  const season = async () => (await stored()).items.find(({ id }) => id === 'sonarr01-1-s01');
  expect((await season())?.watchWhy).toBeNull();
  await database.db.delete(libraryItems).where(eq(libraryItems.id, 'sonarr01-1' as ItemId));
  house.of(sonarr).failing.add('series');
  await run(open());
  expect(await season()).toMatchObject({ watchWhy: 'not-in-media-server', watchers: [], favouriteOf: null });
});

test('what a removal took away comes back while the media server still lists it', async () => {
  await emptyLibrary(database);
  const { open, run } = setup();
  const sync = open();
  await run(sync);
  const before = await stored();
  await createLibraryReader(database.db).forget(['radarr01-2' as ItemId]);
  expect((await stored()).entries.length).toBeLessThan(before.entries.length);
  await run(sync);
  expect(await stored()).toEqual(before);
});
