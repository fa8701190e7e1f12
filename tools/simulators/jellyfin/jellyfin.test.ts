import { afterEach, describe, expect, test } from 'vitest';
import { seedHousehold } from '../../seed.ts';
import { ask, jellyfin as client } from '../client.fake.ts';
import type { WorldOptions } from '../world.ts';
import type { JellyfinOptions } from './house.ts';
import { startJellyfin, type JellyfinSimulator } from './start.ts';

const household = seedHousehold({ films: 60, series: 6, users: 8, now: new Date('2026-11-20T12:00:00Z') });
const running: JellyfinSimulator[] = [];
const start = async (options: JellyfinOptions & WorldOptions = {}) => {
  const server = await startJellyfin(household, options);
  running.push(server);
  return { server, call: client(server) };
};
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

const items = household.jellyfin.items;
const film = items.find((item) => item.kind === 'Movie' && item.title);
const series = items.find((item) => item.kind === 'Series');
const user = household.people[0];
if (!film?.path || !series || !user) throw new Error('the seed has too little');
const unknown = 'f'.repeat(32);
type Page = { Items: { Id: string; LocationType: string; UserData?: object }[]; TotalRecordCount: number };
const dashed = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

describe('keys and addresses', () => {
  test('old ways to send the key work up to 10.11 and not in 12', async () => {
    const { server } = await start();
    const ways = [
      { 'x-emby-token': server.apiKey },
      { 'x-mediabrowser-token': server.apiKey },
      { authorization: `Emby Token="${server.apiKey}"` },
    ];
    const now = { authorization: `MediaBrowser Token=${server.apiKey}` };
    for (const way of [...ways, now])
      expect((await ask(`${server.url}/System/Info`, 'GET', way)).status).toBe(200);
    const twelve = await start({ version: '12.0.0' });
    for (const way of ways)
      expect((await ask(`${twelve.server.url}/System/Info`, 'GET', way)).status).toBe(401);
    expect((await ask(`${twelve.server.url}/System/Info`, 'GET', now)).status).toBe(200);
    expect((await ask(`${twelve.server.url}/System/Info?ApiKey=${server.apiKey}`, 'GET')).status).toBe(200);
  });

  test('a base path left out leads to the web client; while starting it says when to come back', async () => {
    const { server } = await start({ urlBase: '/tv' });
    expect(await ask(`${new URL(server.url).origin}/System/Info`, 'GET')).toMatchObject({
      status: 302,
      location: '/tv/web/',
    });
    server.server.isStarting = true;
    const response = await fetch(`${server.url}/System/Info/Public`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test('the storage page came with 10.11', async () => {
    const { call } = await start({ version: '10.10.7' });
    expect((await call('GET', '/System/Info/Storage')).status).toBe(404);
  });
});

describe('listing', () => {
  test('without a user there are no marks, and one item alone is unknown', async () => {
    const { call } = await start();
    const { Items } = (await call('GET', `/Items?ids=${dashed(film.id)}`)).body as Page;
    expect(Items).toMatchObject([{ Id: film.id }]);
    expect(Items[0]).not.toHaveProperty('UserData');
    expect((await call('GET', `/Items/${film.id}`)).status).toBe(404);
    expect((await call('GET', `/Items/${film.id}?userId=${user.userId}`)).status).toBe(200);
    expect((await call('GET', '/Users/Me')).status).toBe(400);
  });

  test('ids that cannot be read, and filters nobody knows, are no filter', async () => {
    const { call } = await start();
    const all = (await call('GET', '/Items?recursive=true&limit=1')).body as Page;
    for (const filter of ['ids=garbage', 'anyProviderIdEquals=tmdb.603']) {
      expect((await call('GET', `/Items?recursive=true&limit=1&${filter}`)).body).toMatchObject({
        TotalRecordCount: all.TotalRecordCount,
      });
    }
    expect(all.TotalRecordCount).toBeGreaterThan(100);
  });

  test('pages join to the whole; virtual episodes are in it until they are left out', async () => {
    const { call } = await start();
    const seen = new Set<string>();
    let total = 1;
    for (let at = 0; at < total; at += 100) {
      const page = (
        await call('GET', `/Items?recursive=true&includeItemTypes=Episode&startIndex=${String(at)}&limit=100`)
      ).body as Page;
      total = page.TotalRecordCount;
      page.Items.forEach((item) => seen.add(item.Id));
    }
    expect(seen.size).toBe(total);
    const real = (await call('GET', '/Items?recursive=true&includeItemTypes=Episode&isMissing=false'))
      .body as Page;
    expect(real.TotalRecordCount).toBeLessThan(total);
    expect(real.Items.every((item) => item.LocationType === 'FileSystem')).toBe(true);
  });

  test('a series without episodes counts as played', async () => {
    const { server, call } = await start();
    server.state.items = server.state.items.filter(
      (item) => item.kind !== 'Episode' || item.seriesId !== series.id,
    );
    server.server.catalogue.forget();
    expect((await call('GET', `/UserItems/${series.id}/UserData?userId=${user.userId}`)).body).toMatchObject({
      Played: true,
      PlayCount: 0,
    });
  });

  test('somebody with one library sees that library', async () => {
    const { call } = await start();
    const child = household.people.find((person) => person.name === 'Hugo');
    const page = (
      await call('GET', `/Items?userId=${child?.userId ?? ''}&recursive=true&includeItemTypes=Series`)
    ).body as Page;
    expect(page.TotalRecordCount).toBe(0);
    expect((await call('GET', `/Items/${series.id}?userId=${child?.userId ?? ''}`)).status).toBe(404);
  });

  test('an address that is too long is a 414', async () => {
    const { call } = await start();
    expect(
      (await call('GET', `/Items?ids=${Array.from({ length: 300 }, () => unknown).join(',')}`)).status,
    ).toBe(414);
  });
});

describe('collections', () => {
  test('a name that exists is the same collection; one unknown id spoils the call; removing ignores it', async () => {
    const { server, call } = await start();
    const { Id } = (await call('POST', `/Collections?name=Soon&ids=${film.id}&isLocked=true`)).body as {
      Id: string;
    };
    expect((await call('POST', '/Collections?name=Soon')).body).toEqual({ Id });
    expect((await call('POST', `/Collections/${Id}/Items?ids=${series.id},${unknown}`)).status).toBe(400);
    expect((await call('GET', `/Items?parentId=${Id}`)).body).toMatchObject({ TotalRecordCount: 1 });
    expect((await call('DELETE', `/Collections/${Id}/Items?ids=${film.id},${unknown}`)).status).toBe(204);
    expect((await call('GET', `/Items?parentId=${Id}`)).body).toMatchObject({ TotalRecordCount: 0 });
    expect(server.state.libraries.at(-1)?.name).toBe('Collections');
    expect((await call('DELETE', `/Items/${Id}`)).status).toBe(204);
    expect((await call('POST', `/Collections/${Id}/Items?ids=${film.id}`)).status).toBe(400);
    expect((await call('POST', '/Collections?name=Soon')).body).not.toEqual({ Id });
  });

  test('grouping hides the members unless it is asked not to', async () => {
    const { call } = await start({ groupsCollections: true });
    await call('POST', `/Collections?name=Soon&ids=${film.id}`);
    const query = `/Items?userId=${user.userId}&recursive=true&includeItemTypes=Movie`;
    const ids = async (more: string) =>
      ((await call('GET', `${query}${more}`)).body as Page).Items.map((item) => item.Id);
    expect(await ids('')).not.toContain(film.id);
    expect(await ids('&collapseBoxSetItems=false')).toContain(film.id);
  });

  test('a poster is sent as base64 text', async () => {
    const { server, call } = await start();
    const { Id } = (await call('POST', '/Collections?name=Soon')).body as { Id: string };
    const url = `${server.url}/Items/${Id}/Images/Primary`;
    const headers = { authorization: `MediaBrowser Token="${server.apiKey}"` };
    expect((await ask(url, 'POST', { ...headers, 'content-type': 'text/plain' }, 'aGVsbG8=')).status).toBe(
      400,
    );
    expect((await ask(url, 'POST', { ...headers, 'content-type': 'image/png' }, '\u0089PNG')).status).toBe(
      500,
    );
    expect((await ask(url, 'POST', { ...headers, 'content-type': 'image/png' }, 'aGVsbG8=')).status).toBe(
      204,
    );
    expect(await ask(url, 'GET')).toMatchObject({ status: 200, type: 'image/png', text: 'hello' });
  });
});

describe('what is gone', () => {
  test('is noticed only after somebody says so, and a while later', async () => {
    const { server, call } = await start({ delayMs: 5_000 });
    server.world.storage.remove(film.path ?? '');
    const there = async () => ((await call('GET', `/Items?ids=${film.id}`)).body as Page).Items.length;
    expect(await there()).toBe(1);
    expect(
      (
        await call('POST', '/Library/Media/Updated', {
          Updates: [{ Path: film.path, UpdateType: 'Deleted' }],
        })
      ).status,
    ).toBe(204);
    expect(await there()).toBe(1);
    await server.world.settle();
    expect(await there()).toBe(0);
  });

  test('deleting one film takes its whole folder; a list stops at the first unknown id', async () => {
    const { server, call } = await start();
    const second = items.find((item) => item.kind === 'Movie' && item.id !== film.id);
    const third = items.find(
      (item) => item.kind === 'Movie' && item.id !== film.id && item.id !== second?.id,
    );
    const folder = (film.path ?? '').slice(0, (film.path ?? '').lastIndexOf('/'));
    server.world.storage.write(`${folder}/extras/notes.txt`, 10);
    expect((await call('DELETE', `/Items?ids=${film.id},${unknown},${third?.id ?? ''}`)).status).toBe(404);
    expect(server.world.storage.isEmpty(folder)).toBe(true);
    expect(server.server.catalogue.byId(third?.id ?? '')).toBeDefined();
  });
});

test('somebody is watching, and one account is switched off', async () => {
  const { call } = await start();
  expect((await call('GET', '/Sessions')).body).toMatchObject([
    { UserName: 'Lucía', NowPlayingItem: { Type: 'Episode' } },
  ]);
  const users = (await call('GET', '/Users')).body as { Name: string; Policy: { IsDisabled: boolean } }[];
  expect(users.filter((one) => one.Policy.IsDisabled).map((one) => one.Name)).toEqual(['Invitado']);
});
