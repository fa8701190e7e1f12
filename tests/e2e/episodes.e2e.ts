import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../tools/house/client.ts';
import type { EpisodeFileRow, ShowRow } from '../../tools/seed/household.ts';
import { describedApi, type DescribedApi } from './described.ts';
import { openHouse, people, type House } from './support.ts';

let house: House;
let api: DescribedApi;

beforeAll(async () => {
  house = await openHouse({ films: 10, series: 4 });
  const { address } = house.program;
  api = await describedApi(address, {
    cookie: await signIn(address, people.admin.username, people.admin.password),
  });
});
afterAll(() => house.close());

type Place = { seasonNumber: number; episodeNumber: number };
type Removal = { kind: string; state: string; episodes: Place[] };
type Run = { id: string; endedAt: string | null; mode: string; outcome: { is: string } };
type Leaving = { itemId: string; kind: string; episodes: Place[] };

const GOING = 4;

const dailyShow = (): ShowRow => {
  const show = house.services.sonarr.state.shows.find(({ seriesType }) => seriesType === 'daily');
  if (!show) throw new Error('The household has no daily show');
  return show;
};

/** Newest first: by season, then by the last episode in the file. Specials are not counted. */
function newestFirst({ files, episodes }: ShowRow): EpisodeFileRow[] {
  const last = ({ id }: EpisodeFileRow) =>
    Math.max(...episodes.filter(({ fileId }) => fileId === id).map(({ number }) => number));
  return files
    .filter(({ season }) => season > 0)
    .toSorted((a, b) => b.season - a.season || last(b) - last(a));
}

const placesIn = ({ episodes }: ShowRow, { id }: EpisodeFileRow): Place[] =>
  episodes
    .filter(({ fileId }) => fileId === id)
    .map(({ season, number }) => ({ seasonNumber: season, episodeNumber: number }));

/** Waits for the run that was not there before. */
async function run(policyId: string): Promise<Run> {
  const runs = async () => (await api.get<{ items: Run[] }>(`/runs?policyId=${policyId}`)).items;
  const before = (await runs()).length;
  expect((await api.ask('POST', `/schedules/${policyId}/run`)).status).toBe(202);
  let now = await runs();
  await expect
    .poll(async () => (now = await runs()).length > before && now[0]?.endedAt !== null, {
      timeout: 60_000,
      interval: 200,
    })
    .toBe(true);
  return now[0] as Run;
}

test('C-05: the last episodes of a daily show stay, and exactly the older files go from the disk', async () => {
  const { world } = house.services;
  const was = structuredClone(dailyShow());
  const ordered = newestFirst(was);
  const [kept, doomed] = [ordered.slice(0, -GOING), ordered.slice(-GOING)];
  const policy = {
    name: 'News',
    unit: 'episode',
    kind: 'episodes',
    showTags: ['daily'],
    keepLast: kept.length,
    olderSeasons: true,
    leavingSoon: '14d',
    favouritesProtect: false,
    halfWayProtects: false,
    caps: { items: 100, bytes: 500_000_000_000, libraryPercent: 100 },
  };
  const { id } = (await api.ask('POST', '/schedules', policy)).body as { id: string };
  const leaving = async () =>
    (await api.get<{ items: Leaving[] }>('/leaving')).items.filter(({ kind }) => kind === 'episode');
  await expect.poll(async () => (await leaving()).length, { timeout: 30_000 }).toBe(GOING);
  const [first] = await leaving();
  expect((await api.get<{ kind: string }>(`/media/${first?.itemId ?? ''}`)).kind).toBe('episode');

  expect((await api.ask('PUT', `/schedules/${id}`, { ...policy, leavingSoon: '0d' })).status).toBe(200);
  expect((await api.ask('POST', `/schedules/${id}/arm`)).status).toBe(200);
  const real = await run(id);
  expect(real).toMatchObject({ mode: 'real', outcome: { is: 'done', items: GOING, failed: 0 } });
  await house.services.settle();

  expect(doomed.filter(({ path }) => world.storage.has(path))).toEqual([]);
  expect(kept.filter(({ path }) => !world.storage.has(path))).toEqual([]);
  const isDoomed = ({ fileId }: { fileId: number }) => doomed.some((file) => file.id === fileId);
  expect(dailyShow().episodes).toEqual(
    was.episodes.map((one) => (isDoomed(one) ? { ...one, fileId: 0, monitored: false } : one)),
  );
  const { removals } = await api.get<{ removals: Removal[] }>(`/runs/${real.id}`);
  expect(removals.map(({ episodes }) => JSON.stringify(episodes)).toSorted()).toEqual(
    doomed.map((file) => JSON.stringify(placesIn(was, file))).toSorted(),
  );
}, 120_000);
