import { beforeEach, expect, test } from 'vitest';
import type { AddedTitle } from '#features/cleanup/core/restore/restore-now.ts';
import { startRadarr, type RadarrSimulator } from '#tools/simulators/radarr/start.ts';
import { promptHttp, requestProblems, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';
import { createRadarrManager } from './media-manager.ts';
import { createRadarrRestorer } from './title-restorer.ts';

const household = smallHousehold();
const http = promptHttp();
let radarr: RadarrSimulator;

beforeEach(async () => {
  radarr = await startRadarr(household, { recycleBin: '/media/disk1/bin', recycleBinDays: 30 });
  return async () => {
    expect(requestProblems('radarr', radarr.requests)).toEqual([]);
    await radarr.close();
  };
});

const target = () => targetOf('radarr', radarr);
const manager = () => createRadarrManager(http, target());
const restorer = () => createRadarrRestorer(http, target());

function aFilm() {
  const film = radarr.state.movies.find(({ file, tags }) => file && tags.length > 0);
  const title = household.titles[film?.title ?? ''];
  if (!film?.file || !title) throw new Error('the household has no film with a file and a tag');
  const asked = { externalId: film.id, tmdb: title.tmdbId, tvdb: null, path: film.path };
  return { film: structuredClone(film), file: film.file, asked };
}

async function removed() {
  const cast = aFilm();
  const settings = valueOf(await manager().settings(cast.film.id));
  if (!settings) throw new Error('the film has no settings');
  const options = { addImportExclusion: true, files: [cast.file.id] };
  valueOf(await manager().remove(cast.film.id, { type: 'title' }, options));
  await radarr.world.settle();
  const added: AddedTitle = {
    ...settings,
    tmdb: cast.asked.tmdb,
    tvdb: null,
    path: cast.film.path,
    qualityProfile: settings.qualityProfile?.name ?? '',
    show: null,
  };
  return { ...cast, settings, added };
}

test('C-14: tells all that bringing a film back needs, before it is touched', async () => {
  const { film } = aFilm();
  expect(valueOf(await manager().settings(film.id))).toEqual({
    rootFolder: film.rootFolder,
    qualityProfile: radarr.state.profiles
      .filter(({ id }) => id === film.profileId)
      .map(({ id, name }) => ({ id, name }))[0],
    tags: film.tags.map((id) => radarr.state.tags.find((tag) => tag.id === id)?.label),
    monitored: film.monitored,
    minimumAvailability: film.minimumAvailability,
    show: null,
    episodes: [],
    isExcluded: false,
    recycleBin: { known: true, value: { path: '/media/disk1/bin', cleanupDays: 30 } },
  });
  expect(valueOf(await manager().settings(999_999))).toBeNull();
});

test('the recycle bin keeps the film in its folder, and the disk stays as full as it was', async () => {
  const used = () => radarr.world.storage.disks.map(({ usedBytes }) => usedBytes);
  const before = used();
  const { film, file } = await removed();
  const folder = film.path.slice(film.path.lastIndexOf('/'));
  const name = file.path.slice(file.path.lastIndexOf('/'));
  expect(radarr.world.storage.has(file.path)).toBe(false);
  expect(radarr.world.storage.has(`/media/disk1/bin${folder}${name}`)).toBe(true);
  expect(used()).toEqual(before);
});

test('C-14: a film comes back as it was, labels and profile by their names', async () => {
  const { film, asked, added } = await removed();
  expect(valueOf(await restorer().find(asked))).toEqual({ title: null, isExcluded: true });
  valueOf(await restorer().unexclude(asked));
  // As after a reinstall: the label is gone, and the profile has another number.
  const [label] = film.tags.map((id) => radarr.state.tags.find((tag) => tag.id === id)?.label);
  radarr.state.tags = radarr.state.tags.filter((tag) => tag.label !== label);
  const profile = radarr.state.profiles.find(({ id }) => id === film.profileId);
  if (profile) profile.id = 990;
  valueOf(await restorer().add(added));
  const { title, isExcluded } = valueOf(await restorer().find(asked));
  expect(isExcluded).toBe(false);
  expect(title).toMatchObject({ path: film.path, monitored: film.monitored });
  expect(title?.externalId).not.toBe(film.id);
  const back = radarr.state.movies.find(({ id }) => id === title?.externalId);
  expect(back).toMatchObject({ profileId: 990, minimumAvailability: film.minimumAvailability });
  expect(back?.tags.map((id) => radarr.state.tags.find((tag) => tag.id === id)?.label)).toEqual(added.tags);
});

test('adding what is there, or to a folder or profile that is not, is refused by its reason', async () => {
  const { added } = await removed();
  const reason = async (title: AddedTitle) => {
    const done = await restorer().add(title);
    return done.ok ? done : done.error;
  };
  expect(await reason({ ...added, qualityProfile: 'Gone' })).toMatchObject({
    reason: 'another quality profile than asked for',
  });
  expect(await reason({ ...added, path: null, rootFolder: '/gone' })).toMatchObject({ status: 400 });
  expect(await reason(added)).toEqual({ ok: true, value: undefined });
  expect(await reason(added)).toMatchObject({ code: 'step.refused', status: 400 });
  expect(await reason({ ...added, tmdb: 999_999_999 })).toMatchObject({ status: 404 });
});

test('T-02: a film is found by what it is, and without an id by its number', async () => {
  const { film, asked } = aFilm();
  expect(valueOf(await restorer().find({ ...asked, tmdb: 999_999_999 })).title).toBeNull();
  expect(valueOf(await restorer().find({ ...asked, tmdb: null })).title?.externalId).toBe(film.id);
  expect(valueOf(await restorer().find({ ...asked, tmdb: null, externalId: 999_999 })).title).toBeNull();
});

test('monitoring goes through the editor, which leaves the rest alone (T-04)', async () => {
  const { film } = aFilm();
  valueOf(await restorer().monitor(film.id, { monitored: !film.monitored, seasons: [], episodes: [] }));
  const { file: _file, monitored: _monitored, ...rest } = film;
  expect(radarr.state.movies.find(({ id }) => id === film.id)).toMatchObject({
    ...rest,
    monitored: !film.monitored,
  });
});

test('a search is a command for this one film', async () => {
  valueOf(await restorer().search(7, { type: 'title' }));
  expect(radarr.server.commands).toEqual([{ name: 'MoviesSearch', movieIds: [7] }]);
});

test('the places are the root folders and the names of the profiles', async () => {
  const root = radarr.state.rootFolders[0]?.path ?? '';
  radarr.server.missingRoots.add(root);
  const { rootFolders, qualityProfiles } = valueOf(await restorer().places());
  expect(rootFolders.find(({ path }) => path === root)?.accessible).toBe(false);
  expect(qualityProfiles).toEqual(radarr.state.profiles.map(({ name }) => name));
});

test('no bin is told as none', async () => {
  radarr.state.recycleBin = null;
  expect(valueOf(await restorer().recycleBin())).toBeNull();
  radarr.faults.add({ path: 'mediamanagement', kind: '500' });
  expect(await restorer().recycleBin()).toMatchObject({ ok: false });
  const settings = valueOf(await manager().settings(aFilm().film.id));
  expect(settings?.recycleBin).toEqual({ known: false, why: 'recycle-bin-not-read' });
});
