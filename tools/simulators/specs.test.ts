import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedHousehold } from '../seed.ts';
import { openSpec, type SpecName } from './specs.ts';
import { startHousehold, type RunningHousehold } from './start.ts';
import { startJellyfin } from './jellyfin/start.ts';
import { startSeerr } from './seerr/start.ts';

const now = new Date('2026-11-20T12:00:00Z');
const household = seedHousehold({ films: 60, series: 12, users: 5, now });
const [person] = household.people;
const film = household.jellyfin.items.find((item) => item.kind === 'Movie')?.id ?? '';
const series = household.jellyfin.items.find((item) => item.kind === 'Series')?.id ?? '';
const userId = person?.userId ?? '';

let running: RunningHousehold;
beforeAll(async () => {
  running = await startHousehold(household);
});
afterAll(() => running.close());

type Ask = readonly [method: string, path: string, body?: unknown];

const servarr: Ask[] = [
  ['GET', '/ping'],
  ['GET', '/api/v3/system/status'],
  ['GET', '/api/v3/health'],
  ['GET', '/api/v3/rootfolder'],
  ['GET', '/api/v3/diskspace'],
  ['GET', '/api/v3/qualityprofile'],
  ['GET', '/api/v3/config/mediamanagement'],
  ['GET', '/api/v3/tag'],
  ['GET', '/api/v3/tag/detail'],
  ['POST', '/api/v3/tag', { label: 'new-one' }],
  ['PUT', '/api/v3/tag/1', { id: 1, label: 'kept' }],
  ['GET', '/api/v3/history?page=1&pageSize=50&sortKey=date&sortDirection=ascending&eventType=3'],
  ['GET', '/api/v3/history/since?date=2020-01-01T00:00:00Z'],
  ['GET', '/api/v3/queue?page=1&pageSize=20'],
  ['GET', '/api/v3/queue/details'],
];

/** What was just deleted, added again; and once more, which is refused. */
const gone = household.radarrs[0]?.movies.find(({ id }) => id === 7);
const again = {
  title: 'again',
  tmdbId: household.titles[gone?.title ?? '']?.tmdbId ?? 0,
  path: gone?.path ?? '',
  qualityProfileId: gone?.profileId ?? 0,
  monitored: true,
  minimumAvailability: 'released',
  tags: [1],
  addOptions: { monitor: 'movieOnly', searchForMovie: false },
};
const goneShow = household.sonarr.shows.find(({ id }) => id === 3);
const showAgain = {
  title: 'again',
  tvdbId: household.titles[goneShow?.title ?? '']?.tvdbId ?? 0,
  path: goneShow?.path ?? '',
  qualityProfileId: goneShow?.profileId ?? 0,
  monitored: true,
  seasons: [{ seasonNumber: 1, monitored: true }],
  addOptions: { monitor: 'skip', searchForMissingEpisodes: false, searchForCutoffUnmetEpisodes: false },
};

const asks: Record<string, Ask[]> = {
  radarr: [
    ...servarr,
    ['GET', '/api/v3/movie?excludeLocalCovers=true'],
    ['GET', '/api/v3/movie/1'],
    ['PUT', '/api/v3/movie/editor', { movieIds: [1], monitored: false, tags: [1], applyTags: 'add' }],
    ['GET', '/api/v3/moviefile?movieId=1&movieId=2'],
    ['GET', '/api/v3/history/movie?movieId=1'],
    ['GET', '/api/v3/exclusions'],
    ['GET', '/api/v3/exclusions/paged?page=1&pageSize=10&sortKey=tmdbId'],
    ['POST', '/api/v3/exclusions', { tmdbId: 5, movieTitle: 'Five', movieYear: 2005 }],
    ['POST', '/api/v3/command', { name: 'RescanMovie' }],
    ['POST', '/api/v3/command', { name: 'MoviesSearch', movieIds: [1] }],
    ['DELETE', '/api/v3/movie/7?deleteFiles=true&addImportExclusion=true'],
    ['GET', '/api/v3/movie/lookup?term=a'],
    ['GET', `/api/v3/movie/lookup/tmdb?tmdbId=${String(again.tmdbId)}`],
    ['POST', '/api/v3/movie', again],
    ['POST', '/api/v3/movie', again],
    ['GET', '/api/v3/movie/70000'],
  ],
  sonarr: [
    ...servarr,
    ['GET', '/api/v3/series'],
    ['GET', '/api/v3/series/1'],
    ['PUT', '/api/v3/series/editor', { seriesIds: [1], monitored: false }],
    ['GET', '/api/v3/episode?seriesId=1&includeEpisodeFile=true'],
    ['PUT', '/api/v3/episode/monitor', { episodeIds: [1, 2], monitored: false }],
    ['GET', '/api/v3/episodefile?seriesId=1'],
    ['GET', '/api/v3/history/series?seriesId=1&seasonNumber=1'],
    ['POST', '/api/v3/seasonpass', { series: [{ id: 1, seasons: [{ seasonNumber: 1, monitored: false }] }] }],
    ['GET', '/api/v3/importlistexclusion/paged?page=1'],
    ['POST', '/api/v3/importlistexclusion', { tvdbId: 5, title: 'Five' }],
    ['POST', '/api/v3/command', { name: 'SeasonSearch', seriesId: 1, seasonNumber: 1 }],
    ['DELETE', '/api/v3/series/3?deleteFiles=true&addImportListExclusion=true'],
    ['GET', `/api/v3/series/lookup?term=tvdb:${String(showAgain.tvdbId)}`],
    ['POST', '/api/v3/series', showAgain],
    ['POST', '/api/v3/series', showAgain],
    ['DELETE', '/api/v3/series/70000'],
  ],
  jellyfin: [
    ['GET', '/System/Info/Public'],
    ['GET', '/System/Info'],
    ['GET', '/System/Info/Storage'],
    ['GET', '/Users'],
    ['GET', '/Library/VirtualFolders'],
    ['GET', '/Plugins'],
    ['GET', '/Sessions?activeWithinSeconds=960'],
    [
      'GET',
      '/Items?recursive=true&includeItemTypes=Movie,Series,Season,Episode&fields=ProviderIds,Path,DateCreated,MediaSources,Overview,Genres&limit=1000',
    ],
    [
      'GET',
      `/Items?userId=${userId}&recursive=true&enableUserData=true&isMissing=false&limit=1000&sortBy=SortName`,
    ],
    ['GET', `/Items/${film}?userId=${userId}`],
    ['GET', `/Shows/${series}/Seasons?userId=${userId}`],
    ['GET', `/Shows/${series}/Episodes?userId=${userId}&isMissing=false`],
    ['GET', `/UserItems/${film}/UserData?userId=${userId}`],
    ['POST', `/UserPlayedItems/${film}?userId=${userId}`],
    ['POST', `/UserFavoriteItems/${film}?userId=${userId}`],
    ['POST', `/Collections?name=Leaving%20soon&ids=${film}&isLocked=true`],
    ['POST', '/Library/Media/Updated', { Updates: [{ Path: '/media/disk1/films', UpdateType: 'Deleted' }] }],
    ['POST', '/Library/Refresh'],
  ],
  seerr: [
    ['GET', '/api/v1/status'],
    ['GET', '/api/v1/settings/public'],
    ['GET', '/api/v1/auth/me'],
    ['GET', '/api/v1/request?take=50&skip=0&sort=added&filter=all'],
    ['GET', '/api/v1/request/count'],
    ['GET', '/api/v1/request/1'],
    ['GET', '/api/v1/media?take=50&filter=all'],
    ['GET', '/api/v1/user?take=10'],
    ['GET', '/api/v1/user/1/requests'],
    ['GET', '/api/v1/settings/main'],
    ['GET', '/api/v1/settings/radarr'],
    ['GET', '/api/v1/settings/sonarr'],
    ['POST', '/api/v1/media/1/available', { is4k: false }],
    ['DELETE', '/api/v1/request/1'],
    ['DELETE', '/api/v1/media/2'],
    ['DELETE', '/api/v1/media/70000'],
  ],
};

async function problemsOf(
  name: SpecName,
  url: string,
  headers: Record<string, string>,
  [method, path, body]: Ask,
): Promise<string[]> {
  const spec = openSpec(name);
  if (!spec) return [];
  const [plain = '', query = ''] = path.split('?', 2);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown =
    text === ''
      ? undefined
      : JSON.parse(text.startsWith('{') || text.startsWith('[') ? text : JSON.stringify(text));
  return [
    ...spec.validateRequest(method, plain, new URLSearchParams(query), body),
    ...spec.validateResponse(method, plain, response.status, answer),
  ];
}

const headersFor = (name: string, apiKey: string): Record<string, string> =>
  name.startsWith('jellyfin') ? { authorization: `MediaBrowser Token="${apiKey}"` } : { 'x-api-key': apiKey };

describe.each(['radarr', 'sonarr', 'jellyfin', 'seerr'] as const)(
  '%s answers as its description says',
  (name) => {
    test.each((asks[name] ?? []).map((ask) => ({ ask, line: `${ask[0]} ${ask[1]}` })))(
      '$line',
      async ({ ask }) => {
        const { url, apiKey } = running[name];
        expect(await problemsOf(name, url, headersFor(name, apiKey), ask)).toEqual([]);
      },
    );
  },
);

describe.each([
  ['jellyfin-12', '12.0.0'],
  ['jellyfin-10.10', '10.10.7'],
] as const)('%s', (name, version) => {
  test('answers as its description says', async () => {
    const jellyfin = await startJellyfin(household, { version });
    const asked = (asks['jellyfin'] ?? []).filter(
      ([, path]) => version.startsWith('12') || path !== '/System/Info/Storage',
    );
    for (const ask of asked)
      expect(await problemsOf(name, jellyfin.url, headersFor(name, jellyfin.apiKey), ask)).toEqual([]);
    await jellyfin.close();
  });
});

describe.each(['jellyseerr', 'overseerr'] as const)('%s', (product) => {
  test('answers as its description says', async () => {
    const seerr = await startSeerr(household, { product });
    for (const ask of asks['seerr'] ?? [])
      expect(await problemsOf(product, seerr.url, headersFor(product, seerr.apiKey), ask)).toEqual([]);
    await seerr.close();
  });
});

test('a description refuses what it does not say', () => {
  const spec = openSpec('radarr');
  if (!spec) return;
  expect(spec.validateResponse('GET', '/api/v3/movie', 200, [{ id: 'one' }])).toHaveLength(1);
  expect(spec.validateResponse('GET', '/api/v3/movie', 200, [{ notAField: 1 }])).toHaveLength(1);
  expect(
    spec.validateRequest('GET', '/api/v3/movie', new URLSearchParams('tmdbId=word&no=1'), undefined),
  ).toHaveLength(2);
  expect(
    spec.validateRequest('PUT', '/api/v3/movie/editor', new URLSearchParams(), { movieIds: ['1'] }),
  ).toHaveLength(1);
  expect(spec.validateRequest('GET', '/api/v3/nothing', new URLSearchParams(), undefined)).toHaveLength(1);
});
