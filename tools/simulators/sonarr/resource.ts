import type { EpisodeFileRow, EpisodeRow, ShowRow, SonarrHouse } from '../../seed/household.ts';
import { safeName } from '../../seed/paths.ts';
import { relative, type Servarr } from '../servarr/house.ts';
import { images } from '../servarr/images.ts';
import { languages, mediaInfo, quality } from '../servarr/quality.ts';

export type Sonarr = Servarr & {
  app: 'Sonarr';
  house: SonarrHouse;
  /** What the database of shows tells of each one, also of those that are not in the house any more. */
  episodesOf: Map<string, EpisodeRow[]>;
};

export const fileResource = (show: ShowRow, file: EpisodeFileRow) => ({
  id: file.id,
  seriesId: show.id,
  seasonNumber: file.season,
  relativePath: relative(show, file),
  path: file.path,
  size: file.sizeBytes,
  dateAdded: file.addedAt,
  releaseGroup: file.group,
  languages,
  quality: quality('Sonarr', file.quality),
  customFormats: [],
  customFormatScore: 0,
  indexerFlags: 0,
  releaseType: 'singleEpisode',
  mediaInfo: mediaInfo(file.quality, 45),
  qualityCutoffNotMet: false,
});

export const episodeResource = (sonarr: Sonarr, show: ShowRow, episode: EpisodeRow) => ({
  id: episode.id,
  seriesId: show.id,
  tvdbId: 5_000_000 + episode.id,
  episodeFileId: episode.fileId,
  seasonNumber: episode.season,
  episodeNumber: episode.number,
  title: episode.name,
  ...(episode.airedAt ? { airDate: episode.airedAt.slice(0, 10), airDateUtc: episode.airedAt } : {}),
  runtime: sonarr.world.household.titles[show.title]?.runtime ?? 45,
  hasFile: episode.fileId !== 0,
  monitored: episode.monitored,
  ...(episode.absolute === null ? {} : { absoluteEpisodeNumber: episode.absolute }),
  unverifiedSceneNumbering: false,
});

type Counted = { files: readonly EpisodeFileRow[]; episodes: readonly EpisodeRow[]; now: string };

/** `episodeCount` is what has a file, or is monitored and has aired; `totalEpisodeCount` is everything. */
function statistics({ files, episodes, now }: Counted) {
  const withFile = episodes.filter((episode) => episode.fileId !== 0).length;
  const expected = episodes.filter(
    (episode) =>
      episode.fileId !== 0 || (episode.monitored && episode.airedAt !== null && episode.airedAt <= now),
  ).length;
  const aired = episodes.flatMap((episode) => episode.airedAt ?? []).sort();
  const previous = aired.findLast((at) => at <= now);
  const next = aired.find((at) => at > now);
  return {
    ...(next ? { nextAiring: next } : {}),
    ...(previous ? { previousAiring: previous } : {}),
    episodeFileCount: withFile,
    episodeCount: expected,
    totalEpisodeCount: episodes.length,
    sizeOnDisk: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    releaseGroups: [...new Set(files.map((file) => file.group))],
    percentOfEpisodes: expected === 0 ? 0 : (withFile / expected) * 100,
  };
}

function seasons(show: ShowRow, now: string) {
  return show.seasons.map(({ number, monitored }) => ({
    seasonNumber: number,
    monitored,
    statistics: statistics({
      files: show.files.filter((file) => file.season === number),
      episodes: show.episodes.filter((episode) => episode.season === number),
      now,
    }),
  }));
}

/** Specials do not count in the numbers of the whole show. */
export function seriesResource(sonarr: Sonarr, show: ShowRow) {
  const now = sonarr.world.now().toISOString();
  const title = sonarr.world.household.titles[show.title];
  if (!title) throw new Error(`no such title: ${show.title}`);
  const proper = show.episodes.filter((episode) => episode.season > 0);
  const { nextAiring, previousAiring, ...counts } = statistics({ files: show.files, episodes: proper, now });
  const aired = proper.flatMap((episode) => episode.airedAt ?? []).sort();
  return {
    id: show.id,
    title: title.name,
    alternateTitles: [],
    sortTitle: title.sortName,
    status: show.status,
    ended: show.status === 'ended',
    overview: title.overview,
    ...(nextAiring && show.monitored ? { nextAiring } : {}),
    ...(previousAiring ? { previousAiring } : {}),
    network: title.studio,
    images: images(sonarr, show.id, `https://images.invalid/${title.key.replace(':', '/')}.jpg`),
    originalLanguage: title.language === 'es' ? languages[1] : languages[0],
    seasons: seasons(show, now),
    year: title.year,
    path: show.path,
    qualityProfileId: show.profileId,
    seasonFolder: true,
    monitored: show.monitored,
    monitorNewItems: show.monitorNewItems,
    useSceneNumbering: false,
    runtime: title.runtime,
    tvdbId: title.tvdbId,
    tvRageId: 0,
    tvMazeId: 0,
    tmdbId: title.tmdbId,
    ...(aired.length > 0 ? { firstAired: aired[0], lastAired: aired.at(-1) } : {}),
    seriesType: show.seriesType,
    cleanTitle: safeName(title.name)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
    imdbId: title.imdbId,
    titleSlug: title.key.replace(':', '-'),
    rootFolderPath: show.rootFolder,
    certification: title.certification,
    genres: title.genres,
    tags: show.tags,
    added: show.addedAt,
    ratings: { votes: title.votes, value: title.rating },
    statistics: { seasonCount: show.seasons.filter((season) => season.number > 0).length, ...counts },
    languageProfileId: 1,
  };
}
