import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ConnectionId, RunId } from '#core/ids.ts';
import { createJellyfinPlays } from '#server/adapters/jellyfin/play-source.ts';
import { createJellyfinWatchServer } from '#server/adapters/jellyfin/watch-server.ts';
import { createJellystatPlays } from '#server/adapters/jellystat/play-source.ts';
import { createRadarrCatalogue } from '#server/adapters/radarr/film-catalogue.ts';
import { createSeerrRequestServer } from '#server/adapters/seerr/request-server.ts';
import { promptHttp, smallHousehold, targetOf } from '#server/adapters/simulated.fake.ts';
import { createSonarrCatalogue } from '#server/adapters/sonarr/show-catalogue.ts';
import { createStreamystatsPlays } from '#server/adapters/streamystats/play-source.ts';
import { createTautulliPlays } from '#server/adapters/tautulli/play-source.ts';
import { startJellystat } from '#tools/simulators/jellystat/start.ts';
import { aPlaybackReporting } from '#tools/simulators/media-server/playback-reporting.ts';
import { startHousehold } from '#tools/simulators/start.ts';
import { startStreamystats } from '#tools/simulators/streamystats/start.ts';
import { startTautulli } from '#tools/simulators/tautulli/start.ts';
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
const playSources = ['jellystat', 'streamystats', 'tautulli'] as const;
const all = ['radarr', 'sonarr', 'jellyfin', ...playSources] as const;

let database: TestDatabase;
let house: Awaited<ReturnType<typeof openHouse>>;

/** Everybody is in it; Playback Reporting is installed. */
async function openHouse() {
  const playback = aPlaybackReporting();
  const running = await startHousehold(household, { jellyfin: { playback } });
  const { world } = running;
  const jellystat = await startJellystat(world);
  const streamystats = await startStreamystats(world);
  const tautulli = await startTautulli(world);
  const own = [jellystat, streamystats, tautulli];
  return {
    ...running,
    playback,
    jellystat,
    streamystats,
    tautulli,
    close: async () => {
      await Promise.all(own.map((one) => one.close()));
      await running.close();
    },
  };
}

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(async () => {
  house = await openHouse();
  const { rows } = await database.pool.query<{ name: string }>(
    `select string_agg(tablename, ', ') as name from pg_tables where tablename like 'library\\_%'`,
  );
  await database.pool.query(`truncate ${rows[0]?.name ?? ''}`);
});
afterEach(() => house.close());

function openPlays(name: string) {
  const to = targetOf('jellystat', house[name as 'jellystat']);
  if (name === 'jellyfin') return createJellyfinPlays(http, to);
  if (name === 'streamystats') return createStreamystatsPlays(http, to);
  return name === 'tautulli' ? createTautulliPlays(http, to) : createJellystatPlays(http, to);
}

function setup() {
  let names: readonly (typeof all)[number][] = all;
  const at = (id: ConnectionId) => targetOf('radarr', house[id as string as 'radarr']);
  const sources = {
    filmCatalogue: async (id: ConnectionId) => createRadarrCatalogue(http, at(id)),
    showCatalogue: async (id: ConnectionId) => createSonarrCatalogue(http, at(id)),
    watchServer: async (id: ConnectionId) => createJellyfinWatchServer(http, at(id)),
    requestServer: async (id: ConnectionId) => createSeerrRequestServer(http, at(id)),
    playSource: async (id: ConnectionId) => openPlays(id),
  };
  const sourceList = async () =>
    names.map((name) => ({
      id: name as string as ConnectionId,
      kind: name,
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
  const newId = () => 'x';
  const service = createLibraryService({ reader, runs, sync, sourceList, sources, clock, startSync, newId });
  let number = 0;
  const run = async (asked = names) => {
    names = asked;
    const wish = aRun({ id: `run-${String((number += 1))}` as RunId });
    await runs.add(wish);
    await sync(wish);
    const { results, state } = (await runs.find(wish.id)) ?? wish;
    return { state, of: (name: string) => results.find((result) => result.name === name) };
  };
  const items = async () => {
    const found: Item[] = [];
    for await (const batch of service.readItems()) found.push(...batch);
    return new Map(found.map((item) => [item.id, item]));
  };
  return { run, items, reader };
}

const NEW = '2026-11-02T20:00:00.000Z';
const toldBy = (item: Item | undefined) =>
  item?.watch.known ? item.watch.value.watchers.map((watcher) => watcher.toldBy).filter(Boolean) : [];
/** Some film of the first Radarr, as Jellyfin has it. */
const aPlayOf = (title: string) => {
  const item = household.jellyfin.items.find((one) => one.kind === 'Movie' && one.title === title);
  return { id: 100_000, userId: 'u0', userName: 'Somebody', itemId: item?.id ?? '', at: NEW, seconds: 3_600 };
};
const inRadarr = () => {
  const paths = new Set(house.radarr.state.movies.filter(({ file }) => file).map(({ title }) => title));
  const films = household.jellyfin.items.filter(({ kind, title }) => kind === 'Movie' && title !== null);
  return films.map(({ title }) => title ?? '').filter((title) => paths.has(title));
};

test('every play source is read beside the media server, and nothing gets older or less protected (C-02)', async () => {
  const { run, items } = setup();
  await run(['radarr', 'sonarr', 'jellyfin']);
  const before = await items();
  const { state, of } = await run(all);
  expect(all.map((name) => [name, of(name)?.problem])).toEqual(all.map((name) => [name, null]));
  expect(state).toBe('done');
  for (const name of playSources) expect(of(name)?.count).toBeGreaterThan(0);

  const after = await items();
  for (const [id, { watch }] of before) {
    const now = after.get(id)?.watch;
    expect(now?.known).toBe(watch.known);
    if (!watch.known || !now?.known) continue;
    const time = (date: Date | null) => date?.getTime() ?? 0;
    expect(time(now.value.lastWatchedAt)).toBeGreaterThanOrEqual(time(watch.value.lastWatchedAt));
    const names = now.value.watchers.map(({ user }) => user);
    expect(names).toEqual(expect.arrayContaining(watch.value.watchers.map(({ user }) => user)));
  }
});

test.each(playSources)('a play that only %s knows keeps its film', async (name) => {
  const { run, items } = setup();
  const [title = ''] = inRadarr();
  house[name].plays.push(aPlayOf(title));
  await run();
  const told = [...(await items()).values()].filter((item) => toldBy(item).includes(name));
  expect(told.map(({ kind }) => kind)).toContain('film');
  for (const { watch } of told) expect(watch.known && watch.value.lastWatchedAt).toBeInstanceOf(Date);
});

test('a play that only the plug-in knows keeps its film', async () => {
  const { run, items } = setup();
  const [title = ''] = inRadarr();
  house.playback.plays.push(aPlayOf(title));
  await run();
  const told = [...(await items()).values()].filter((item) => toldBy(item).includes('Playback Reporting'));
  expect(told).not.toEqual([]);
});

test('J-33: an SQL error, which Jellystat answers with 200 and an empty list, keeps every play', async () => {
  const { run, items } = setup();
  house.jellystat.plays.push(aPlayOf(inRadarr()[0] ?? ''));
  await run();
  const before = await items();
  house.jellystat.server.sqlFails = true;
  house.tautulli.server.sqlFails = true;
  house.streamystats.server.jellyfinIsDown = true;
  house.playback.sqlFails = true;
  const { state, of } = await run();
  expect(state).toBe('partial');
  expect(of('jellystat')?.problem).toMatchObject({ code: 'sync.empty' });
  expect(of('tautulli')?.problem).toMatchObject({ code: 'read.bad-answer' });
  expect(of('streamystats')?.problem).toMatchObject({ code: 'read.refused' });
  expect(of('jellyfin')?.problem).toBeNull();
  const after = await items();
  for (const [id, { watch }] of before) expect(after.get(id)?.watch).toEqual(watch);
});
