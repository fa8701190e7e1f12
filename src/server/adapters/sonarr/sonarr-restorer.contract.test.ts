import { beforeEach, expect, test } from 'vitest';
import type { AddedTitle } from '#features/cleanup/core/restore/restore-now.ts';
import { startSonarr, type SonarrSimulator } from '#tools/simulators/sonarr/start.ts';
import { promptHttp, requestProblems, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';
import { createSonarrManager } from './media-manager.ts';
import { createSonarrRestorer } from './title-restorer.ts';

const household = smallHousehold();
const http = promptHttp();
let sonarr: SonarrSimulator;

beforeEach(async () => {
  sonarr = await startSonarr(household, { recycleBin: '/media/disk1/bin' });
  return async () => {
    expect(requestProblems('sonarr', sonarr.requests)).toEqual([]);
    await sonarr.close();
  };
});

const target = () => targetOf('sonarr', sonarr);
const manager = () => createSonarrManager(http, target());
const restorer = () => createSonarrRestorer(http, target());

function aShow() {
  const show = sonarr.state.shows.find(
    ({ files, seasons, episodes }) => files.length > 1 && seasons.length > 1 && episodes.length > 2,
  );
  const title = household.titles[show?.title ?? ''];
  if (!show || !title) throw new Error('the household has no show with files');
  const asked = { externalId: show.id, tmdb: null, tvdb: title.tvdbId, path: show.path };
  return { show, asked };
}

test('C-14: tells all that bringing a show back needs, down to its episodes', async () => {
  const { show } = aShow();
  const settings = valueOf(await manager().settings(show.id));
  expect(settings).toMatchObject({
    rootFolder: show.rootFolder,
    monitored: show.monitored,
    minimumAvailability: null,
    show: {
      seriesType: show.seriesType,
      monitorNewItems: show.monitorNewItems,
      seasonFolder: true,
      seasons: show.seasons,
    },
    isExcluded: false,
    recycleBin: { known: true, value: { path: '/media/disk1/bin', cleanupDays: 7 } },
  });
  expect(
    settings?.episodes.map(({ externalId, monitored, fileId }) => [externalId, monitored, fileId]),
  ).toEqual(show.episodes.map(({ id, monitored, fileId }) => [id, monitored, fileId === 0 ? null : fileId]));
  expect(valueOf(await manager().settings(999_999))).toBeNull();
});

test('C-14: a show comes back with its kind, its seasons and their episodes, after Sonarr fetched them', async () => {
  const { show, asked } = aShow();
  show.seriesType = 'anime';
  show.monitorNewItems = 'none';
  sonarr.server.forget(show.id);
  const settings = valueOf(await manager().settings(show.id));
  if (!settings?.show) throw new Error('the show has no settings');
  const before = structuredClone(show);
  valueOf(await manager().remove(show.id, { type: 'title' }, { addImportExclusion: true, files: [] }));
  await sonarr.world.settle();
  expect(valueOf(await restorer().find(asked))).toEqual({ title: null, isExcluded: true });
  valueOf(await restorer().unexclude(asked));

  const added: AddedTitle = {
    tmdb: null,
    tvdb: asked.tvdb,
    path: before.path,
    rootFolder: settings.rootFolder,
    qualityProfile: settings.qualityProfile?.name ?? '',
    tags: settings.tags,
    monitored: before.monitored,
    minimumAvailability: null,
    show: settings.show,
  };
  valueOf(await restorer().add(added));
  const first = valueOf(await restorer().find(asked));
  expect(first).toMatchObject({ isExcluded: false, title: { path: before.path, episodes: [] } });
  await sonarr.world.settle();
  const { title } = valueOf(await restorer().find(asked));
  expect(
    title?.seasons.filter(({ number }) => before.seasons.some((season) => season.number === number)),
  ).toEqual(before.seasons);
  expect(title?.episodes).toHaveLength(before.episodes.length);
  expect(sonarr.state.shows.find(({ id }) => id === title?.externalId)).toMatchObject({
    seriesType: 'anime',
    monitorNewItems: 'none',
    profileId: before.profileId,
    tags: before.tags,
  });
  expect(await restorer().add(added)).toMatchObject({ ok: false, error: { status: 400 } });
  expect(await restorer().add({ ...added, tvdb: 999_999_999 })).toMatchObject({
    ok: false,
    error: { code: 'step.unreachable', reason: 'another show than asked for' },
  });
});

test('T-03 T-04: a season and single episodes are set, and nothing else of the show', async () => {
  const { show } = aShow();
  const [season, other] = show.seasons.filter(({ number }) =>
    show.episodes.some((episode) => episode.season === number),
  );
  if (!season) throw new Error('the show has no season with episodes');
  const before = structuredClone(show);
  const wanted = { number: season.number, monitored: !season.monitored };
  valueOf(await restorer().monitor(show.id, { monitored: null, seasons: [wanted], episodes: [] }));
  expect(season.monitored).toBe(wanted.monitored);
  if (other)
    expect(show.seasons).toContainEqual(before.seasons.find(({ number }) => number === other.number));
  const { monitored, monitorNewItems, tags, path, profileId } = before;
  expect(show).toMatchObject({ monitored, monitorNewItems, tags, path, profileId });

  const [on, off] = show.episodes;
  const episodes = [
    { externalId: on?.id ?? 0, monitored: true },
    { externalId: off?.id ?? 0, monitored: false },
  ];
  valueOf(await restorer().monitor(show.id, { monitored: null, seasons: [], episodes }));
  expect([on?.monitored, off?.monitored]).toEqual([true, false]);
});

test('T-03: a search says its scope', async () => {
  valueOf(await restorer().search(3, { type: 'title' }));
  valueOf(await restorer().search(3, { type: 'season', number: 0 }));
  valueOf(await restorer().search(3, { type: 'episodes', externalIds: [5, 6] }));
  expect(sonarr.server.commands).toEqual([
    { name: 'SeriesSearch', seriesId: 3 },
    { name: 'SeasonSearch', seriesId: 3, seasonNumber: 0 },
    { name: 'EpisodeSearch', episodeIds: [5, 6] },
  ]);
});

test('the files of a season go to the bin under the name of their show, and fill the disk on', async () => {
  const { show } = aShow();
  const [file] = show.files;
  if (!file) throw new Error('the show has no file');
  const used = () => sonarr.world.storage.disks.map(({ usedBytes }) => usedBytes);
  const before = used();
  const scope = { type: 'season', number: file.season } as const;
  valueOf(await manager().remove(show.id, scope, { addImportExclusion: false, files: [file.id] }));
  await sonarr.world.settle();
  const below = file.path.slice(show.path.lastIndexOf('/'));
  expect(sonarr.world.storage.has(`/media/disk1/bin${below}`)).toBe(true);
  expect(sonarr.world.storage.has(file.path)).toBe(false);
  expect(used()).toEqual(before);
});
