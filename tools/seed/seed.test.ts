import { describe, expect, test } from 'vitest';
import { seedHousehold } from '../seed.ts';
import { drawPoster } from './posters/draw.ts';

const now = new Date('2026-11-20T12:00:00Z');
const household = seedHousehold({ now });
const { radarrs, sonarr, jellyfin, emby, people, titles } = household;
const [hd, uhd] = radarrs;

test('the same seed makes the same household, another one another', () => {
  expect(seedHousehold({ films: 20, series: 5, now })).toEqual(seedHousehold({ films: 20, series: 5, now }));
  expect(seedHousehold({ films: 20, series: 5, seed: 2, now }).titles).not.toEqual(
    seedHousehold({ films: 20, series: 5, now }).titles,
  );
});

test('it survives JSON', () => {
  expect(JSON.parse(JSON.stringify(household))).toEqual(household);
});

test('the disks are full, nearly full and at ease', () => {
  const bytes = new Map<string, number>();
  const files = [
    ...radarrs.flatMap((radarr) => radarr.movies.flatMap((movie) => movie.file ?? [])),
    ...sonarr.shows.flatMap((show) => show.files),
    ...household.extraFiles.filter((file) => !file.linkTo),
  ];
  for (const file of files) {
    const disk = file.path.split('/').slice(0, 3).join('/');
    bytes.set(disk, (bytes.get(disk) ?? 0) + file.sizeBytes);
  }
  const free = household.disks.map((disk) =>
    Math.round((1 - (disk.otherBytes + (bytes.get(disk.path) ?? 0)) / disk.totalBytes) * 100),
  );
  expect(free).toEqual([8, 18, 46]);
});

test('nothing happens after now, or twice under one name', () => {
  const last =
    [...radarrs, sonarr]
      .flatMap((house) => house.history.map((row) => row.at))
      .sort()
      .at(-1) ?? '';
  expect(last <= now.toISOString()).toBe(true);
  const marks = Object.values(jellyfin.marks).flatMap((own) =>
    Object.values(own).flatMap((mark) => mark.lastAt ?? []),
  );
  expect((marks.sort().at(-1) ?? '') <= now.toISOString()).toBe(true);
  const names = Object.values(titles).map((title) => title.name);
  expect(new Set(names).size).toBe(names.length);
  const ids = jellyfin.items.map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);
  const paths = radarrs.flatMap((radarr) => radarr.movies.map((movie) => movie.path));
  expect(new Set(paths).size).toBe(paths.length);
});

describe('every household holds', () => {
  const episodes = sonarr.shows.flatMap((show) => show.episodes);
  const pathsOf = (house: typeof jellyfin) =>
    Object.values(house.marks).flatMap((own) =>
      Object.keys(own).map((id) => house.items.find((item) => item.id === id)?.path),
    );
  const watchedAtEmby = pathsOf(emby);
  const begunAtJellyfin = new Set(pathsOf(jellyfin));
  const oddities: Record<string, boolean> = {
    'films in both Radarrs':
      uhd?.movies.some((movie) =>
        hd?.movies.some((other) => other.title === movie.title && other.id !== movie.id),
      ) ?? false,
    'a film without a file': hd?.movies.some((movie) => !movie.file) ?? false,
    'a film without history':
      hd?.movies.some((movie) => movie.file && !hd.history.some((row) => row.titleId === movie.id)) ?? false,
    'an upgrade': hd?.history.some((row) => row.data['reason'] === 'upgrade') ?? false,
    'a download that came again':
      hd?.history.some((row) => row.data['reason'] === 'missingFromDisk') ?? false,
    'downloads that seed': household.extraFiles.some((file) => file.linkTo !== undefined),
    'a film that only Jellyfin knows': jellyfin.items.some(
      (item) => item.kind === 'Movie' && item.title === null,
    ),
    'a film that Jellyfin did not match': jellyfin.items.some(
      (item) => item.kind === 'Movie' && item.title !== null && Object.keys(item.providerIds).length === 0,
    ),
    'a film that Jellyfin never scanned':
      hd?.movies.some(
        (movie) => movie.file && !jellyfin.items.some((item) => item.path === movie.file?.path),
      ) ?? false,
    'two episodes in one file': sonarr.shows.some(
      (show) =>
        new Set(show.episodes.map((one) => one.fileId)).size <
        show.episodes.filter((one) => one.fileId).length,
    ),
    specials: episodes.some((episode) => episode.season === 0),
    'a daily show with years for seasons': sonarr.shows.some(
      (show) => show.seriesType === 'daily' && show.seasons.some((season) => season.number === 2026),
    ),
    'an announced empty season': sonarr.shows.some((show) =>
      show.seasons.some((season) => !show.episodes.some((one) => one.season === season.number)),
    ),
    'episodes still to come': episodes.some((episode) => (episode.airedAt ?? '') > now.toISOString()),
    'virtual episodes': jellyfin.items.some((item) => item.kind === 'Episode' && item.isVirtual),
    'a season without a number': jellyfin.items.some((item) => item.kind === 'Season' && item.index === null),
    'shows that ended and shows that go on': new Set(sonarr.shows.map((show) => show.status)).size >= 2,
    'marks without a date': Object.values(jellyfin.marks).some((own) =>
      Object.values(own).some((mark) => mark.played && mark.lastAt === null),
    ),
    'films begun and left': Object.values(jellyfin.marks).some((own) =>
      Object.values(own).some((mark) => mark.positionTicks > 0),
    ),
    'a disabled account': people.some((person) => person.isDisabled),
    'a film watched at Emby that nobody at Jellyfin began': watchedAtEmby.some(
      (path) => !begunAtJellyfin.has(path),
    ),
    'a film that both media servers have': emby.items.some(
      ({ kind, path }) => kind === 'Movie' && jellyfin.items.some((item) => item.path === path),
    ),
    'a person whom Emby writes in capitals': emby.people.some(
      ({ name }) => name === people[0]?.name.toUpperCase(),
    ),
    'a number that means a film and a show': Object.values(titles).some(
      (title) => title.kind === 'show' && titles[`film:${String(title.tmdbId)}`] !== undefined,
    ),
  };
  test.each(Object.entries(oddities))('%s', (_name, isThere) => expect(isThere).toBe(true));

  test.each(['Movie', 'Series', 'Season', 'Episode'])('a favourite %s', (kind) => {
    const favourites = Object.values(jellyfin.marks).flatMap((own) =>
      Object.entries(own)
        .filter(([, mark]) => mark.favourite)
        .map(([id]) => id),
    );
    expect(jellyfin.items.some((item) => item.kind === kind && favourites.includes(item.id))).toBe(true);
  });
});

test('the same people are in several titles, and some titles have another one where they were made', () => {
  const all = Object.values(titles);
  const isIn = (name: string) => all.filter(({ credits }) => credits.some((credit) => credit.name === name));
  expect(all.every(({ credits }) => credits.length > 5)).toBe(true);
  expect(isIn('Marta Ferrán').length).toBeGreaterThan(1);
  expect(isIn('Marta Ferrán').length).toBeLessThan(all.length / 10);
  const elsewhere = all.filter(({ originalName }) => originalName !== null);
  expect(elsewhere.length).toBeGreaterThan(all.length / 10);
});

test('posters say the title and differ', () => {
  const [one, other] = Object.values(titles);
  if (!one || !other) throw new Error('no titles');
  expect(drawPoster(one)).toBe(drawPoster(one));
  expect(drawPoster(one)).not.toBe(drawPoster(other));
  expect(drawPoster({ ...one, name: 'A & B' })).toContain('&amp;');
});
