import type {
  JellyfinHouse,
  Library,
  MediaRow,
  Person,
  RadarrHouse,
  SonarrHouse,
  Title,
} from './household.ts';
import { later } from './moments.ts';
import { folderOf } from './paths.ts';
import { hexId, type Random } from './random.ts';
import { animeRoot, showRoot } from './shows.ts';

export const libraries: Library[] = [
  { id: hexId('library', 'films'), name: 'Películas', type: 'movies', locations: ['/media/disk1/films'] },
  {
    id: hexId('library', 'family'),
    name: 'Cine en familia',
    type: 'movies',
    locations: ['/media/disk1/family'],
  },
  { id: hexId('library', '4k'), name: 'Películas 4K', type: 'movies', locations: ['/media/disk3/films-4k'] },
  { id: hexId('library', 'series'), name: 'Series', type: 'tvshows', locations: [showRoot] },
  { id: hexId('library', 'anime'), name: 'Anime', type: 'tvshows', locations: [animeRoot] },
];

const libraryOf = (path: string): string =>
  libraries.find((library) => library.locations.some((place) => path.startsWith(`${place}/`)))?.id ?? '';

export const blankRow = (id: string, kind: MediaRow['kind'], name: string): MediaRow => ({
  id,
  kind,
  name,
  libraryId: '',
  title: null,
  path: null,
  sizeBytes: 0,
  createdAt: '',
  premieredAt: null,
  providerIds: {},
  seriesId: null,
  seasonId: null,
  index: null,
  parentIndex: null,
  indexEnd: null,
  isVirtual: false,
  members: [],
  isLocked: false,
});

type Input = {
  random: Random;
  titles: Record<string, Title>;
  radarrs: readonly RadarrHouse[];
  sonarr: SonarrHouse;
  people: readonly Person[];
};

/** What Jellyfin made of the disks: nearly everything, now and then not what it is. */
export function seedJellyfin({ random, titles, radarrs, sonarr, people }: Input): JellyfinHouse {
  const items = [
    ...libraries.map((library): MediaRow => ({
      ...blankRow(library.id, 'CollectionFolder', library.name),
      createdAt: '2021-01-01T00:00:00Z',
    })),
    ...radarrs.flatMap((radarr) =>
      radarr.movies.flatMap((movie) => filmRow(random, movie, titles[movie.title])),
    ),
    ...sonarr.shows.flatMap((show) => showRows(random, show, titles[show.title])),
  ];
  return {
    serverId: hexId('server', 'jellyfin'),
    serverName: 'Salón',
    libraries: structuredClone(libraries),
    items,
    marks: Object.fromEntries(people.map((person) => [person.userId, {}])),
    playing: [],
  };
}

/** One in a hundred was never scanned, one in a hundred is not matched to anything (both keep the sync honest). */
function filmRow(random: Random, movie: RadarrHouse['movies'][number], title: Title | undefined): MediaRow[] {
  const chance = random.next();
  if (!movie.file || !title || chance < 0.01) return [];
  const row = blankRow(hexId('movie', movie.file.path), 'Movie', title.name);
  return [
    {
      ...row,
      libraryId: libraryOf(movie.path),
      title: movie.title,
      path: movie.file.path,
      sizeBytes: movie.file.sizeBytes,
      createdAt: later(movie.file.addedAt, 0.02),
      premieredAt: title.releasedAt,
      providerIds: chance > 0.99 ? {} : { Tmdb: String(title.tmdbId), Imdb: title.imdbId },
    },
  ];
}

function showRows(random: Random, show: SonarrHouse['shows'][number], title: Title | undefined): MediaRow[] {
  if (!title || show.files.length === 0 || random.chance(0.01)) return [];
  const libraryId = libraryOf(show.path);
  const seriesId = hexId('series', show.path);
  const providerIds = random.chance(0.99)
    ? { Tvdb: String(title.tvdbId), Imdb: title.imdbId, Tmdb: String(title.tmdbId) }
    : {};
  const common = { libraryId, title: show.title, createdAt: later(show.addedAt, 0.02) };
  const rows: MediaRow[] = [
    {
      ...blankRow(seriesId, 'Series', title.name),
      ...common,
      path: show.path,
      premieredAt: title.releasedAt,
      providerIds,
    },
  ];
  const files = new Map(show.files.map((file) => [file.id, file]));
  for (const season of show.seasons) {
    const episodes = show.episodes.filter((episode) => episode.season === season.number);
    const seasonFile = show.files.find((file) => file.season === season.number);
    if (episodes.length === 0) continue;
    const seasonId = hexId('season', show.path, season.number);
    rows.push({
      ...blankRow(seasonId, 'Season', season.number === 0 ? 'Specials' : `Season ${String(season.number)}`),
      ...common,
      seriesId,
      index: season.number,
      path: seasonFile ? folderOf(seasonFile.path) : null,
      isVirtual: !seasonFile,
    });
    rows.push(...episodeRows(episodes, files, { ...common, seriesId, seasonId }));
  }
  return rows;
}

/** Two episodes in one file are one item with an end number; an episode without a file is virtual (T-25). */
function episodeRows(
  episodes: SonarrHouse['shows'][number]['episodes'],
  files: ReadonlyMap<number, SonarrHouse['shows'][number]['files'][number]>,
  common: Partial<MediaRow>,
): MediaRow[] {
  const seen = new Set<number>();
  return episodes.flatMap((episode) => {
    const file = files.get(episode.fileId);
    if (file && seen.has(file.id)) return [];
    if (file) seen.add(file.id);
    const last = file ? episodes.findLast((other) => other.fileId === file.id) : undefined;
    const row = blankRow(hexId('episode', common.seasonId ?? '', episode.number), 'Episode', episode.name);
    return [
      {
        ...row,
        ...common,
        path: file?.path ?? null,
        sizeBytes: file?.sizeBytes ?? 0,
        createdAt: file ? later(file.addedAt, 0.02) : (common.createdAt ?? ''),
        premieredAt: episode.airedAt,
        providerIds: { Tvdb: String(5_000_000 + episode.id) },
        index: episode.number,
        indexEnd: last && last.number !== episode.number ? last.number : null,
        parentIndex: episode.season,
        isVirtual: !file,
      },
    ];
  });
}
