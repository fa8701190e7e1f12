import { afterEach, expect, test } from 'vitest';
import { seedHousehold } from '../../seed.ts';
import { ask, seerr as client } from '../client.fake.ts';
import type { SeerrOptions } from './house.ts';
import { startSeerr, type SeerrSimulator } from './start.ts';

const household = seedHousehold({ films: 100, series: 10, users: 4, now: new Date('2026-11-20T12:00:00Z') });
const running: SeerrSimulator[] = [];
const start = async (options: SeerrOptions = {}) => {
  const server = await startSeerr(household, options);
  running.push(server);
  return { server, call: client(server) };
};
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

test('no key is 401, a wrong one 403, and what is not the API leads to the login', async () => {
  const { server } = await start();
  const path = `${server.url}/api/v1/auth/me`;
  expect(await ask(path, 'GET')).toMatchObject({
    status: 401,
    body: { message: "cookie 'connect.sid' required" },
  });
  expect((await ask(path, 'GET', { 'x-api-key': 'wrong' })).status).toBe(403);
  expect(await ask(`${server.url}/seerr/api/v1/status`, 'GET')).toMatchObject({
    status: 307,
    location: '/login',
  });
  const fresh = await start({ isSetUp: false });
  expect(
    (await ask(`${fresh.server.url}/api/v1/auth/me`, 'GET', { 'x-api-key': fresh.server.apiKey })).status,
  ).toBe(403);
  expect(await ask(fresh.server.url, 'GET')).toMatchObject({ location: '/setup' });
});

test('an unknown query is refused; Overseerr knows fewer', async () => {
  const { call } = await start();
  expect(await call('GET', '/request?limit=5')).toMatchObject({
    status: 400,
    body: { message: "Unknown query parameter 'limit'" },
  });
  expect((await call('GET', '/request?mediaType=tv')).status).toBe(200);
  const overseerr = await start({ product: 'overseerr' });
  expect((await overseerr.call('GET', '/request?mediaType=tv')).status).toBe(400);
  expect((await overseerr.call('DELETE', '/media/1/file')).status).toBe(404);
  expect((await overseerr.call('GET', '/request?filter=deleted')).status).toBe(400);
  expect((await overseerr.call('GET', '/settings/network')).status).toBe(404);
  expect((await overseerr.call('POST', '/media/1/deleted')).status).toBe(400);
});

test('with csrf protection only reading works', async () => {
  const { call } = await start({ csrfProtection: true });
  expect((await call('GET', '/request')).status).toBe(200);
  expect(await call('DELETE', '/request/1')).toMatchObject({
    status: 403,
    body: { message: 'invalid csrf token' },
  });
});

test('ten to a page unless asked otherwise', async () => {
  const { call } = await start();
  const { results, pageInfo } = (await call('GET', '/request')).body as {
    results: unknown[];
    pageInfo: { results: number };
  };
  expect(results).toHaveLength(10);
  expect(pageInfo.results).toBe(household.seerr.requests.length);
});

test('a request leaves its media; media take their requests along', async () => {
  const { server, call } = await start();
  const [request] = server.state.requests;
  const path = `/request/${String(request?.id)}`;
  expect(await call('DELETE', path)).toMatchObject({ status: 204, text: '' });
  expect((await call('DELETE', path)).status).toBe(404);
  expect(server.state.media.some((media) => media.id === request?.mediaId)).toBe(true);
  const other = server.state.requests.find((one) => one.mediaId !== request?.mediaId);
  expect((await call('DELETE', `/media/${String(other?.mediaId)}`)).status).toBe(204);
  expect(server.state.requests.some((one) => one.mediaId === other?.mediaId)).toBe(false);
});

test('deleting files through it never answers where no server is known', async () => {
  const { server } = await start();
  const response = fetch(`${server.url}/api/v1/media/1/file`, {
    method: 'DELETE',
    headers: { 'x-api-key': server.apiKey },
    signal: AbortSignal.timeout(150),
  });
  await expect(response).rejects.toThrow();
});

test('the first server has the id 0', async () => {
  const { call } = await start({
    radarrs: [{ name: 'Radarr', url: 'http://radarr:7878/films', apiKey: 'k', is4k: false }],
  });
  expect((await call('GET', '/settings/radarr')).body).toMatchObject([
    { id: 0, hostname: 'radarr', port: 7878, baseUrl: '/films' },
  ]);
});

test.each([
  ['seerr', [6, 7]],
  ['jellyseerr', [6, 7]],
  ['overseerr', [1, 1]],
] as const)('what %s says of media that are blocked or deleted: %j', async (product, statuses) => {
  const { server, call } = await start({ product });
  const [first, second] = server.state.media;
  if (!first || !second) throw new Error('the household has no media');
  Object.assign(first, { status: 6 });
  Object.assign(second, { status: 7 });
  const { results } = (await call('GET', '/media?take=1000')).body as {
    results: { id: number; status: number }[];
  };
  const told = [first.id, second.id].map((id) => results.find((media) => media.id === id)?.status);
  expect(told).toEqual(statuses);
});
