import { afterEach, expect, test } from 'vitest';
import { seedHousehold } from '../../seed.ts';
import { servarr } from '../client.fake.ts';
import type { ServarrOptions } from '../servarr/house.ts';
import type { WorldOptions } from '../world.ts';
import { startSonarr, type SonarrSimulator } from './start.ts';

const household = seedHousehold({ films: 10, series: 12, users: 3, now: new Date('2026-11-20T12:00:00Z') });
const running: SonarrSimulator[] = [];
const start = async (options: ServarrOptions & WorldOptions = {}) => {
  const sonarr = await startSonarr(household, options);
  running.push(sonarr);
  return { sonarr, call: servarr(sonarr) };
};
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

const show = household.sonarr.shows[1];
const double = show?.files.find(
  (file) => show.episodes.filter((episode) => episode.fileId === file.id).length === 2,
);
if (!show || !double) throw new Error('the seed has no file with two episodes');
const season = double.season;
const path = `/series/${String(show.id)}`;

type Series = {
  seasons: { seasonNumber: number; monitored: boolean; statistics: Record<string, number> }[];
  statistics: Record<string, number>;
};

test('deleting an unknown show is a 500, deleting episode file 0 a 400', async () => {
  const { call } = await start();
  expect((await call('DELETE', '/series/99999')).status).toBe(500);
  expect((await call('GET', '/series/99999')).status).toBe(404);
  expect((await call('DELETE', '/episodefile/0')).status).toBe(400);
  expect((await call('GET', '/episode')).status).toBe(400);
});

test('a file with two episodes is one file; both lose it', async () => {
  const { sonarr, call } = await start();
  expect((await call('GET', `/episode?episodeFileId=${String(double.id)}`)).body).toHaveLength(2);
  expect(await call('DELETE', `/episodefile/${String(double.id)}`)).toMatchObject({ status: 200, text: '' });
  expect((await call('GET', `/episode?episodeFileId=${String(double.id)}`)).body).toEqual([]);
  expect(sonarr.world.storage.has(double.path)).toBe(false);
});

test('a season that is switched takes its episodes along', async () => {
  const { call } = await start();
  const toggle = (monitored: boolean) =>
    call('POST', '/seasonpass', {
      series: [{ id: show.id, seasons: [{ seasonNumber: season, monitored }] }],
    });
  await toggle(true);
  expect(await toggle(false)).toMatchObject({ status: 202, body: {} });
  const episodes = (await call('GET', `/episode?seriesId=${String(show.id)}&seasonNumber=${String(season)}`))
    .body as { monitored: boolean }[];
  expect(episodes.some((episode) => episode.monitored)).toBe(false);
  const whole = (await call('GET', path)).body as Series & Record<string, unknown>;
  const seasons = whole.seasons.map((one) =>
    one.seasonNumber === season ? { ...one, monitored: true } : one,
  );
  expect((await call('PUT', path, { ...whole, seasons })).status).toBe(202);
  const again = (await call('GET', `/episode?seriesId=${String(show.id)}&seasonNumber=${String(season)}`))
    .body as { monitored: boolean }[];
  expect(again.every((episode) => episode.monitored)).toBe(true);
});

test('numbers follow the files: expected episodes are not all episodes', async () => {
  const { call } = await start();
  await call('POST', '/seasonpass', {
    series: [{ id: show.id, seasons: [{ seasonNumber: season, monitored: true }] }],
  });
  await call('POST', '/seasonpass', {
    series: [{ id: show.id, seasons: [{ seasonNumber: season, monitored: false }] }],
  });
  const ids = show.files.filter((file) => file.season === season).map((file) => file.id);
  expect((await call('DELETE', '/episodefile/bulk', { episodeFileIds: ids })).body).toEqual({});
  const { seasons } = (await call('GET', path)).body as Series;
  expect(seasons.find((one) => one.seasonNumber === season)?.statistics).toMatchObject({
    episodeFileCount: 0,
    episodeCount: 0,
    sizeOnDisk: 0,
  });
});

test('monitored episodes come back after their file is deleted', async () => {
  const { sonarr, call } = await start({ redownload: true });
  await call('PUT', '/series/editor', { seriesIds: [show.id], monitored: true });
  const pair = show.episodes.filter((episode) => episode.fileId === double.id).map((episode) => episode.id);
  await call('PUT', '/episode/monitor', { episodeIds: pair, monitored: true });
  await call('DELETE', `/episodefile/${String(double.id)}`);
  await sonarr.world.settle();
  expect(sonarr.world.storage.has(double.path)).toBe(true);
  await call('PUT', '/episode/monitor', { episodeIds: pair, monitored: false });
  const [again] =
    sonarr.state.shows.find((one) => one.id === show.id)?.episodes.filter((one) => pair.includes(one.id)) ??
    [];
  await call('DELETE', `/episodefile/${String(again?.fileId)}`);
  await sonarr.world.settle();
  expect(sonarr.world.storage.has(double.path)).toBe(false);
});

test('deleting a show takes the folder later and may exclude it', async () => {
  const { sonarr, call } = await start({ delayMs: 5_000 });
  expect(await call('DELETE', `${path}?deleteFiles=true&addImportListExclusion=true`)).toMatchObject({
    status: 200,
    text: '',
  });
  expect(sonarr.world.storage.isEmpty(show.path)).toBe(false);
  await sonarr.world.settle();
  expect(sonarr.world.storage.isEmpty(show.path)).toBe(true);
  expect(sonarr.state.exclusions).toHaveLength(2);
});
