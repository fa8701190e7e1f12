import { beforeEach, expect, test } from 'vitest';
import type { StreamystatsOptions } from '#tools/simulators/streamystats/house.ts';
import { startStreamystats, type StreamystatsSimulator } from '#tools/simulators/streamystats/start.ts';
import { collect, promptHttp, smallHousehold, targetOf } from '../simulated.fake.ts';
import { createStreamystatsPlays } from './play-source.ts';
import { createStreamystatsProber } from './probe.ts';

const household = smallHousehold();
const http = promptHttp();
let streamystats: StreamystatsSimulator;

async function start(options: StreamystatsOptions) {
  await streamystats.close();
  streamystats = await startStreamystats(household, options);
}

beforeEach(async () => {
  streamystats = await startStreamystats(household);
  return () => streamystats.close();
});

const target = () => targetOf('streamystats', streamystats);
const read = (titles: readonly string[]) =>
  collect(createStreamystatsPlays(http, target()).plays({ since: null, titles }));
const probe = (over: object = {}) => createStreamystatsProber(http).probe({ ...target(), ...over });
const items = household.jellyfin.items;
const played = (kind: string): string => {
  const play = streamystats.plays.find(({ itemId }) => items.find(({ id }) => id === itemId)?.kind === kind);
  return play?.itemId ?? '';
};
const UNKNOWN = '0123456789abcdef0123456789abcdef';

test('the test of a connection finds the server whose key it is', async () => {
  expect(await probe()).toEqual({
    ok: true,
    value: { product: 'Streamystats', version: '2.18.0', warnings: [] },
  });
});

test('a key that no server knows, a page, and a Streamystats without servers each have their reason', async () => {
  expect(await probe({ key: 'another' })).toEqual({ ok: false, error: { code: 'probe.key-refused' } });
  expect(await probe({ url: `${streamystats.url}/stats` })).toMatchObject({ ok: false });
  streamystats.faults.add({ path: '/api/version', kind: 'html' });
  expect(await probe()).toEqual({ ok: false, error: { code: 'probe.html-answer' } });
  await start({ servers: [] });
  expect(await probe()).toEqual({ ok: false, error: { code: 'probe.not-set-up' } });
  await start({ version: '1.9.0' });
  expect(await probe()).toMatchObject({ error: { code: 'probe.version-too-old', found: '1.9.0' } });
});

test('a film tells who played it and when', async () => {
  const film = played('Movie');
  const { all, end } = await read([film]);
  const own = streamystats.plays.filter(({ itemId }) => itemId === film);
  expect(end.ok).toBe(true);
  expect(all.map(({ user }) => user).sort()).toEqual(own.map(({ userName }) => userName).sort());
  expect(all[0]).toMatchObject({ kind: 'film', mediaExternalId: film, showExternalId: null });
});

test('a show tells the episodes; of whoever is not among the newest plays, only that it was the show', async () => {
  const episode = played('Episode');
  const show = items.find(({ id }) => id === episode)?.seriesId ?? '';
  const [first] = streamystats.plays;
  if (!first) throw new Error('no plays');
  streamystats.plays.splice(
    0,
    Infinity,
    { ...first, userId: 'u0', userName: 'Older', itemId: episode, at: '2020-01-01T00:00:00Z' },
    ...Array.from({ length: 50 }, (_, id) => ({
      ...first,
      id,
      itemId: episode,
      at: `2021-01-01T00:00:${String(id).padStart(2, '0')}Z`,
    })),
  );
  const { all } = await read([show]);
  expect(all).toHaveLength(51);
  expect(all[0]).toMatchObject({ kind: 'episode', mediaExternalId: episode, showExternalId: show });
  expect(all.at(-1)).toMatchObject({ user: 'Older', mediaExternalId: null, showExternalId: show });
});

test('T-50: not found is no play, down is no answer', async () => {
  expect(await read([UNKNOWN])).toEqual({ all: [], end: { ok: true, value: undefined } });
  streamystats.faults.add({ path: '/api/get-item-details/', kind: 'html' });
  expect((await read([UNKNOWN])).end.ok).toBe(false);
});

test('J-33: while Jellyfin is down every key is refused, which is no history', async () => {
  streamystats.server.jellyfinIsDown = true;
  expect((await read([played('Movie')])).end).toMatchObject({
    ok: false,
    error: { code: 'read.refused', status: 401 },
  });
});

test('it is asked about one title after the other, and about nothing else', async () => {
  await read([played('Movie'), UNKNOWN]);
  const asked = streamystats.requests.filter(({ path }) => path.includes('get-item-details'));
  // One for each server until the key fits, then one for each title.
  expect(asked).toHaveLength(4);
});
