import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seedHousehold } from '../seed.ts';
import { ask, jellyfin, servarr, type Ask } from './client.fake.ts';
import { startHousehold, type RunningHousehold } from './start.ts';

let home: RunningHousehold;
let radarr: Ask;
beforeAll(async () => {
  home = await startHousehold(
    seedHousehold({ films: 40, series: 4, users: 2, now: new Date('2026-11-20T12:00:00Z') }),
  );
  radarr = servarr(home.radarr);
});
beforeEach(() => home.radarr.faults.clear());
afterAll(() => home.close());

test.each([
  ['401', 401],
  ['403', 403],
  ['429', 429],
  ['500', 500],
  ['503', 503],
] as const)('%s comes as often as asked', async (kind, status) => {
  home.radarr.faults.add({ path: '/api/v3/movie', kind, times: 1 });
  expect((await radarr('GET', '/movie')).status).toBe(status);
  expect((await radarr('GET', '/movie')).status).toBe(200);
});

test('a page instead of data, and a way to somewhere else', async () => {
  home.radarr.faults.add({ path: '/api/v3/movie', kind: 'html', times: 1 });
  expect(await radarr('GET', '/movie')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  home.radarr.faults.add({ path: '/api/v3/movie', kind: 'redirect', times: 1 });
  expect(await radarr('GET', '/movie')).toMatchObject({ status: 307, location: '/login' });
});

test('an empty list says zero, a short page says the truth about the total', async () => {
  const call = jellyfin(home.jellyfin);
  const whole = (await call('GET', '/Items?recursive=true&limit=20')).body as { TotalRecordCount: number };
  home.jellyfin.faults.add({ path: '/Items', kind: 'empty-list', times: 1 });
  expect((await call('GET', '/Items?recursive=true&limit=20')).body).toMatchObject({
    Items: [],
    TotalRecordCount: 0,
  });
  home.jellyfin.faults.add({ path: '/Items', kind: 'short-page', times: 1 });
  const short = (await call('GET', '/Items?recursive=true&limit=20')).body as {
    Items: unknown[];
    TotalRecordCount: number;
  };
  expect(short.Items).toHaveLength(10);
  expect(short.TotalRecordCount).toBe(whole.TotalRecordCount);
});

test('half an answer, a line that is cut, and silence', async () => {
  home.radarr.faults.add({ path: '/api/v3/movie', kind: 'truncated-json', times: 1 });
  await expect(radarr('GET', '/movie')).rejects.toThrow(SyntaxError);
  home.radarr.faults.add({ path: '/api/v3/movie', kind: 'drop', times: 1 });
  await expect(radarr('GET', '/movie')).rejects.toThrow();
  home.radarr.faults.add({ path: '*/movie', kind: 'timeout', times: 1 });
  await expect(
    fetch(`${home.radarr.url}/api/v3/movie`, { signal: AbortSignal.timeout(80) }),
  ).rejects.toThrow();
});

test('a path and a method can be picked, and a browser can order it', async () => {
  const url = `${home.radarr.url}/__sim/faults`;
  expect((await ask(url, 'POST', {}, { path: '/api/v3/tag', kind: '500', method: 'POST' })).status).toBe(204);
  expect((await radarr('GET', '/tag')).status).toBe(200);
  expect((await radarr('POST', '/tag', { label: 'x' })).status).toBe(500);
  expect((await ask(url, 'POST', {}, { path: '/x', kind: 'nonsense' })).status).toBe(400);
  expect((await ask(url, 'DELETE')).status).toBe(204);
  expect((await radarr('POST', '/tag', { label: 'x' })).status).toBe(201);
});

test('the log says what was asked', async () => {
  home.radarr.requests.length = 0;
  await radarr('PUT', '/movie/editor', { movieIds: [1], monitored: false });
  expect(home.radarr.requests).toMatchObject([
    { method: 'PUT', path: '/api/v3/movie/editor', status: 202, body: '{"movieIds":[1],"monitored":false}' },
  ]);
});
