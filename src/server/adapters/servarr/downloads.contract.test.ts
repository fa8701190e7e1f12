import { expect, test } from 'vitest';
import { startRadarr } from '#tools/simulators/radarr/start.ts';
import { startSonarr } from '#tools/simulators/sonarr/start.ts';
import { promptHttp, requestProblems, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';
import { readDownloads } from './downloads.ts';

const household = smallHousehold();
const http = promptHttp();

test('T-12: the hashes of the imports of one film, in lower case and of no other event', async () => {
  const radarr = await startRadarr(household);
  const imports = radarr.state.history.filter((row) => row.event === 'imported' && row.downloadId !== '');
  const externalId = imports[0]?.titleId ?? 0;
  const found = valueOf(
    await readDownloads(http, targetOf('radarr', radarr), { externalId, seasonNumber: null }),
  );
  const expected = imports.filter((row) => row.titleId === externalId).map((row) => row.downloadId);
  expect(found.toSorted()).toEqual([...new Set(expected.map((hash) => hash.toLowerCase()))].toSorted());
  expect(found).not.toEqual([]);
  expect(requestProblems('radarr', radarr.requests)).toEqual([]);
  await radarr.close();
});

test('T-12: of one season, and of a whole show', async () => {
  const sonarr = await startSonarr(household);
  const imports = sonarr.state.history.filter((row) => row.event === 'imported' && row.downloadId !== '');
  const { titleId: externalId = 0, season = null } = imports[0] ?? {};
  const ask = async (seasonNumber: number | null) =>
    valueOf(await readDownloads(http, targetOf('sonarr', sonarr), { externalId, seasonNumber }));
  const hashesOf = (rows: typeof imports) =>
    [...new Set(rows.map((row) => row.downloadId.toLowerCase()))].toSorted();
  const show = imports.filter((row) => row.titleId === externalId);
  expect((await ask(null)).toSorted()).toEqual(hashesOf(show));
  expect((await ask(season)).toSorted()).toEqual(hashesOf(show.filter((row) => row.season === season)));
  expect(requestProblems('sonarr', sonarr.requests)).toEqual([]);
  await sonarr.close();
});

test('a service that does not answer is a problem, not an empty history', async () => {
  const radarr = await startRadarr(household);
  radarr.faults.add({ path: '/history/movie', kind: '500' });
  const asked = await readDownloads(http, targetOf('radarr', radarr), { externalId: 1, seasonNumber: null });
  expect(asked.ok).toBe(false);
  await radarr.close();
});
