import type { FileRow, MovieRow, RadarrHouse, Title } from '../../seed/household.ts';
import { safeName } from '../../seed/paths.ts';
import { images } from '../servarr/images.ts';
import { languages, mediaInfo, quality } from '../servarr/quality.ts';
import { relative, type Servarr } from '../servarr/house.ts';

export type Radarr = Servarr & { app: 'Radarr'; house: RadarrHouse };

export function fileResource(movie: MovieRow, file: FileRow, runtime: number) {
  return {
    id: file.id,
    movieId: movie.id,
    relativePath: relative(movie, file),
    path: file.path,
    size: file.sizeBytes,
    dateAdded: file.addedAt,
    releaseGroup: file.group,
    edition: '',
    languages,
    quality: quality('Radarr', file.quality),
    customFormats: [],
    customFormatScore: 0,
    indexerFlags: 0,
    mediaInfo: mediaInfo(file.quality, runtime),
    qualityCutoffNotMet: false,
  };
}

/** Properties that are null are left out, as Servarr does. */
export function movieResource(radarr: Radarr, movie: MovieRow) {
  const title = radarr.world.household.titles[movie.title];
  if (!title) throw new Error(`no such title: ${movie.title}`);
  const folder = movie.path.slice(movie.rootFolder.length + 1);
  return {
    ...descriptive(title),
    id: movie.id,
    originalLanguage: title.language === 'es' ? languages[1] : languages[0],
    sizeOnDisk: movie.file?.sizeBytes ?? 0,
    status: movie.status,
    ...dates(title),
    images: images(radarr, movie.id, `https://images.invalid/${title.key.replace(':', '/')}.jpg`),
    path: movie.path,
    qualityProfileId: movie.profileId,
    hasFile: movie.file !== null,
    movieFileId: movie.file?.id ?? 0,
    monitored: movie.monitored,
    minimumAvailability: movie.minimumAvailability,
    isAvailable: movie.status === 'released',
    folderName: movie.path,
    rootFolderPath: movie.rootFolder,
    folder,
    tags: movie.tags,
    added: movie.addedAt,
    ...(movie.file ? { movieFile: fileResource(movie, movie.file, title.runtime) } : {}),
    statistics: {
      movieFileCount: movie.file ? 1 : 0,
      sizeOnDisk: movie.file?.sizeBytes ?? 0,
      releaseGroups: movie.file ? [movie.file.group] : [],
    },
  };
}

function descriptive(title: Title) {
  return {
    title: title.name,
    originalTitle: title.originalName ?? title.name,
    alternateTitles: [],
    secondaryYearSourceId: 0,
    sortTitle: title.sortName,
    overview: title.overview,
    website: '',
    year: title.year,
    youTubeTrailerId: '',
    studio: title.studio,
    runtime: title.runtime,
    cleanTitle: safeName(title.name)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
    imdbId: title.imdbId,
    tmdbId: title.tmdbId,
    titleSlug: String(title.tmdbId),
    certification: title.certification,
    genres: title.genres,
    keywords: [],
    ratings: {
      imdb: { votes: title.votes, value: title.rating, type: 'user' },
      tmdb: {
        votes: Math.round(title.votes / 12),
        value: Math.round(title.rating * 10 + 2) / 10,
        type: 'user',
      },
    },
    popularity: title.popularity,
    ...(title.collection ? { collection: title.collection } : {}),
  };
}

const dates = (title: Title) => ({
  inCinemas: title.releasedAt,
  digitalRelease: title.releasedAt,
  releaseDate: title.releasedAt,
});
