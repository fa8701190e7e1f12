import { beforeEach, expect, test } from 'vitest';
import type { TautulliOptions } from '#tools/simulators/tautulli/house.ts';
import { startTautulli, type TautulliSimulator } from '#tools/simulators/tautulli/start.ts';
import { collect, promptHttp, smallHousehold, targetOf } from '../simulated.fake.ts';
import { idsOfGuids } from './mapping.ts';
import { createTautulliPlays } from './play-source.ts';
import { createTautulliProber } from './probe.ts';

const household = smallHousehold();
const http = promptHttp();
let tautulli: TautulliSimulator;

async function start(options: TautulliOptions) {
  await tautulli.close();
  tautulli = await startTautulli(household, options);
}

beforeEach(async () => {
  tautulli = await startTautulli(household);
  return () => tautulli.close();
});

const target = () => targetOf('tautulli', tautulli);
const read = (since: Date | null = null) =>
  collect(createTautulliPlays(http, target()).plays({ since, titles: [] }));
const probe = (over: object = {}) => createTautulliProber(http).probe({ ...target(), ...over });
const lookUps = () => tautulli.requests.filter(({ query }) => query.includes('get_metadata'));

test('the test of a connection tells product and version', async () => {
  expect(await probe()).toEqual({
    ok: true,
    value: { product: 'Tautulli', version: 'v2.17.2', warnings: [] },
  });
});

test('a wrong key, an API that is switched off and a page each have their reason', async () => {
  expect(await probe({ key: 'another' })).toEqual({ ok: false, error: { code: 'probe.key-refused' } });
  expect(await probe({ url: `${tautulli.url}/stats` })).toEqual({
    ok: false,
    error: { code: 'probe.html-answer' },
  });
  await start({ apiIsOff: true });
  expect(await probe()).toEqual({ ok: false, error: { code: 'probe.api-off' } });
});

test('every play comes with provider ids, season and episode (J-09, T-26)', async () => {
  const { all, end } = await read();
  expect(end.ok).toBe(true);
  expect(all).toHaveLength(tautulli.plays.length);
  expect(all.every(({ mediaExternalId }) => mediaExternalId === null)).toBe(true);
  const film = all.find(({ kind }) => kind === 'film');
  expect(film?.ids.tmdb).toBeGreaterThan(0);
  const episode = all.find(({ kind }) => kind === 'episode');
  expect(episode?.ids.tvdb).toBeGreaterThan(0);
  expect(episode?.seasonNumber).toBeGreaterThanOrEqual(0);
  expect(episode?.episodeNumber).toBeGreaterThan(0);
  expect(episode?.year).toBeNull();
});

test('each title is looked up once', async () => {
  await read();
  const keys = lookUps().map(({ query }) => new URLSearchParams(query).get('rating_key'));
  expect(new Set(keys).size).toBe(keys.length);
});

test('the guids of old agents need no look-up', async () => {
  await start({ oldAgents: true });
  const { all } = await read();
  expect(lookUps()).toEqual([]);
  expect(all.every(({ ids }) => ids.imdb !== null || ids.tvdb !== null)).toBe(true);
  expect(idsOfGuids(['com.plexapp.agents.themoviedb://603?lang=en']).tmdb).toBe(603);
});

test('T-51: while Plex is down titles and years have to do', async () => {
  tautulli.server.plexIsDown = true;
  const { all, end } = await read();
  expect(end.ok).toBe(true);
  // Those that were under way when the first one failed.
  expect(lookUps().length).toBeLessThanOrEqual(4);
  const film = all.find(({ kind }) => kind === 'film');
  expect(film?.title).toBeTruthy();
  expect(film?.year).toBeGreaterThan(1900);
});

test('many plays come page by page, and only the new pages when the rest is known', async () => {
  const [first] = tautulli.plays;
  if (!first) throw new Error('no plays');
  const day = (index: number) => new Date(Date.UTC(2020, 0, 1) + index * 86_400_000).toISOString();
  tautulli.plays.length = 0;
  for (let index = 0; index < 2500; index += 1) tautulli.plays.push({ ...first, id: index, at: day(index) });
  expect((await read()).all).toHaveLength(2500);
  expect((await read(new Date(day(2400)))).all).toHaveLength(1000);
});

test('an error of its database, a short page and a page for people are no history', async () => {
  tautulli.server.sqlFails = true;
  expect((await read()).end).toMatchObject({ ok: false, error: { code: 'read.bad-answer' } });
  tautulli.server.sqlFails = false;
  tautulli.faults.add({ path: '/api/v2', kind: 'html', times: 1 });
  expect((await read()).end.ok).toBe(false);
});

test.each(['500', '401', 'redirect', 'html', 'truncated-json'] as const)(
  'with %s the key, which travels in the address, is in no failure',
  async (kind) => {
    tautulli.faults.add({ path: '/api/v2', kind });
    for (const outcome of [await probe(), (await read()).end]) {
      expect(outcome.ok).toBe(false);
      expect(JSON.stringify(outcome)).not.toContain(tautulli.apiKey);
    }
  },
);
