import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import type { Credit } from '../core/credits.ts';
import { fakeCreditServer, told } from './credits.fake.ts';
import { createCreditService } from './credits.service.ts';
import { createCreditStore } from './credits.store.ts';
import { fakeClock } from './ports.fake.ts';
import { createLibraryReader } from './store.ts';

const jellyfin = 'jellyf01' as ConnectionId;
const emby = 'emby0001' as ConnectionId;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.pool.query('truncate library_items, library_credits'));

const add = (id: string, mediaIds: readonly string[], kind = 'film') =>
  database.pool.query(
    `insert into library_items (id, connection_id, external_id, kind, title, sort_title, path, own_path, root_folder,
       monitored, continuing, status, tags, genres, added_at, file_count, media_ids)
     values ($1, 'radarr01', 1, $2, 'Film', 'film', '/m', '/m', '/', true, false, 'released', '{}', '{}', now(), 1, $3)`,
    [id, kind, mediaIds],
  );

function setup() {
  const clock = fakeClock();
  const servers = { [jellyfin]: fakeCreditServer(), [emby]: fakeCreditServer() };
  const list = [
    { id: jellyfin, name: 'Jellyfin' },
    { id: emby, name: 'Emby' },
  ];
  const service = createCreditService({
    store: createCreditStore(database.db),
    open: async (id) => {
      const found = servers[id];
      if (!found) throw new Error('no such server');
      return found.server;
    },
    mediaServers: async () => list,
    clock,
  });
  const { signal } = new AbortController();
  const ask = () => service.ask({ signal, progress: () => undefined });
  const reader = createLibraryReader(database.db);
  const creditsOf = async (id: string) => (await reader.findItem(id as ItemId))?.credits;
  const namesOf = async (id: string) => {
    const credits = await creditsOf(id);
    return credits?.known ? credits.value.map(({ name }: Credit) => name) : credits?.why;
  };
  return {
    clock,
    ask,
    reader,
    creditsOf,
    namesOf,
    list,
    jellyfin: servers[jellyfin]?.world ?? fakeCreditServer().world,
    emby: servers[emby]?.world ?? fakeCreditServer().world,
  };
}

test('films and shows that a media server has are asked about once, and again when weeks have gone by', async () => {
  const { ask, clock, jellyfin: world, creditsOf } = setup();
  await add('radarr01-1', ['jellyf01:a']);
  await add('sonarr01-1', ['jellyf01:s'], 'show');
  await add('sonarr01-1-s01', ['jellyf01:s1'], 'season');
  await add('radarr01-2', []);
  expect(await creditsOf('radarr01-1')).toEqual(unknown('credits-not-asked'));
  world.entries = [told('a', 'Marta Ferrán'), told('s', 'Bruno Robles')];
  expect(await ask()).toEqual({ asked: 2, changed: 2, problems: [] });
  expect(world.asked).toEqual([['a', 's']]);
  expect(await creditsOf('radarr01-1')).toEqual(known([{ name: 'Marta Ferrán', part: 'actor', role: null }]));
  expect(await creditsOf('radarr01-2')).toEqual(unknown('not-in-media-server'));

  expect(await ask()).toMatchObject({ asked: 0 });
  clock.pass(24 * 31);
  world.entries[0] = told('a', 'Marta Ferrán', 'Gael Luque');
  expect(await ask()).toMatchObject({ asked: 2, changed: 1 });
});

test('a title of which nothing is known is asked about again within days', async () => {
  const { ask, clock, jellyfin: world, namesOf } = setup();
  await add('radarr01-1', ['jellyf01:a']);
  await add('radarr01-2', ['jellyf01:b']);
  world.entries = [told('a')];
  await ask();
  expect([await namesOf('radarr01-1'), await namesOf('radarr01-2')]).toEqual([[], 'credits-not-told']);
  clock.pass(24 * 4);
  world.entries = [told('a', 'Noa Pell'), told('b', 'Iris Tran')];
  expect(await ask()).toMatchObject({ asked: 2, changed: 2 });
});

test('nothing that is known is lost by a server that is down, or does not tell any more', async () => {
  const { ask, clock, jellyfin: world, namesOf } = setup();
  await add('radarr01-1', ['jellyf01:a']);
  world.entries = [told('a', 'Marta Ferrán')];
  await ask();
  clock.pass(24 * 40);
  world.problem = { code: 'read.timed-out', what: 'credits', afterMs: 1 };
  expect(await ask()).toEqual({
    asked: 0,
    changed: 0,
    problems: [{ server: 'Jellyfin', problem: world.problem }],
  });
  world.problem = null;
  world.entries = [];
  expect(await ask()).toMatchObject({ asked: 1, changed: 0, problems: [] });
  expect(await namesOf('radarr01-1')).toEqual(['Marta Ferrán']);
});

test('what one media server cannot tell is asked of the other, and what it told is not', async () => {
  const { ask, clock, jellyfin: one, emby: other, namesOf } = setup();
  await add('radarr01-1', ['emby0001:7', 'jellyf01:a']);
  await add('radarr01-2', ['emby0001:8', 'jellyf01:b']);
  one.entries = [told('a', 'Marta Ferrán'), told('b', 'Gael Luque')];
  other.entries = [told('7', 'Somebody'), told('8', 'Iris Tran')];
  await ask();
  expect(other.asked).toEqual([]);
  clock.pass(24 * 40);
  one.problem = { code: 'read.unreachable', what: 'credits', reason: 'refused' };
  expect(await ask()).toMatchObject({ asked: 2, problems: [{ server: 'Jellyfin' }] });
  expect(await namesOf('radarr01-2')).toEqual(['Iris Tran']);

  // It is asked first again, and does not have it any more.
  clock.pass(24 * 40);
  one.problem = null;
  one.entries = [told('a', 'Marta Ferrán')];
  await ask();
  expect(await namesOf('radarr01-2')).toEqual(['Iris Tran']);
  expect(await ask()).toMatchObject({ asked: 0 });
});

test('a title that the server breaks at is left out, and a hundred others are not', async () => {
  const { ask, jellyfin: world, namesOf } = setup();
  const ids = Array.from({ length: 120 }, (_, index) => `m${String(index).padStart(3, '0')}`);
  for (const id of ids) await add(`radarr01-${id}`, [`jellyf01:${id}`]);
  world.entries = ids.map((id) => told(id, 'Marta Ferrán'));
  world.breaksAt.add('m042');
  expect(await ask()).toEqual({ asked: 120, changed: 120, problems: [] });
  expect(await namesOf('radarr01-m042')).toBe('credits-not-told');
  expect(await namesOf('radarr01-m043')).toEqual(['Marta Ferrán']);
  expect(world.asked.length).toBeLessThan(20);
});

test('a server that breaks at everything is left alone soon, and the next time it goes on', async () => {
  const { ask, jellyfin: world } = setup();
  const ids = Array.from({ length: 100 }, (_, index) => `m${String(index).padStart(3, '0')}`);
  for (const id of ids) await add(`radarr01-${id}`, [`jellyf01:${id}`]);
  world.breaksAt = new Set(ids);
  const run = await ask();
  expect(run.problems).toMatchObject([{ problem: { code: 'read.server-error' } }]);
  expect(world.asked.length).toBeLessThan(30);
  world.breaksAt.clear();
  expect((await ask()).asked).toBe(100 - run.asked);
});

test('an item that has another entry by now has nobody until that one was asked about', async () => {
  const { ask, jellyfin: world, namesOf } = setup();
  await add('radarr01-1', ['jellyf01:a']);
  world.entries = [told('a', 'Marta Ferrán'), told('b', 'Gael Luque')];
  await ask();
  await database.pool.query(`update library_items set media_ids = '{jellyf01:b}'`);
  expect(await namesOf('radarr01-1')).toBe('credits-not-asked');
  await ask();
  expect(await namesOf('radarr01-1')).toEqual(['Gael Luque']);
});

test('a title that leaves takes its credits with it', async () => {
  const { ask, jellyfin: world, reader } = setup();
  await add('radarr01-1', ['jellyf01:a']);
  await add('radarr01-2', ['jellyf01:b']);
  world.entries = [told('a', 'Marta Ferrán'), told('b', 'Gael Luque')];
  await ask();
  const left = async () => (await database.pool.query('select from library_credits')).rowCount;
  await reader.forget(['radarr01-1' as ItemId]);
  expect(await left()).toBe(1);
  await database.pool.query(`delete from library_items`);
  await ask();
  expect(await left()).toBe(0);
});

test('the original title is the one of the service, or else that of the media server where it is another', async () => {
  const { ask, jellyfin: world, reader } = setup();
  await add('radarr01-1', ['jellyf01:a']);
  await add('radarr01-2', ['jellyf01:b']);
  await add('radarr01-3', ['jellyf01:c']);
  await database.pool.query(`update library_items set original_title = 'Filme' where id = 'radarr01-3'`);
  world.entries = [
    { ...told('a'), originalTitle: 'Película' },
    { ...told('b'), originalTitle: 'FILM' },
    { ...told('c'), originalTitle: 'Película' },
  ];
  await ask();
  const titles = ['radarr01-1', 'radarr01-2', 'radarr01-3'].map(
    async (id) => (await reader.findItem(id as ItemId))?.originalTitle,
  );
  expect(await Promise.all(titles)).toEqual(['Película', null, 'Filme']);
});
