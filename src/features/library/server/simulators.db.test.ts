import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConnectionId, RunId } from '#core/ids.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';
import { createEmbyWatchServer } from '#server/adapters/emby/watch-server.ts';
import { createJellyfinPlays } from '#server/adapters/jellyfin/play-source.ts';
import { createJellyfinWatchServer } from '#server/adapters/jellyfin/watch-server.ts';
import { createRadarrCatalogue } from '#server/adapters/radarr/film-catalogue.ts';
import { createSeerrRequestServer } from '#server/adapters/seerr/request-server.ts';
import { promptHttp, smallHousehold, targetOf } from '#server/adapters/simulated.fake.ts';
import { createSonarrCatalogue } from '#server/adapters/sonarr/show-catalogue.ts';
import type { FaultKind } from '#tools/simulators/faults.ts';
import { startHousehold, type RunningHousehold } from '#tools/simulators/start.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Item } from '../core/item.ts';
import { fakeLock, noFiles } from './ports.fake.ts';
import { aRun } from './runs.fake.ts';
import { createRunStore } from './runs.store.ts';
import { createLibraryService } from './service.ts';
import { createLibraryReader, createSyncStore } from './store.ts';
import { createSync } from './sync.ts';

const household = smallHousehold();
const http = promptHttp();
let database: TestDatabase;
let house: RunningHousehold;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  house = await startHousehold(household);
  const { rows } = await database.pool.query<{ name: string }>(
    `select string_agg(tablename, ', ') as name from pg_tables where tablename like 'library\\_%'`,
  );
  await database.pool.query(`truncate ${rows[0]?.name ?? ''}`);
});
afterEach(() => house.close());

const names = ['radarr', 'radarr4k', 'sonarr', 'jellyfin', 'emby', 'seerr'] as const;
const kinds: Record<(typeof names)[number], ServiceKind> = {
  radarr: 'radarr',
  radarr4k: 'radarr',
  sonarr: 'sonarr',
  jellyfin: 'jellyfin',
  emby: 'emby',
  seerr: 'seerr',
};
const idOf = (name: string) => name as ConnectionId;

function setup() {
  const target = (id: ConnectionId) => {
    const name = id as unknown as (typeof names)[number];
    return targetOf(kinds[name], house[name]);
  };
  const sources = {
    filmCatalogue: async (id: ConnectionId) => createRadarrCatalogue(http, target(id)),
    showCatalogue: async (id: ConnectionId) => createSonarrCatalogue(http, target(id)),
    watchServer: async (id: ConnectionId) =>
      id === idOf('emby')
        ? createEmbyWatchServer(http, target(id))
        : createJellyfinWatchServer(http, target(id)),
    requestServer: async (id: ConnectionId) => createSeerrRequestServer(http, target(id)),
    playSource: async (id: ConnectionId) => createJellyfinPlays(http, target(id)),
  };
  const sourceList = async () =>
    names.map((name) => ({
      id: idOf(name),
      kind: kinds[name],
      name,
      url: house[name].url,
      pathMappings: [],
    }));
  const runs = createRunStore(database.db);
  const reader = createLibraryReader(database.db);
  const clock = { now: () => new Date() };
  const store = createSyncStore(database.db);
  const sync = createSync({ store, runs, sources, sourceList, files: noFiles, lock: fakeLock().lock, clock });
  const startSync = async () => undefined;
  const service = createLibraryService({
    reader,
    runs,
    sync,
    sourceList,
    sources,
    clock,
    startSync,
    newId: () => 'x',
  });
  let number = 0;
  const run = async () => {
    const asked = aRun({ id: `run-${String((number += 1))}` as RunId });
    await runs.add(asked);
    await sync(asked);
    const { results, state } = (await runs.find(asked.id)) ?? asked;
    return { state, results, of: (name: string) => results.find((result) => result.name === name) };
  };
  const items = async () => {
    const all: Item[] = [];
    for await (const batch of service.readItems()) all.push(...batch);
    return all;
  };
  const episodeItems = async (shows: readonly Item[]) => {
    const all: Item[] = [];
    for await (const batch of service.episodeItems(shows.map(({ id }) => id))) all.push(...batch);
    return all;
  };
  return { run, items, reader, episodeItems, service };
}

test('a whole household is read, and most of it is found at the media server by its path', async () => {
  const { run, items, reader } = setup();
  const { state, results } = await run();
  expect(results.map((result) => result.problem)).toEqual(names.map(() => null));
  expect(state).toBe('done');

  const all = await items();
  const films = all.filter((item) => item.kind === 'film');
  expect(films).toHaveLength(house.radarr.state.movies.length + house.radarr4k.state.movies.length);
  expect(all.filter((item) => item.kind === 'show')).toHaveLength(house.sonarr.state.shows.length);
  expect(new Set(all.map((item) => item.id)).size).toBe(all.length);

  const withFiles = films.filter((film) => film.fileCount > 0);
  const watchKnown = withFiles.filter((film) => film.watch.known);
  expect(watchKnown.length).toBeGreaterThan(withFiles.length / 2);
  expect(films.some((film) => film.watch.known && film.watch.value.lastWatchedAt !== null)).toBe(true);
  expect(
    all.some((item) => item.kind === 'season' && item.watch.known && item.watch.value.watchers.length > 0),
  ).toBe(true);
  expect(withFiles.every((film) => film.newestFileAt.known && film.newestFileAt.value !== null)).toBe(true);
  expect(all.every((item) => item.diskId !== null)).toBe(true);

  const bare = await database.pool.query('select from library_items where poster is null');
  expect(bare.rowCount).toBe(0);

  const { rows } = await database.pool.query<{ by: string; films: number }>(
    `select matched_by as by, count(*)::int as films from library_items where kind = 'film' and matched_by is not null group by 1`,
  );
  const matched = new Map(rows.map(({ by, films: count }) => [by, count]));
  expect(matched.get('path') ?? 0).toBeGreaterThan(matched.get('ids') ?? 0);
  expect((await reader.disks()).length).toBeLessThanOrEqual(household.disks.length);
});

test('two Radarrs that give one number keep two films (T-14)', async () => {
  const { run, items } = setup();
  await run();
  const films = (await items()).filter((item) => item.kind === 'film');
  const shared = films.filter((film) =>
    films.some((other) => other.externalId === film.externalId && other.id !== film.id),
  );
  expect(shared.length).toBeGreaterThan(0);
  for (const film of shared) expect(film.id).toBe(`${film.connectionId}-${String(film.externalId)}`);
});

test('a second sync of an unchanged household writes nothing', async () => {
  const { run } = setup();
  await run();
  const before = await versions();
  const { state, results } = await run();
  expect(state).toBe('done');
  expect(results.map(({ changes }) => changes)).toEqual(
    results.map(() => ({ added: 0, changed: 0, removed: 0 })),
  );
  expect(await versions()).toEqual(before);
});

test.each<[string, (typeof names)[number], string, FaultKind]>([
  ['answers with an error', 'radarr', '/api/v3/movie', '500'],
  ['refuses the key', 'sonarr', '/api/v3/series', '401'],
  ['answers with a page for people', 'radarr', '/api/v3/movie', 'html'],
  ['is empty all at once', 'radarr', '/api/v3/movie', 'empty-list'],
  ['is half as long', 'radarr', '/api/v3/movie', 'short-page'],
  ['breaks off', 'sonarr', '/api/v3/series', 'truncated-json'],
  ['gives a short page', 'jellyfin', '/Items', 'short-page'],
  ['gives a short page of requests', 'seerr', '/api/v1/request', 'short-page'],
])('a service that %s keeps its share and says so (%s %s %s)', async (_what, name, path, kind) => {
  const { run, reader } = setup();
  await run();
  const before = await versions();
  house[name].faults.add({ path, kind });
  const { state, of } = await run();
  expect(state).toBe('partial');
  expect(of(name)?.problem).not.toBeNull();
  for (const other of names) if (other !== name) expect(of(other)?.problem).toBeNull();
  // Disks say that nobody measured them; what was read of titles, episodes and marks stays to the row.
  const kept = new Set(await versions());
  expect(before.filter((version) => !kept.has(version))).toEqual([]);
  expect(
    (await reader.sources()).find((source) => source.connectionId === idOf(name))?.problemSince,
  ).not.toBeNull();
});

test('while the media server is down nothing is known about watching', async () => {
  const { run, items } = setup();
  await run();
  house.jellyfin.faults.add({ path: '/Users', kind: '503' });
  await run();
  expect((await items()).some((item) => item.watch.known)).toBe(false);
});

test('the seasons of a show, of days too, know their first import (J-75)', async () => {
  const { run, items } = setup();
  await run();
  const seasons = (await items()).filter((item) => item.kind === 'season' && item.fileCount > 0);
  const dated = seasons.filter(({ oldestImportAt }) => oldestImportAt.known && oldestImportAt.value !== null);
  // The history of a few files is gone.
  expect(dated.length).toBeGreaterThan(seasons.length * 0.8);
  expect(dated.some(({ showType, seasonNumber }) => showType === 'daily' && (seasonNumber ?? 0) > 2000)).toBe(
    true,
  );
});

test('whoever asked is known by the name at the media server too, with the day', async () => {
  const { run, items } = setup();
  await run();
  const asked = (await items()).flatMap(({ requests }) => (requests.known ? requests.value : []));
  expect(asked.length).toBeGreaterThan(0);
  const { people } = house.world.household;
  for (const { mediaUser, at } of asked) {
    expect(people.map(({ name }) => name)).toContain(mediaUser);
    expect(at.getTime()).toBeGreaterThan(0);
  }
});

test('every file of an episode is one item, and most are found at the media server (T-05)', async () => {
  const { run, items, episodeItems } = setup();
  await run();
  const shows = (await items()).filter((item) => item.kind === 'show');
  const episodes = await episodeItems(shows);
  const files = house.sonarr.state.shows.flatMap((show) => show.files);
  expect(episodes).toHaveLength(files.length);
  expect(episodes.some((item) => item.episodes.length === 2 && item.watch.known)).toBe(true);
  const found = episodes.filter(({ watch }) => watch.known || watch.why !== 'not-in-media-server');
  expect(found.length).toBeGreaterThan(files.length / 2);
  expect(
    found.some(({ watch }) => watch.known && watch.value.watchers.some(({ finished }) => finished)),
  ).toBe(true);
  const dated = episodes.filter(
    ({ oldestImportAt }) => oldestImportAt.known && oldestImportAt.value !== null,
  );
  expect(dated.length).toBeGreaterThan(files.length * 0.8);
});

test('people who may not sign in are not asked (T-22)', async () => {
  const { run } = setup();
  await run();
  const disabled = house.world.household.people.filter((person) => person.isDisabled);
  expect(disabled.length).toBeGreaterThan(0);
  const asked = disabled.map((person) => person.name);
  const { rows } = await database.pool.query('select from library_marks where user_name = any($1)', [asked]);
  expect(rows).toEqual([]);
});

const versions = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ row: string }>(`
    select 'item ' || id || ' ' || xmin as row from library_items
    union all select 'episode ' || connection_id || external_id || ' ' || xmin from library_episodes
    union all select 'file ' || connection_id || external_id || ' ' || xmin from library_files
    union all select 'entry ' || external_id || ' ' || xmin from library_entries
    union all select 'mark ' || media_external_id || user_external_id || ' ' || xmin from library_marks
    union all select 'request ' || external_id || ' ' || xmin from library_requests order by 1`);
  return rows.map(({ row }) => row);
};

test('C-01: what only Emby knows to be watched is known, and everybody is the people of both', async () => {
  const { run, items, service } = setup();
  await run();
  const [ana] = house.emby.state.people;
  const marks = Object.keys(house.emby.state.marks[ana?.userId ?? ''] ?? {});
  const path = house.emby.state.items.find(({ id }) => id === marks[0])?.path ?? '';
  const film = (await items()).find((item) => item.kind === 'film' && path.startsWith(`${item.path}/`));
  expect(film?.watch).toMatchObject({
    known: true,
    value: { watchers: [{ user: house.world.household.people[0]?.name, finished: true }] },
  });
  const everybody = await service.mediaUsers();
  const names = everybody.known ? everybody.value : [];
  expect(names).toContain('Tía Rosa');
  expect(names).toContain(house.world.household.people[0]?.name);
  expect(names).not.toContain(ana?.name);
});
