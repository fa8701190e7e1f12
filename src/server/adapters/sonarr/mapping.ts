import { createHash } from 'node:crypto';
import type { EpisodeNow } from '#features/cleanup/core/removal/title-settings.ts';
import type { TitleNow } from '#features/cleanup/server/ports.ts';
import { showTypes } from '#features/library/core/item.ts';
import type {
  CatalogueEpisode,
  CatalogueEpisodeFile,
  CatalogueSeason,
  CatalogueShow,
  ImportEvent,
} from '#features/library/server/ports.ts';
import { namesOf, type Names } from '../servarr/labels.ts';
import {
  filled,
  folderAbove,
  positive,
  posterOf,
  ratingOf,
  toFile,
  withoutEndSlash,
} from '../servarr/mapping.ts';
import type { Episode, EpisodeFile, HistoryRecord, Season, Series } from './schemas.ts';

export type ShowContext = { tags: Names; profiles: Names; readAt: Date };

/** A status we do not know may mean that more is to come, and then the show must not be taken out of Sonarr. */
const isContinuing = (status: string | null | undefined): boolean =>
  status !== 'ended' && status !== 'deleted';

/** `episodeCount` counts what is monitored and has aired, or has a file: Sonarr tells no better number of aired ones. */
const toSeason = ({ seasonNumber, monitored, statistics }: Season): CatalogueSeason => ({
  number: seasonNumber,
  monitored,
  sizeBytes: statistics?.sizeOnDisk ?? 0,
  fileCount: statistics?.episodeFileCount ?? 0,
  airedCount: statistics?.episodeCount ?? 0,
  totalCount: statistics?.totalEpisodeCount ?? 0,
});

export function toShow(one: Series, { tags, profiles, readAt }: ShowContext): CatalogueShow {
  return {
    externalId: one.id,
    title: one.title,
    sortTitle: filled(one.sortTitle) ?? one.title.toLowerCase(),
    originalTitle: null, // Sonarr has none; a media server tells it with the credits
    year: positive(one.year),
    overview: filled(one.overview),
    path: one.path,
    rootFolder: withoutEndSlash(filled(one.rootFolderPath) ?? folderAbove(one.path)),
    monitored: one.monitored,
    status: one.status ?? 'unknown',
    qualityProfile: profiles.get(one.qualityProfileId ?? 0) ?? null,
    tags: namesOf(one.tags, tags),
    ids: { tmdb: positive(one.tmdbId), tvdb: positive(one.tvdbId), imdb: filled(one.imdbId) },
    addedAt: one.added ?? readAt,
    genres: one.genres ?? [],
    ...ratingOf(one.ratings),
    runtimeMinutes: positive(one.runtime),
    poster: posterOf(one.images),
    continuing: isContinuing(one.status),
    showType: showTypes.find((type) => type === one.seriesType) ?? null,
    seasons: (one.seasons ?? []).map(toSeason),
    fingerprint: fingerprintOf(one),
  };
}

/**
 * Changes with everything in the list that can go with a change of episodes or files. An upgrade that keeps the very
 * same size in bytes goes unseen until the next change; nothing that is decided hangs on it.
 */
function fingerprintOf(one: Series): string {
  const seasons = (one.seasons ?? []).map(({ seasonNumber, monitored, statistics }) => [
    seasonNumber,
    monitored,
    statistics?.sizeOnDisk,
    statistics?.episodeFileCount,
    statistics?.episodeCount,
    statistics?.totalEpisodeCount,
    statistics?.previousAiring,
  ]);
  const parts = [one.path, one.monitored, one.status, [...(one.tags ?? [])].sort((a, b) => a - b), seasons];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

/** T-05: zero means no file, and so does the number of a file that is no longer there. */
export const toEpisode = (one: Episode, fileIds: ReadonlySet<number>): CatalogueEpisode => ({
  externalId: one.id,
  seasonNumber: one.seasonNumber,
  episodeNumber: one.episodeNumber,
  title: one.title ?? '',
  airedAt: one.airDateUtc ?? null,
  monitored: one.monitored,
  fileId: one.episodeFileId && fileIds.has(one.episodeFileId) ? one.episodeFileId : null,
});

export const toEpisodeFile = (file: EpisodeFile, readAt: Date): CatalogueEpisodeFile => ({
  ...toFile(file, readAt),
  seasonNumber: file.seasonNumber,
});

/** T-05: a file that holds several episodes is one file. */
export const distinctFiles = (files: readonly EpisodeFile[]): EpisodeFile[] => [
  ...new Map(files.map((file) => [file.id, file])).values(),
];

export const toEpisodeNow = (one: Episode): EpisodeNow => ({
  externalId: one.id,
  seasonNumber: one.seasonNumber,
  episodeNumber: one.episodeNumber,
  monitored: one.monitored,
  fileId: positive(one.episodeFileId), // T-05: zero is none
});

export type ShowParts = { files: readonly EpisodeFile[]; episodes: readonly EpisodeNow[]; tags: Names };

export const toTitleNow = (one: Series, { files, episodes, tags }: ShowParts): TitleNow => ({
  externalId: one.id,
  title: one.title,
  tmdb: positive(one.tmdbId),
  tvdb: positive(one.tvdbId),
  path: one.path,
  monitored: one.monitored,
  tags: namesOf(one.tags, tags),
  files: distinctFiles(files).map(({ id, seasonNumber, path, size }) => ({
    externalId: id,
    seasonNumber,
    path,
    sizeBytes: size,
  })),
  seasons: (one.seasons ?? []).map(({ seasonNumber, monitored }) => ({ number: seasonNumber, monitored })),
  episodes,
});

/** An event whose episode is gone from Sonarr says nothing about a season of today (J-75). */
export const toImport = ({ seriesId, episodeId, date, episode }: HistoryRecord): ImportEvent | null =>
  date && episode
    ? {
        titleExternalId: seriesId,
        seasonNumber: episode.seasonNumber,
        episodeExternalId: positive(episodeId),
        at: date,
      }
    : null;
