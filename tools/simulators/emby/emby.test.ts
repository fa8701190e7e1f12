import { afterEach, expect, test } from 'vitest';
import { seedHousehold } from '../../seed.ts';
import { ask } from '../client.fake.ts';
import type { EmbyOptions } from './house.ts';
import { startEmby, type EmbySimulator } from './start.ts';

const household = seedHousehold({ films: 60, series: 9, users: 4, now: new Date('2026-11-20T12:00:00Z') });
const running: EmbySimulator[] = [];
const start = async (options: EmbyOptions = {}) => {
  const server = await startEmby(household, options);
  running.push(server);
  const call = (method: string, path: string, body?: unknown) =>
    ask(`${server.url}${path}`, method, { 'x-emby-token': server.apiKey }, body);
  return { server, call };
};
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

type Item = { Id: string; Type: string; UserData?: Record<string, unknown> };
type Page = { Items: Item[]; TotalRecordCount: number };
const films = household.emby.items.filter(({ kind }) => kind === 'Movie');
const [first, second] = films;
const [user] = household.emby.people;
if (!first || !second || !user) throw new Error('the seed has too little');

test('the key goes in its own header or in the address; the header of Jellyfin means nothing', async () => {
  const { server } = await start();
  const info = `${server.url}/System/Info`;
  expect((await ask(info, 'GET', { 'x-emby-token': server.apiKey })).status).toBe(200);
  expect((await ask(`${info}?api_key=${server.apiKey}`, 'GET')).status).toBe(200);
  const asJellyfin = { authorization: `MediaBrowser Token="${server.apiKey}"` };
  for (const headers of [asJellyfin, {}, { 'x-emby-token': 'wrong' }])
    expect((await ask(info, 'GET', headers)).status).toBe(401);
  expect((await ask(`${server.url}/System/Info/Public`, 'GET')).body).not.toHaveProperty('ProductName');
});

test('every path is there with and without /emby, and while starting nothing is', async () => {
  const { server, call } = await start();
  expect((await call('GET', '/emby/System/Info')).status).toBe(200);
  expect((await call('GET', '/nothing')).status).toBe(404);
  expect(await call('GET', '/')).toMatchObject({ status: 302, location: '/web/index.html' });
  server.server.isStarting = true;
  expect((await call('GET', '/System/Info/Public')).status).toBe(503);
});

test('items have short numbers, users 32 digits', async () => {
  const { call } = await start();
  const items = (await call('GET', '/Items?Recursive=true&IncludeItemTypes=Movie,Episode')).body as Page;
  expect(items.Items.every(({ Id }) => /^\d{1,6}$/.test(Id))).toBe(true);
  const people = (await call('GET', '/Users/Query')).body as Page;
  expect(people.TotalRecordCount).toBe(household.emby.people.length);
  expect(people.Items.every(({ Id }) => /^[0-9a-f]{32}$/.test(Id))).toBe(true);
});

test('how often and when is told only to who asks for it', async () => {
  const { call } = await start();
  const list = `/Users/${user.userId}/Items?Recursive=true&IncludeItemTypes=Movie`;
  const dataOf = async (fields: string) =>
    ((await call('GET', `${list}${fields}`)).body as Page).Items.map(({ UserData }) => UserData ?? {});
  for (const data of await dataOf('')) {
    expect(data).toHaveProperty('Played');
    expect(data).not.toHaveProperty('PlayCount');
    expect(data).not.toHaveProperty('LastPlayedDate');
  }
  const asked = await dataOf('&Fields=UserDataPlayCount,UserDataLastPlayedDate');
  expect(asked.every((data) => 'PlayCount' in data)).toBe(true);
  expect(asked.some((data) => 'LastPlayedDate' in data)).toBe(true);
});

test('an empty collection is an error of the server, and nothing is made (Maintainerr#3075)', async () => {
  const { server, call } = await start();
  expect(await call('POST', '/Collections?Name=Leaving')).toMatchObject({
    status: 500,
    text: 'Sequence contains no elements',
  });
  expect(server.state.items.some(({ kind }) => kind === 'BoxSet')).toBe(false);
});

test('members come and go, by POST too; an unknown one spoils the whole call', async () => {
  const { call } = await start();
  const made = (await call('POST', `/Collections?Name=Leaving&Ids=${first.id}`)).body as Item;
  expect(made).toMatchObject({ Name: 'Leaving' });
  const items = `/Collections/${made.Id}/Items`;
  const members = async () =>
    ((await call('GET', `/Items?ParentId=${made.Id}`)).body as Page).Items.map(({ Id }) => Id);
  expect((await call('POST', `${items}?Ids=${second.id},99999999`)).status).toBe(400);
  expect(await members()).toEqual([first.id]);
  expect((await call('POST', `${items}?Ids=${second.id}`)).status).toBe(204);
  expect(await members()).toEqual([first.id, second.id]);
  expect((await call('POST', `${items}/Delete?Ids=${first.id}`)).status).toBe(204);
  expect(await members()).toEqual([second.id]);
});

test('an address that is too long is refused (T-28)', async () => {
  const { call } = await start();
  const ids = Array.from({ length: 2_000 }, (_, index) => String(10_000 + index)).join(',');
  expect((await call('POST', `/Collections?Name=Leaving&Ids=${ids}`)).status).toBe(414);
});

test('deleting takes the file along, whatever the method (T-20)', async () => {
  const { server, call } = await start();
  expect((await call('GET', `/Items/${first.id}/DeleteInfo`)).body).toEqual({ Paths: [first.path] });
  expect((await call('POST', `/Items/${first.id}/Delete`)).status).toBe(204);
  expect((await call('DELETE', `/Items/${second.id}`)).status).toBe(204);
  expect([first, second].some(({ path }) => server.world.storage.has(path ?? ''))).toBe(false);
  expect((await call('DELETE', `/Items/${second.id}`)).status).toBe(404);
});

test('a mark of one person is not a mark of another', async () => {
  const { server, call } = await start();
  const other = household.emby.people[1]?.userId ?? '';
  expect((await call('POST', `/Users/${other}/PlayedItems/${first.id}`)).status).toBe(200);
  expect((await call('POST', `/Users/${other}/FavoriteItems/${first.id}`)).status).toBe(200);
  expect(server.state.marks[other]?.[first.id]).toMatchObject({ played: true, count: 1, favourite: true });
  expect(server.state.marks[user.userId]?.[first.id]?.favourite).not.toBe(true);
});
