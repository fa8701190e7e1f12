import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startRadarr, type RadarrSimulator } from '#tools/simulators/radarr/start.ts';
import { startSonarr, type SonarrSimulator } from '#tools/simulators/sonarr/start.ts';
import {
  collect,
  promptHttp,
  requestProblems,
  smallHousehold,
  targetOf,
  valueOf,
} from '../simulated.fake.ts';
import { createRadarrCatalogue } from './film-catalogue.ts';
import { createRadarrManager } from './media-manager.ts';
import { createRadarrProber } from './probe.ts';

const household = smallHousehold();
const http = promptHttp();
const keep = { addImportExclusion: false, files: [] };
let radarr: RadarrSimulator;
let sonarr: SonarrSimulator;

beforeAll(async () => {
  sonarr = await startSonarr(household);
});
afterAll(() => sonarr.close());
beforeEach(async () => {
  radarr = await startRadarr(household, { urlBase: '/radarr' });
  return async () => {
    expect(requestProblems('radarr', radarr.requests, '/radarr')).toEqual([]);
    await radarr.close();
  };
});

const target = () => targetOf('radarr', radarr);
const catalogue = () => createRadarrCatalogue(http, target());
const manager = () => createRadarrManager(http, target());
const asked = (method: string) => radarr.requests.filter((request) => request.method === method);
const aFilm = () => {
  const film = radarr.state.movies.find(({ file, monitored }) => file && monitored);
  if (!film?.file) throw new Error('the household has no monitored film with a file');
  return { ...film, file: film.file };
};

test('reads every film with its tags, profile, file and dates', async () => {
  const { all, end } = await collect(catalogue().films());
  expect(end).toEqual({ ok: true, value: undefined });
  expect(all.map(({ externalId }) => externalId).sort()).toEqual(
    radarr.state.movies.map(({ id }) => id).sort(),
  );
  const film = aFilm();
  expect(all.find(({ externalId }) => externalId === film.id)).toMatchObject({
    path: film.path,
    rootFolder: film.rootFolder,
    monitored: film.monitored,
    tags: film.tags.map((id) => radarr.state.tags.find((tag) => tag.id === id)?.label),
    addedAt: new Date(film.addedAt),
    rating: household.titles[film.title]?.rating,
    votes: household.titles[film.title]?.votes,
    file: { externalId: film.file.id, sizeBytes: film.file.sizeBytes, addedAt: new Date(film.file.addedAt) },
  });
});

test('a film tells where its poster came from', async () => {
  const { all } = await collect(catalogue().films());
  expect(all.every(({ poster }) => poster?.startsWith('https://images.invalid/'))).toBe(true);
});

test('no tags at all, while films carry some, is no answer: neither for the list nor right before a removal (J-28, T-12)', async () => {
  const film = radarr.state.movies.find(({ tags }) => tags.length > 0);
  radarr.state.tags.length = 0;
  expect((await collect(catalogue().films())).end).toMatchObject({ ok: false });
  expect(await manager().read(film?.id ?? 0)).toMatchObject({ ok: false });
});

test('J-28 a tag that was made a moment ago is known', async () => {
  const film = radarr.state.movies[0];
  const reader = catalogue();
  await collect(reader.films());
  radarr.state.tags.push({ id: 991, label: 'fresh' });
  film?.tags.push(991);
  radarr.server.forget();
  const { all } = await collect(reader.films());
  expect(all.find(({ externalId }) => externalId === film?.id)?.tags).toContain('fresh');
});

test('T-13 tells disks and root folders apart', async () => {
  const storage = valueOf(await catalogue().storage());
  expect(storage.rootFolders.map(({ path }) => path)).toEqual(
    radarr.state.rootFolders.map(({ path }) => path),
  );
  expect(storage.disks.length).toBeGreaterThan(0);
});

test('J-20 reads finished imports, all of them or since a moment, and no other event', async () => {
  const imported = radarr.state.history.filter(({ event }) => event === 'imported');
  const { all, end } = await collect(catalogue().imports(null));
  expect([end.ok, all.length]).toEqual([true, imported.length]);
  const middle = imported.map(({ at }) => at).sort()[Math.floor(imported.length / 2)] ?? '';
  const recent = await collect(catalogue().imports(new Date(middle)));
  expect(recent.all.length).toBe(imported.filter(({ at }) => at >= middle).length);
});

test.each(['html', 'truncated-json', 'drop', '500', '401', 'redirect', 'short-page'] as const)(
  'a list of films that comes as "%s" is never taken for whole',
  async (kind) => {
    radarr.faults.add({ path: '/radarr/api/v3/movie', kind });
    const { end } = await collect(catalogue().films());
    // A list without pages cannot be seen to be short; the library compares it with what it had.
    expect(end.ok).toBe(kind === 'short-page');
  },
);

test('T-02 the films of another program are nobody’s films', async () => {
  const { all, end } = await collect(createRadarrCatalogue(http, targetOf('radarr', sonarr)).films());
  expect(all).toEqual([]);
  expect(end).toMatchObject({ ok: false, error: { code: 'read.bad-answer' } });
});

test('T-01 only Radarr’s own 404 means that it does not know a film', async () => {
  expect(await manager().read(999_999)).toEqual({ ok: true, value: null });
  radarr.faults.add({ path: '/movie/', kind: 'html' });
  expect(await manager().read(999_999)).toMatchObject({ ok: false, error: { code: 'step.unreachable' } });
  const lost = createRadarrManager(http, { ...target(), url: target().url.replace('/radarr', '') });
  expect(await lost.read(999_999)).toMatchObject({ ok: false });
});

test('reads a film as it is now, with its files', async () => {
  const film = aFilm();
  expect(valueOf(await manager().read(film.id))).toMatchObject({
    externalId: film.id,
    monitored: film.monitored,
    files: [{ externalId: film.file.id, seasonNumber: null, sizeBytes: film.file.sizeBytes }],
    seasons: [],
  });
});

test('J-90 T-04 T-08 unmonitors through the editor, and changes nothing else', async () => {
  const film = aFilm();
  const { tags, profileId } = structuredClone(film);
  valueOf(await manager().unmonitor(film.id, { type: 'title' }));
  expect(radarr.state.movies.find(({ id }) => id === film.id)).toMatchObject({
    monitored: false,
    tags,
    profileId,
  });
  expect(asked('PUT').map(({ path }) => path)).toEqual(['/radarr/api/v3/movie/editor']);
});

test('T-06 T-07 removes a film with its files and excludes it from lists, by Radarr’s name for that', async () => {
  const film = aFilm();
  const before = valueOf(await manager().read(film.id));
  valueOf(await manager().remove(film.id, { type: 'title' }, { ...keep, addImportExclusion: true }));
  await radarr.world.settle();
  expect(valueOf(await manager().read(film.id))).toBeNull();
  expect(radarr.world.storage.has(film.file.path)).toBe(false);
  expect(radarr.state.exclusions.filter(({ externalId }) => externalId === before?.tmdb)).toHaveLength(1);
  expect(asked('DELETE')[0]?.query).toContain('addImportExclusion=true');
});

test('T-06 an exclusion that is there already does not stop a removal', async () => {
  const film = aFilm();
  const { tmdb } = valueOf(await manager().read(film.id)) ?? { tmdb: 0 };
  radarr.state.exclusions.push({ id: 9001, externalId: tmdb ?? 0, title: film.title, year: 2000 });
  valueOf(await manager().remove(film.id, { type: 'title' }, { ...keep, addImportExclusion: true }));
  expect(valueOf(await manager().read(film.id))).toBeNull();
});

test('removing a film that is gone is no failure, and asks for no removal', async () => {
  valueOf(await manager().remove(999_999, { type: 'title' }, keep));
  expect(asked('DELETE')).toEqual([]);
});

test('a removal that gets no answer is a failure, never a success', async () => {
  radarr.faults.add({ path: '/movie/', method: 'DELETE', kind: 'drop' });
  expect(await manager().remove(aFilm().id, { type: 'title' }, keep)).toMatchObject({ ok: false });
});

test('the probe says what Radarr it is', async () => {
  const { probe, sampleFile } = createRadarrProber(http);
  expect(await probe(target())).toMatchObject({
    ok: true,
    value: { product: 'Radarr', version: '6.0.3.10276' },
  });
  expect(valueOf(await sampleFile(target()))).toMatch(/\.mkv$|\.mp4$/);
});

test('the probe names what is wrong', async () => {
  const { probe } = createRadarrProber(http);
  const problem = async (over: object) => {
    const outcome = await probe({ ...target(), ...over });
    return outcome.ok ? outcome : outcome.error;
  };
  expect(await problem({ key: 'wrong' })).toEqual({ code: 'probe.key-refused' });
  expect(await problem({ url: sonarr.url, key: sonarr.apiKey })).toEqual({
    code: 'probe.wrong-product',
    expected: 'radarr',
    found: 'Sonarr',
  });
  expect(await problem({ url: target().url.replace('/radarr', '') })).toMatchObject({
    code: 'probe.redirected',
  });
  expect(await problem({ url: 'http://127.0.0.1:1' })).toMatchObject({ code: 'probe.bad-answer' });
  radarr.faults.add({ path: 'status', kind: 'html', times: 1 });
  expect(await problem({})).toEqual({ code: 'probe.html-answer' });
  radarr.faults.add({ path: 'status', kind: '503', times: 1 });
  expect(await problem({})).toEqual({ code: 'probe.starting' });
});

test('the probe refuses a Radarr that is too old', async () => {
  const old = await startRadarr(household, { version: '3.2.2.5080' });
  expect(await createRadarrProber(http).probe(targetOf('radarr', old))).toEqual({
    ok: false,
    error: { code: 'probe.version-too-old', found: '3.2.2.5080', needs: '5.0' },
  });
  await old.close();
});
