import { afterEach, describe, expect, test } from 'vitest';
import { seedHousehold } from '../../seed.ts';
import { ask, servarr } from '../client.fake.ts';
import { startRadarr, type RadarrOptions, type RadarrSimulator } from './start.ts';

const household = seedHousehold({ films: 60, series: 4, users: 3, now: new Date('2026-11-20T12:00:00Z') });
const running: RadarrSimulator[] = [];
const start = async (options: RadarrOptions = {}) => {
  const radarr = await startRadarr(household, options);
  running.push(radarr);
  return { radarr, call: servarr(radarr) };
};
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())));

const withFiles = household.radarrs[0]?.movies.filter((movie) => movie.file) ?? [];
const [film, other] = withFiles;
if (!film?.file || !other?.file) throw new Error('the seed has too few films');
const fileId = film.file.id;
const otherFileId = other.file.id;
const filePath = film.file.path;
const otherPath = other.file.path;

describe('keys and addresses', () => {
  test('no key and a wrong key are 401 without a word; the query wins over the header', async () => {
    const { radarr } = await start();
    const path = `${radarr.url}/api/v3/movie`;
    expect(await ask(path, 'GET')).toMatchObject({ status: 401, text: '' });
    expect(await ask(path, 'GET', { 'x-api-key': 'wrong' })).toMatchObject({ status: 401, text: '' });
    expect((await ask(`${path}?apikey=wrong`, 'GET', { 'x-api-key': radarr.apiKey })).status).toBe(401);
    expect((await ask(path, 'GET', { authorization: `Bearer ${radarr.apiKey}` })).status).toBe(200);
    expect((await ask(`${radarr.url}/ping`, 'GET')).body).toEqual({ status: 'OK' });
  });

  test('a base path left out is a 307, one too many a login, or a page when nobody has to log in', async () => {
    const { radarr } = await start({ urlBase: '/radarr' });
    const origin = new URL(radarr.url).origin;
    expect(await ask(`${origin}/api/v3/movie`, 'GET')).toMatchObject({
      status: 307,
      location: '/radarr/api/v3/movie',
    });
    expect((await ask(`${radarr.url}/api/v3/tag`, 'GET', { 'x-api-key': radarr.apiKey })).status).toBe(200);
    const plain = await start();
    expect((await ask(`${plain.radarr.url}/radarr/api/v3/tag`, 'GET')).status).toBe(302);
    const open = await start({ authentication: 'none' });
    expect(await ask(`${open.radarr.url}/radarr/api/v3/tag`, 'GET')).toMatchObject({
      status: 200,
      type: 'text/html; charset=utf-8',
    });
  });

  test('while it starts everything is 503', async () => {
    const { radarr, call } = await start();
    radarr.server.isStarting = true;
    expect(await call('GET', '/movie')).toMatchObject({
      status: 503,
      body: { errorMessage: expect.any(String) as string },
    });
  });
});

describe('removing a film', () => {
  test('answers before the folder is gone, and the history goes at once', async () => {
    const { radarr, call } = await start({ delayMs: 5_000 });
    const { storage } = radarr.world;
    const free = () => storage.diskOf(film.path).totalBytes - storage.diskOf(film.path).usedBytes;
    const before = free();
    expect(
      await call('DELETE', `/movie/${String(film.id)}?deleteFiles=true&addImportExclusion=true`),
    ).toMatchObject({ status: 200, text: '' });
    expect((await call('GET', `/movie/${String(film.id)}`)).status).toBe(404);
    expect((await call('GET', `/history/movie?movieId=${String(film.id)}`)).body).toEqual([]);
    expect(storage.has(filePath)).toBe(true);
    await radarr.world.settle();
    expect(storage.isEmpty(film.path)).toBe(true);
    expect(free()).toBeGreaterThan(before);
    expect(radarr.state.exclusions).toHaveLength(2);
  });

  test('leaves the folder alone when it holds the folder of another film', async () => {
    const { radarr, call } = await start();
    const nested = radarr.state.movies.find((movie) => movie.id === other.id);
    if (nested) nested.path = `${film.path}/sequel`;
    expect((await call('DELETE', `/movie/${String(film.id)}?deleteFiles=true`)).status).toBe(200);
    await radarr.world.settle();
    expect(radarr.world.storage.has(filePath)).toBe(true);
  });

  test('with a recycle bin no space is freed', async () => {
    const { radarr, call } = await start({ recycleBin: '/media/disk1/.recycle' });
    const disk = radarr.world.storage.diskOf(film.path);
    const used = disk.usedBytes;
    await call('DELETE', `/movie/${String(film.id)}?deleteFiles=true`);
    await radarr.world.settle();
    expect(radarr.world.storage.has(filePath)).toBe(false);
    expect(disk.usedBytes).toBe(used);
  });

  test('a second name of the bytes keeps them on the disk', async () => {
    const { radarr, call } = await start();
    const { storage } = radarr.world;
    storage.link('/media/disk1/downloads/complete/seeding.mkv', filePath);
    const used = storage.diskOf(film.path).usedBytes;
    await call('DELETE', `/moviefile/${String(fileId)}`);
    expect(storage.has(filePath)).toBe(false);
    expect(storage.diskOf(film.path).usedBytes).toBe(used);
  });
});

describe('files', () => {
  test('the list needs to know which; an unknown one is 404; a lost mount is 409', async () => {
    const { radarr, call } = await start();
    expect((await call('GET', '/moviefile')).status).toBe(400);
    expect((await call('DELETE', '/moviefile/999999')).status).toBe(404);
    radarr.server.missingRoots.add(film.rootFolder);
    expect(await call('DELETE', `/moviefile/${String(fileId)}`)).toMatchObject({ status: 409 });
    expect((await call('GET', '/rootfolder')).body).toContainEqual(
      expect.objectContaining({ path: film.rootFolder, accessible: false }),
    );
  });

  test('in bulk the first film decides where files are looked for', async () => {
    const { radarr, call } = await start();
    expect((await call('DELETE', '/moviefile/bulk', { movieFileIds: [fileId, otherFileId] })).body).toEqual(
      {},
    );
    expect(radarr.world.storage.has(filePath)).toBe(false);
    expect(radarr.world.storage.has(otherPath)).toBe(true);
    expect((await call('GET', `/moviefile?movieId=${String(other.id)}`)).body).toEqual([]);
  });

  test('a stale or repeated id in bulk is a 500 for all', async () => {
    const { radarr, call } = await start();
    expect((await call('DELETE', '/moviefile/bulk', { movieFileIds: [fileId, fileId] })).status).toBe(500);
    expect(
      (await call('PUT', '/movie/editor', { movieIds: [film.id, 999_999], monitored: false })).status,
    ).toBe(500);
    expect((await call('DELETE', '/movie/editor', { movieIds: [film.id, film.id] })).status).toBe(500);
    expect(radarr.world.storage.has(filePath)).toBe(true);
  });

  test('a monitored film comes back, an unmonitored one does not', async () => {
    const { radarr, call } = await start({ redownload: true });
    await call('PUT', '/movie/editor', { movieIds: [film.id], monitored: true });
    await call('PUT', '/movie/editor', { movieIds: [other.id], monitored: false });
    await call('DELETE', `/moviefile/${String(fileId)}`);
    await call('DELETE', `/moviefile/${String(otherFileId)}`);
    await radarr.world.settle();
    expect((await call('GET', `/movie/${String(film.id)}`)).body).toMatchObject({ hasFile: true });
    expect((await call('GET', `/movie/${String(other.id)}`)).body).toMatchObject({
      hasFile: false,
      movieFileId: 0,
    });
  });
});

describe('changing', () => {
  test('a PUT replaces: tags that are not sent go, what is not said to be unmonitored is monitored', async () => {
    const { call } = await start();
    await call('PUT', '/movie/editor', {
      movieIds: [film.id],
      monitored: false,
      tags: [1, 2],
      applyTags: 'replace',
    });
    const answer = await call('PUT', `/movie/${String(film.id)}`, { id: film.id, qualityProfileId: 4 });
    expect(answer).toMatchObject({ status: 202, body: { tags: [], monitored: true } });
    expect((await call('PUT', `/movie/${String(film.id)}`, { id: film.id })).status).toBe(400);
  });

  test('tags are found again by label, in lower case; one in use cannot go', async () => {
    const { call } = await start();
    const made = await call('POST', '/tag', { label: 'Nueva' });
    expect(made).toMatchObject({ status: 201, body: { label: 'nueva' } });
    expect((await call('POST', '/tag', { label: 'NUEVA' })).body).toEqual(made.body);
    expect(await call('POST', '/tag', { label: 'con espacio' })).toMatchObject({
      status: 400,
      body: [{ propertyName: 'Label' }],
    });
    const { id } = made.body as { id: number };
    await call('PUT', '/movie/editor', { movieIds: [film.id], tags: [id], applyTags: 'add' });
    expect((await call('DELETE', `/tag/${String(id)}`)).status).toBe(409);
    await call('PUT', '/movie/editor', { movieIds: [film.id], tags: [id], applyTags: 'remove' });
    expect(await call('DELETE', `/tag/${String(id)}`)).toMatchObject({ status: 200, text: '' });
  });

  test('an exclusion that is there already is a 400, in bulk as well', async () => {
    const { call } = await start();
    const wish = { tmdbId: 77, movieTitle: 'Seventy-seven', movieYear: 1977 };
    expect((await call('POST', '/exclusions', wish)).status).toBe(201);
    expect(await call('POST', '/exclusions', wish)).toMatchObject({
      status: 400,
      body: [{ propertyName: 'TmdbId' }],
    });
    expect((await call('POST', '/exclusions/bulk', [wish])).status).toBe(400);
    expect((await call('POST', '/exclusions', { ...wish, tmdbId: 78, movieTitle: '' })).status).toBe(400);
  });
});

test('the history comes ten to a page and says how much there is', async () => {
  const { call } = await start();
  const { body } = await call('GET', '/history?eventType=3');
  const { records, totalRecords } = body as { records: { eventType: string }[]; totalRecords: number };
  expect(records).toHaveLength(10);
  expect(totalRecords).toBeGreaterThan(10);
  expect(new Set(records.map((row) => row.eventType))).toEqual(new Set(['downloadFolderImported']));
});

test('posters are pictures', async () => {
  const { radarr } = await start();
  const response = await fetch(
    `${radarr.url}/MediaCover/${String(film.id)}/poster-250.jpg?apikey=${radarr.apiKey}`,
  );
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(new Uint8Array(await response.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
});
