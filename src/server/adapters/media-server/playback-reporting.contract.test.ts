import { beforeEach, expect, test } from 'vitest';
import { startEmby } from '#tools/simulators/emby/start.ts';
import { startJellyfin, type JellyfinSimulator } from '#tools/simulators/jellyfin/start.ts';
import {
  aPlaybackReporting,
  type PlaybackReporting,
} from '#tools/simulators/media-server/playback-reporting.ts';
import { playsOf } from '#tools/simulators/plays.ts';
import { createEmbyPlays } from '../emby/play-source.ts';
import { createJellyfinPlays } from '../jellyfin/play-source.ts';
import { collect, promptHttp, smallHousehold, targetOf } from '../simulated.fake.ts';

const household = smallHousehold();
const http = promptHttp();
let plugIn: PlaybackReporting;
let jellyfin: JellyfinSimulator;

beforeEach(async () => {
  plugIn = aPlaybackReporting({ plays: playsOf(household, household.jellyfin) });
  jellyfin = await startJellyfin(household, { playback: plugIn });
  return () => jellyfin.close();
});

const read = (since: Date | null = null) =>
  collect(createJellyfinPlays(http, targetOf('jellyfin', jellyfin)).plays({ since, titles: [] }));
const seconds = (at: string) => Math.floor(Date.parse(at) / 1000);

test('every play comes with the moment in world time, wherever the server stands (J-39)', async () => {
  plugIn.hoursAhead = 9;
  const { all, end } = await read();
  expect(end).toEqual({ ok: true, value: undefined });
  expect(all.map(({ at }) => at.getTime() / 1000).sort()).toEqual(
    plugIn.plays.map(({ at }) => seconds(at)).sort(),
  );
  const episode = all.find(({ kind }) => kind === 'episode');
  expect([episode?.seasonNumber, episode?.episodeNumber, episode?.title]).not.toContain(null);
  const names = new Set(household.people.map(({ name }) => name));
  expect(all.filter(({ user }) => !names.has(user))).toEqual([]);
});

test('where nobody can place a local time it is the latest that it may have been', async () => {
  Object.assign(plugIn, { hoursAhead: -8, knowsZone: false });
  const { all } = await read();
  const real = plugIn.plays.map(({ at }) => Date.parse(at)).sort();
  const told = all.map(({ at }) => at.getTime()).sort();
  expect(told.every((at, index) => at >= (real[index] ?? Infinity))).toBe(true);
});

test('without the plug-in there is nothing to know, and that is no failure', async () => {
  await jellyfin.close();
  jellyfin = await startJellyfin(household);
  expect(await read()).toEqual({ all: [], end: { ok: true, value: undefined } });
});

test('an error of SQL, which comes with status 200, is no answer', async () => {
  plugIn.sqlFails = true;
  expect((await read()).end).toMatchObject({ ok: false, error: { code: 'read.bad-answer' } });
});

test.each(['html', '401', '500', 'drop'] as const)('%s is no answer', async (kind) => {
  jellyfin.faults.add({ path: '/user_usage_stats', kind });
  expect((await read()).end.ok).toBe(false);
});

test('it is only ever asked with one constant question and a whole number', async () => {
  const [first] = plugIn.plays;
  if (!first) throw new Error('no plays');
  plugIn.plays = Array.from({ length: 5_200 }, (_, index) => ({ ...first, id: index + 1 }));
  expect((await read()).all).toHaveLength(5_200);
  const asked = jellyfin.requests.filter(({ path }) => path.includes('user_usage_stats'));
  expect(asked).toHaveLength(2);
  const shapes = asked.map(({ body }) => body.replace(/rowid < \d+/, 'rowid < N'));
  expect(new Set(shapes).size).toBe(1);
});

test('Emby has the same plug-in, and short numbers for ids', async () => {
  const plays = playsOf({ people: household.emby.people, titles: household.titles }, household.emby);
  const emby = await startEmby(household, { playback: aPlaybackReporting({ plays }) });
  const { all, end } = await collect(
    createEmbyPlays(http, targetOf('emby', emby)).plays({ since: null, titles: [] }),
  );
  await emby.close();
  expect(end.ok).toBe(true);
  expect(all).toHaveLength(plays.length);
  expect(all.every(({ mediaExternalId }) => /^\d+$/.test(mediaExternalId ?? ''))).toBe(true);
});
