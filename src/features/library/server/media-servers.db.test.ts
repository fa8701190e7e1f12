import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { jellyfin, radarr, radarr4k, seerr, sonarr } from './household.fake.ts';
import { aLibraryHouse, emptyLibrary } from './library-house.fake.ts';
import { aMediaEntry, aUserMark } from './ports.fake.ts';

const emby = 'emby0001' as ConnectionId;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => emptyLibrary(database));

/** The usual household with an Emby beside its Jellyfin; ids there are short numbers. */
function setup() {
  const { house, run, items, service, episodeBatches } = aLibraryHouse(database, {
    services: [
      { id: radarr, kind: 'radarr' },
      { id: radarr4k, kind: 'radarr' },
      { id: sonarr, kind: 'sonarr' },
      { id: jellyfin, kind: 'jellyfin' },
      { id: emby, kind: 'emby' },
      { id: seerr, kind: 'seerr' },
    ],
  });
  house.of(emby).users = [
    { externalId: 'u9', name: 'ANA' },
    { externalId: 'u8', name: 'rosa' },
  ];
  house.of(emby).entries = [
    aMediaEntry({ externalId: '71', path: '/films/Film 2/film.mkv' }),
    aMediaEntry({ externalId: '72', path: '/films/Film 3/film.mkv' }),
  ];
  const read = async () => {
    await run();
    return items();
  };
  return { of: house.of, read, service, episodeBatches };
}

const at = new Date('2025-09-09T20:00:00Z');
const mark = (mediaExternalId: string, over = {}) =>
  aUserMark({ mediaExternalId, lastPlayedAt: at, ...over });

test('C-01: watched on either media server counts', async () => {
  const { of, read } = setup();
  of(emby).marks = { rosa: [mark('71')] };
  expect((await read()).get('radarr01-2')?.watch).toMatchObject({
    value: { lastWatchedAt: at, watchers: [{ user: 'rosa', finished: true }] },
  });
});

test('C-01: the same name in another case is one person, who watched it last where it was later', async () => {
  const { of, read } = setup();
  of(emby).entries.push(aMediaEntry({ externalId: '70', path: '/films/Film 1/film.mkv' }));
  of(emby).marks = { ANA: [mark('70', { favourite: true })] };
  of(jellyfin).marks['ana'] = [aUserMark({ favourite: true })];
  const film = (await read()).get('radarr01-1');
  expect(film?.watch).toMatchObject({ value: { lastWatchedAt: at, watchers: [{ lastWatchedAt: at }] } });
  expect(film?.watch.known && film.watch.value.watchers).toHaveLength(1);
  expect(film?.favouriteOf).toEqual(known(['ana']));
});

test('C-01: a person who is in both is written in one way, also where only the other server knows', async () => {
  const { of, read } = setup();
  of(emby).marks = { ANA: [mark('72')] };
  expect((await read()).get('radarr01-3')?.watch).toMatchObject({ value: { watchers: [{ user: 'ana' }] } });
});

test('C-01: missing on one and present on the other is judged by the one that has it', async () => {
  const items = await setup().read();
  expect(items.get('radarr01-3')?.watch).toEqual(known({ lastWatchedAt: null, watchers: [] })); // Emby only
  expect(items.get('radarr01-1')?.watch.known).toBe(true); // Jellyfin only
  expect(items.get('radarr01-4')?.watch).toEqual(unknown('not-in-media-server')); // neither
});

test('C-01: unknown on one media server where the title is present makes it unknown', async () => {
  const { of, read } = setup();
  of(emby).marks = { rosa: [mark('71', { lastPlayedAt: null })] };
  of(jellyfin).marks['bea'] = [aUserMark({ mediaExternalId: 'm2' })];
  expect((await read()).get('radarr01-2')?.watch).toEqual(unknown('played-without-date'));
});

test('C-01: a show that one media server has without an episode is unknown, and so is the season', async () => {
  const { of, read } = setup();
  const before = await read();
  expect(before.get('sonarr01-1-s01')?.watch.known).toBe(true);
  of(emby).entries.push(
    aMediaEntry({ externalId: '80', kind: 'show', path: '/tv/Show 1' }),
    aMediaEntry({ externalId: '81', kind: 'season', path: null, showExternalId: '80', seasonNumber: 1 }),
  );
  const after = await read();
  expect(after.get('sonarr01-1')?.watch.known).toBe(false);
  expect(after.get('sonarr01-1-s01')?.watch.known).toBe(false);
});

test('C-01: a copy that could be the HD or the 4K film makes both unknown', async () => {
  const { of, read } = setup();
  of(emby).entries.push(
    aMediaEntry({ externalId: '90', path: '/elsewhere/film.mkv', ids: { tmdb: 1, tvdb: null, imdb: null } }),
  );
  of(radarr).films = of(radarr).films.map((film) => ({
    ...film,
    ids: { ...film.ids, tmdb: film.externalId },
  }));
  of(radarr4k).films = of(radarr4k).films.map((film) => ({ ...film, ids: { ...film.ids, tmdb: 1 } }));
  const items = await read();
  expect(items.get('radarr01-1')?.watch).toEqual(unknown('unclear-in-media-server'));
  expect(items.get('radarr02-1')).toMatchObject({
    watch: unknown('unclear-in-media-server'),
    favouriteOf: { known: false },
  });
});

test('C-01: the episodes of a show that another media server may have elsewhere are unknown too', async () => {
  const { of, read, episodeBatches } = setup();
  const episodes = async () =>
    (await episodeBatches(['sonarr01-1' as ItemId])).flat().map(({ watch }) => watch.known);
  await read();
  expect(await episodes()).toEqual([true]);
  const [one, two] = of(sonarr).shows;
  if (!one || !two) throw new Error('no shows');
  const ids = { tmdb: null, tvdb: 77, imdb: null };
  of(sonarr).shows = [one, two].map((show) => ({ ...show, ids }));
  of(emby).entries.push(aMediaEntry({ externalId: '91', kind: 'show', path: '/elsewhere/Show', ids }));
  expect((await read()).get('sonarr01-1')?.watch).toEqual(unknown('unclear-in-media-server'));
  expect(await episodes()).toEqual([false]);
});

test('C-01: one media server that cannot be read makes watching unknown everywhere, and who everybody is', async () => {
  const { of, read, service } = setup();
  await read();
  expect(await service.mediaUsers()).toEqual(known(['ana', 'bea', 'rosa']));
  of(emby).failing.add('users/rosa');
  const items = await read();
  expect(items.get('radarr01-1')?.watch).toEqual(unknown('media-server-stale'));
  expect(await service.mediaUsers()).toEqual(unknown('media-server-stale'));
});
