import { beforeEach, expect, test } from 'vitest';
import { openSpec } from '#tools/simulators/specs.ts';
import type { JellystatOptions } from '#tools/simulators/jellystat/house.ts';
import { startJellystat, type JellystatSimulator } from '#tools/simulators/jellystat/start.ts';
import { ask } from '#tools/simulators/client.fake.ts';
import { collect, promptHttp, requestProblems, smallHousehold, targetOf } from '../simulated.fake.ts';
import { createJellystatPlays } from './play-source.ts';
import { createJellystatProber } from './probe.ts';

const household = smallHousehold();
const http = promptHttp();
let jellystat: JellystatSimulator;

async function start(options: JellystatOptions = {}) {
  await jellystat.close();
  jellystat = await startJellystat(household, options);
}

beforeEach(async () => {
  jellystat = await startJellystat(household);
  return async () => {
    expect(requestProblems('jellystat', jellystat.requests)).toEqual([]);
    await jellystat.close();
  };
});

const target = () => targetOf('jellystat', jellystat);
const read = (since: Date | null = null) =>
  collect(createJellystatPlays(http, target()).plays({ since, titles: [] }));
const probe = (over: object = {}) => createJellystatProber(http).probe({ ...target(), ...over });

test('the test of a connection tells product and version', async () => {
  expect(await probe()).toEqual({
    ok: true,
    value: { product: 'Jellystat', version: '1.1.8', warnings: [] },
  });
});

test('a Jellystat that is not set up is told so, and never gets a call with a key, which would end its process', async () => {
  await start({ state: 1 });
  expect(await probe()).toEqual({ ok: false, error: { code: 'probe.not-set-up' } });
  expect((await read()).end).toMatchObject({ ok: false, error: { code: 'read.bad-answer' } });
  expect(jellystat.server.crashes).toBe(0);
  expect(jellystat.requests.filter(({ headers }) => headers['x-api-token'])).toEqual([]);
});

test('a wrong key and a Jellystat without any key are both refused keys', async () => {
  expect(await probe({ key: 'another' })).toEqual({ ok: false, error: { code: 'probe.key-refused' } });
  await start({ hasKeys: false });
  expect(await probe()).toEqual({ ok: false, error: { code: 'probe.key-refused' } });
});

test('a wrong base path answers 200 with a page', async () => {
  expect(await probe({ url: `${jellystat.url}/jellystat` })).toEqual({
    ok: false,
    error: { code: 'probe.html-answer' },
  });
  jellystat.requests.length = 0; // none of its paths, so no description has it
});

test('T-50: every play comes with who, when and which film or episode', async () => {
  const { all, end } = await read();
  expect(end).toEqual({ ok: true, value: undefined });
  expect(all).toHaveLength(jellystat.plays.length);
  expect(all.map(({ at }) => at.toISOString()).sort()).toEqual(
    jellystat.plays.map(({ at }) => new Date(at).toISOString()).sort(),
  );
  const episode = all.find(({ kind }) => kind === 'episode');
  expect(episode).toMatchObject({ title: 'A series', seasonNumber: null });
  expect(episode?.showExternalId).toMatch(/^[0-9a-f]{32}$/);
  expect(all.find(({ kind }) => kind === 'film')).toMatchObject({ showExternalId: null, title: null });
});

test('before 1.1.7 the history is one bare list', async () => {
  await start({ version: '1.1.6' });
  const { all, end } = await read();
  expect(end.ok).toBe(true);
  expect(all).toHaveLength(jellystat.plays.length);
});

test('many plays come page by page, and only the new pages when the rest is known', async () => {
  const [first] = jellystat.plays;
  if (!first) throw new Error('no plays');
  const day = (index: number) => new Date(Date.UTC(2020, 0, 1) + index * 86_400_000).toISOString();
  jellystat.plays.length = 0;
  for (let index = 0; index < 2500; index += 1) jellystat.plays.push({ ...first, id: index, at: day(index) });
  expect((await read()).all).toHaveLength(2500);
  expect((await read(new Date(day(2400)))).all).toHaveLength(1000);
});

test('a page that is shorter than it should be is none', async () => {
  const [first] = jellystat.plays;
  if (!first) throw new Error('no plays');
  jellystat.plays.push(...Array.from({ length: 1500 }, (_, id) => ({ ...first, id })));
  jellystat.faults.add({ path: '/stats/getPlaybackActivity', kind: 'short-page' });
  expect((await read()).end).toMatchObject({ ok: false, error: { code: 'read.short', expected: 1000 } });
});

test('an id of digits alone arrives mangled, and the person is known by name', async () => {
  const [first] = jellystat.plays;
  if (!first) throw new Error('no plays');
  jellystat.plays.splice(0, Infinity, { ...first, userId: '12345678901234567890123456789012' });
  const { all } = await read();
  expect(all).toMatchObject([{ user: first.userName }]);
});

test.each(['html', '500', 'truncated-json', 'redirect', '401'] as const)('%s is no history', async (kind) => {
  jellystat.faults.add({ path: '/stats/getPlaybackActivity', kind });
  const { end } = await read();
  expect(end.ok).toBe(false);
  expect(JSON.stringify(end)).not.toContain(jellystat.apiKey);
});

test('rows of another shape are refused', async () => {
  const [first] = jellystat.plays;
  if (!first) throw new Error('no plays');
  jellystat.plays.push({ ...first, at: 'yesterday' });
  expect((await read()).end).toMatchObject({ ok: false, error: { code: 'read.bad-answer' } });
});

test('the simulator answers what the official description has', async () => {
  const spec = openSpec('jellystat');
  for (const path of ['/auth/isConfigured', '/api/getLibraries', '/stats/getPlaybackActivity']) {
    const { status, body } = await ask(`${jellystat.url}${path}`, 'GET', { 'x-api-token': jellystat.apiKey });
    expect(spec?.validateResponse('GET', path, status, body) ?? []).toEqual([]);
  }
});
