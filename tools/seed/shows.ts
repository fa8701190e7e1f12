import { seedEpisodes, type ShowShape } from './episodes.ts';
import { createHistory } from './history.ts';
import type { Profile, ShowRow, SonarrHouse, Title } from './household.ts';
import { daysBefore } from './moments.ts';
import { safeName } from './paths.ts';
import type { Random } from './random.ts';

const tags = ['keep', 'kids', 'daily', 'anime', 'family-night'];
const profiles: Profile[] = [
  { id: 4, name: 'HD-1080p', upgradeAllowed: true },
  { id: 3, name: 'HD-720p', upgradeAllowed: false },
];
export const showRoot = '/media/disk2/series';
export const animeRoot = '/media/disk3/anime';

function shapeOf(random: Random, title: Title, index: number): ShowShape {
  // The first few have fixed shapes, so that every household holds each oddity.
  const seriesType =
    index === 2 || random.chance(0.02) ? 'daily' : index === 3 || random.chance(0.12) ? 'anime' : 'standard';
  const ended = index !== 2 && index !== 4 && random.chance(0.55);
  return {
    title,
    seriesType,
    status: ended ? 'ended' : index > 8 && random.chance(0.04) ? 'upcoming' : 'continuing',
    seasons: seriesType === 'daily' ? 2 : random.int(2, 9),
    perSeason: seriesType === 'daily' ? random.int(40, 70) : random.pick([6, 8, 8, 10, 10, 12, 13, 22]),
    hasSpecials: index === 0 || random.chance(0.3),
    hasEmptyNextSeason: index === 4 || (!ended && random.chance(0.2)),
    hasDoubleEpisodes: index === 1 || index === 2 || random.chance(0.1),
  };
}

export function seedSonarr(random: Random, titles: readonly Title[], now: Date): SonarrHouse {
  let lastId = 0;
  let lastEpisode = 0;
  let lastFile = 0;
  const history = createHistory(random.fork('history'), () => (lastId += 1));
  const shows = titles.map((title, index) => {
    const own = random.fork(title.key);
    const shape = shapeOf(own, title, index);
    const show = emptyShow(own, shape, index + 1, now);
    seedEpisodes({
      random: own,
      show,
      shape,
      now,
      history,
      nextEpisode: () => (lastEpisode += 1),
      nextFile: () => (lastFile += 1),
    });
    return show;
  });
  return {
    name: 'Sonarr',
    rootFolders: [
      { id: 1, path: showRoot },
      { id: 2, path: animeRoot },
    ],
    profiles,
    tags: tags.map((label, index) => ({ id: index + 1, label })),
    history: history.rows,
    exclusions: [{ id: 1, externalId: 899_990, title: 'The Show We Agreed to Forget', year: 2020 }],
    queue: [],
    recycleBin: null,
    nextId: Math.max(lastId, lastEpisode, lastFile, shows.length) + 1_000,
    shows,
  };
}

function emptyShow(random: Random, shape: ShowShape, id: number, now: Date): ShowRow {
  const rootFolder = shape.seriesType === 'anime' ? animeRoot : showRoot;
  const isFamily = shape.title.genres.some((genre) => genre === 'Family' || genre === 'Animation');
  const wanted = [
    shape.seriesType === 'daily' ? 'daily' : '',
    shape.seriesType === 'anime' ? 'anime' : '',
    isFamily ? 'kids' : '',
    random.chance(0.05) ? 'keep' : '',
  ];
  return {
    id,
    title: shape.title.key,
    path: `${rootFolder}/${safeName(shape.title.name)} (${String(shape.title.year)})`,
    rootFolder,
    monitored: random.chance(0.8) || shape.seriesType === 'daily',
    monitorNewItems: random.chance(0.85) ? 'all' : 'none',
    seriesType: shape.seriesType,
    status: shape.status,
    profileId: random.pick(profiles).id,
    tags: tags.flatMap((label, index) => (wanted.includes(label) ? [index + 1] : [])),
    addedAt: daysBefore(now, 30 + random.next() ** 1.4 * 1900),
    seasons: [],
    episodes: [],
    files: [],
  };
}
