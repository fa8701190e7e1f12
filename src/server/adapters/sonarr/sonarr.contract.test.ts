import { beforeEach, describe, expect, test } from 'vitest';
import type { ImportEvent } from '#features/library/server/ports.ts';
import { startSonarr, type SonarrSimulator } from '#tools/simulators/sonarr/start.ts';
import {
  collect,
  promptHttp,
  requestProblems,
  smallHousehold,
  targetOf,
  valueOf,
} from '../simulated.fake.ts';
import { createSonarrManager } from './media-manager.ts';
import { createSonarrProber } from './probe.ts';
import { createSonarrCatalogue } from './show-catalogue.ts';

const household = smallHousehold();
const http = promptHttp();
let sonarr: SonarrSimulator;

beforeEach(async () => {
  sonarr = await startSonarr(household);
  return async () => {
    expect(requestProblems('sonarr', sonarr.requests)).toEqual([]);
    await sonarr.close();
  };
});

const target = () => targetOf('sonarr', sonarr);
const catalogue = () => createSonarrCatalogue(http, target());
const manager = () => createSonarrManager(http, target());
const asked = (method: string) => sonarr.requests.filter((request) => request.method === method);

/** A show and one of its seasons that have files. */
const aSeason = () => {
  for (const show of sonarr.state.shows) {
    const season = show.seasons.find(
      ({ number, monitored }) => number > 0 && monitored && show.files.some((file) => file.season === number),
    );
    if (season) {
      const files = show.files.filter((file) => file.season === season.number).map(({ id }) => id);
      return { show, scope: { type: 'season', number: season.number } as const, files };
    }
  }
  throw new Error('the household has no season with files');
};

const byEpisode = (a: ImportEvent, b: ImportEvent) =>
  a.at.getTime() - b.at.getTime() || (a.episodeExternalId ?? 0) - (b.episodeExternalId ?? 0);

test('reads every show with its seasons', async () => {
  const { all, end } = await collect(catalogue().shows());
  expect(end.ok).toBe(true);
  expect(all).toHaveLength(sonarr.state.shows.length);
  const { show } = aSeason();
  const read = all.find(({ externalId }) => externalId === show.id);
  expect(read).toMatchObject({
    path: show.path,
    rootFolder: show.rootFolder,
    continuing: show.status !== 'ended',
    showType: show.seriesType,
    votes: household.titles[show.title]?.votes,
  });
  expect(read?.poster).toContain('https://images.invalid/');
  expect(read?.seasons.map(({ number, monitored }) => ({ number, monitored }))).toEqual(show.seasons);
  const bytes = (read?.seasons ?? []).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  expect(bytes).toBe(show.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
});

test('the fingerprint of a show changes with its files and its monitoring, and only then', async () => {
  const prints = async () =>
    new Map(
      (await collect(catalogue().shows())).all.map(({ externalId, fingerprint }) => [
        externalId,
        fingerprint,
      ]),
    );
  const before = await prints();
  expect(await prints()).toEqual(before);
  const { show, scope, files } = aSeason();
  valueOf(await manager().unmonitor(show.id, scope));
  const unmonitored = await prints();
  expect(unmonitored.get(show.id)).not.toBe(before.get(show.id));
  valueOf(await manager().remove(show.id, scope, { addImportExclusion: false, files }));
  await sonarr.world.settle();
  const after = await prints();
  expect(after.get(show.id)).not.toBe(unmonitored.get(show.id));
  const changed = [...after].filter(([id, print]) => before.get(id) !== print).map(([id]) => id);
  expect(changed).toEqual([show.id]);
});

test('T-05 reads episodes with the files they share, and no file as null', async () => {
  for (const show of sonarr.state.shows) {
    const { episodes, files } = valueOf(await catalogue().episodes(show.id));
    expect(episodes).toHaveLength(show.episodes.length);
    expect(new Set(files.map(({ externalId }) => externalId)).size).toBe(files.length);
    expect(files).toHaveLength(show.files.length);
    expect(episodes.filter(({ fileId }) => fileId === 0)).toEqual([]);
    expect(episodes.filter(({ fileId }) => fileId === null)).toHaveLength(
      show.episodes.filter(({ fileId }) => fileId === 0).length,
    );
  }
});

test('J-74 J-75 reads finished imports with season and episode, and those of lost episodes not at all', async () => {
  const episodes = sonarr.state.shows.flatMap((show) => show.episodes);
  const lost = sonarr.state.history.find(({ event }) => event === 'imported');
  if (lost) lost.episodeId = 999_999;
  const imports = sonarr.state.history.filter(({ event }) => event === 'imported');
  const { all, end } = await collect(catalogue().imports(null));
  expect(end).toEqual({ ok: true, value: undefined });
  expect(imports.length).toBeGreaterThan(1);
  expect(all).toHaveLength(imports.length - 1);
  for (const { seasonNumber, episodeExternalId } of all)
    expect(episodes.find(({ id }) => id === episodeExternalId)?.season).toBe(seasonNumber);
  const since = await collect(catalogue().imports(new Date(0)));
  expect(since.all.toSorted(byEpisode)).toEqual(all.toSorted(byEpisode));
  const queries = asked('GET').filter(({ path }) => path.includes('/history'));
  expect(queries.every(({ query }) => query.includes('includeEpisode=true'))).toBe(true);
});

test('a page of the history that is short is a failure', async () => {
  sonarr.faults.add({ path: '/api/v3/history', kind: 'short-page' });
  expect((await collect(catalogue().imports(null))).end).toMatchObject({
    ok: false,
    error: { code: 'read.short' },
  });
});

test('T-01 only Sonarr’s own 404 means that it does not know a show', async () => {
  expect(await manager().read(999_999)).toEqual({ ok: true, value: null });
  sonarr.faults.add({ path: '/series/', kind: '500' });
  expect(await manager().read(999_999)).toMatchObject({ ok: false });
});

test('T-03 T-04 T-09 unmonitors one season and its episodes, and nothing else of the show', async () => {
  const { show, scope } = aSeason();
  const before = structuredClone(show);
  valueOf(await manager().unmonitor(show.id, scope));
  const others = before.seasons.filter(({ number }) => number !== scope.number);
  expect(show.seasons.filter(({ number }) => number !== scope.number)).toEqual(others);
  expect(show.seasons.find(({ number }) => number === scope.number)?.monitored).toBe(false);
  expect(show.episodes.filter(({ season, monitored }) => season === scope.number && monitored)).toEqual([]);
  expect(show.episodes.filter(({ season }) => season !== scope.number)).toEqual(
    before.episodes.filter(({ season }) => season !== scope.number),
  );
  const { tags, path, profileId, monitored, monitorNewItems } = before;
  expect(show).toMatchObject({ tags, path, profileId, monitored, monitorNewItems });
});

test('T-09 an episode that was monitored by itself is unmonitored too', async () => {
  const { show, scope } = aSeason();
  valueOf(await manager().unmonitor(show.id, scope));
  const episode = show.episodes.find(({ season }) => season === scope.number);
  if (episode) episode.monitored = true;
  sonarr.server.forget(show.id);
  valueOf(await manager().unmonitor(show.id, scope));
  expect(episode?.monitored).toBe(false);
});

test('T-03 a season that the show does not have changes nothing', async () => {
  const { show } = aSeason();
  const before = structuredClone(show);
  expect(await manager().unmonitor(show.id, { type: 'season', number: 77 })).toEqual({
    ok: false,
    error: { code: 'step.changed', what: 'season' },
  });
  expect(show).toEqual(before);
  expect(asked('PUT')).toEqual([]);
});

describe('one episode file (C-05)', () => {
  /** Two episodes in one file (T-05), in a season of which everything is wanted. */
  const aDoubleFile = () => {
    for (const show of sonarr.state.shows) {
      const files = Map.groupBy(show.episodes, ({ fileId }) => fileId);
      const [file, episodes] = [...files].find(([id, held]) => id > 0 && held.length > 1) ?? [];
      if (file === undefined || episodes === undefined) continue;
      show.monitored = true;
      for (const season of show.seasons) season.monitored = true;
      for (const episode of show.episodes) episode.monitored = true;
      sonarr.server.forget(show.id);
      return { show, episodes, scope: { type: 'episode-file', file } as const };
    }
    throw new Error('the household has no file with two episodes');
  };
  const options = (files: readonly number[]) => ({ addImportExclusion: false, files });

  test('T-05 the look tells which episodes each file holds, and whether they are wanted', async () => {
    const { show, episodes, scope } = aDoubleFile();
    const [first] = episodes;
    if (first) first.monitored = false;
    sonarr.server.forget(show.id);
    const read = valueOf(await manager().read(show.id));
    expect(read?.episodes).toHaveLength(show.episodes.length);
    expect(read?.episodes.filter(({ fileId }) => fileId === 0)).toEqual([]);
    expect(read?.episodes.filter(({ fileId }) => fileId === scope.file)).toMatchObject(
      episodes.map(({ id, season, number, monitored }) => ({
        externalId: id,
        seasonNumber: season,
        episodeNumber: number,
        monitored,
      })),
    );
  });

  test('T-03 T-08 unmonitors every episode of the file, and nothing else of the show', async () => {
    const { show, episodes, scope } = aDoubleFile();
    const before = structuredClone(show);
    valueOf(await manager().unmonitor(show.id, scope));
    const ids = episodes.map(({ id }) => id);
    expect(show).toEqual({
      ...before,
      episodes: before.episodes.map((one) => (ids.includes(one.id) ? { ...one, monitored: false } : one)),
    });
    expect(asked('PUT').map(({ path }) => path)).toEqual(['/api/v3/episode/monitor']);
  });

  test('T-08 an answer that is lost is no failure when the episodes are unmonitored; a no is one', async () => {
    const { show, episodes, scope } = aDoubleFile();
    sonarr.faults.add({ path: 'episode/monitor', kind: '500', times: 1 });
    expect(await manager().unmonitor(show.id, scope)).toMatchObject({ error: { code: 'step.refused' } });
    expect(episodes.every(({ monitored }) => monitored)).toBe(true);
    sonarr.faults.add({ path: 'episode/monitor', kind: 'drop', times: 1 });
    valueOf(await manager().unmonitor(show.id, scope));
    expect(episodes.filter(({ monitored }) => monitored)).toEqual([]);
  });

  test('J-92 T-05 removes exactly that file, once, whatever else is named', async () => {
    const { show, episodes, scope } = aDoubleFile();
    valueOf(await manager().unmonitor(show.id, scope));
    const all = sonarr.state.shows.flatMap((one) => one.files).map(({ id }) => id);
    valueOf(await manager().remove(show.id, scope, options([...all, scope.file, 0])));
    await sonarr.world.settle();
    const left = sonarr.state.shows.flatMap((one) => one.files).map(({ id }) => id);
    expect(left).toEqual(all.filter((id) => id !== scope.file));
    expect(episodes.map(({ fileId, monitored }) => [fileId, monitored])).toEqual(
      episodes.map(() => [0, false]),
    );
    expect(asked('DELETE')).toHaveLength(1);
  });

  test('a file of another show, one that is gone, and one that was not named stay as they are', async () => {
    const { show, scope } = aDoubleFile();
    const other = sonarr.state.shows.find((one) => one.id !== show.id && one.files.length > 0);
    const theirs = other?.files[0]?.id ?? 0;
    const calls = [
      { file: theirs, files: [theirs] },
      { file: 999_999, files: [999_999] },
      { file: scope.file, files: [] },
      { file: 0, files: [0] },
    ];
    for (const { file, files } of calls) {
      valueOf(await manager().remove(show.id, { type: 'episode-file', file }, options(files)));
      valueOf(
        await manager().unmonitor(show.id, { type: 'episode-file', file: file === scope.file ? -1 : file }),
      );
    }
    expect([...asked('DELETE'), ...asked('PUT')]).toEqual([]);
  });
});

test('unmonitors a whole show through the editor', async () => {
  const { show } = aSeason();
  valueOf(await manager().unmonitor(show.id, { type: 'title' }));
  expect(show.monitored).toBe(false);
  expect(asked('PUT').map(({ path }) => path)).toEqual(['/api/v3/series/editor']);
});

test('removes the files named, of one season of one show, and no other', async () => {
  const { show, scope, files } = aSeason();
  const [first, ...rest] = files;
  const elsewhere = sonarr.state.shows.flatMap((one) => one.files).filter(({ id }) => !files.includes(id));
  const named = [first ?? 0, ...elsewhere.map(({ id }) => id)];
  valueOf(await manager().remove(show.id, scope, { addImportExclusion: false, files: named }));
  await sonarr.world.settle();
  const left = sonarr.state.shows.flatMap((one) => one.files).map(({ id }) => id);
  expect(left.sort()).toEqual([...elsewhere.map(({ id }) => id), ...rest].sort());
});

test('files go one by one when the call for all of them fails', async () => {
  const { show, scope, files } = aSeason();
  sonarr.faults.add({ path: 'episodefile/bulk', kind: '500' });
  valueOf(await manager().remove(show.id, scope, { addImportExclusion: false, files }));
  expect(show.files.filter(({ season }) => season === scope.number)).toEqual([]);
  expect(asked('DELETE')).toHaveLength(1 + files.length);
});

test('T-06 removes a show by Sonarr’s name for the exclusion', async () => {
  const { show } = aSeason();
  const options = { addImportExclusion: true, files: [] };
  const before = valueOf(await manager().read(show.id));
  valueOf(await manager().remove(show.id, { type: 'title' }, options));
  await sonarr.world.settle();
  expect(valueOf(await manager().read(show.id))).toBeNull();
  expect(asked('DELETE')[0]?.query).toContain('addImportListExclusion=true');
  expect(sonarr.state.exclusions.filter(({ externalId }) => externalId === before?.tvdb)).toHaveLength(1);
});

test('removing a show that Sonarr does not know asks first, because the answer would be 500', async () => {
  valueOf(await manager().remove(999_999, { type: 'title' }, { addImportExclusion: true, files: [] }));
  expect(asked('DELETE')).toEqual([]);
});

test('the probe says what Sonarr it is and refuses version 3', async () => {
  const { probe, sampleFile } = createSonarrProber(http);
  expect(await probe(target())).toMatchObject({ ok: true, value: { product: 'Sonarr' } });
  expect(valueOf(await sampleFile(target()))).toMatch(/\.\w{3}$/);
  const old = await startSonarr(household, { version: '3.0.10.1567' });
  expect(await probe(targetOf('sonarr', old))).toMatchObject({ error: { code: 'probe.version-too-old' } });
  await old.close();
});
