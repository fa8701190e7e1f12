import type { ConnectionId, ItemId } from '#core/ids.ts';
import { seasonId, titleId } from '../../core/item.ts';
import { mapPath, tidyPath } from '../../core/paths.ts';
import type {
  CatalogueEpisode,
  CatalogueEpisodeFile,
  CatalogueFile,
  CatalogueFilm,
  CatalogueShow,
} from '../ports.ts';
import type { ShareRows } from '../store.ports.ts';

export type From = {
  connectionId: ConnectionId;
  pathMappings: readonly { theirs: string; ours: string }[];
};

type Title = Omit<CatalogueFilm, 'file'>;

const titleRow = ({ connectionId, pathMappings }: From, title: Title) => ({
  id: titleId(connectionId, title.externalId),
  connectionId,
  externalId: title.externalId,
  title: title.title,
  sortTitle: title.sortTitle,
  originalTitle: title.originalTitle,
  year: title.year,
  overview: title.overview,
  path: title.path,
  ownPath: mapPath(title.path, pathMappings),
  rootFolder: tidyPath(title.rootFolder),
  monitored: title.monitored,
  status: title.status,
  qualityProfile: title.qualityProfile,
  tags: [...title.tags],
  tmdbId: title.ids.tmdb,
  tvdbId: title.ids.tvdb,
  imdbId: title.ids.imdb,
  genres: [...title.genres],
  rating: title.rating,
  votes: title.votes,
  runtimeMinutes: title.runtimeMinutes,
  poster: title.poster ?? null,
  addedAt: title.addedAt,
});

export const filmRow = (from: From, film: CatalogueFilm): ShareRows['items'] => ({
  ...titleRow(from, film),
  kind: 'film',
  showId: null,
  seasonNumber: null,
  continuing: false,
  showType: null,
  fileCount: film.file ? 1 : 0,
  sizeBytes: film.file?.sizeBytes ?? 0,
  airedCount: null,
  totalCount: null,
  fingerprint: null,
});

/** The show and its seasons. */
export function showRows(from: From, show: CatalogueShow): ShareRows['items'][] {
  const sum = (of: (season: CatalogueShow['seasons'][number]) => number) =>
    show.seasons.reduce((total, season) => total + of(season), 0);
  const row: ShareRows['items'] = {
    ...titleRow(from, show),
    kind: 'show',
    showId: null,
    seasonNumber: null,
    continuing: show.continuing,
    showType: show.showType,
    fileCount: sum((season) => season.fileCount),
    sizeBytes: sum((season) => season.sizeBytes),
    airedCount: sum((season) => season.airedCount),
    totalCount: sum((season) => season.totalCount),
    fingerprint: show.fingerprint,
  };
  const seasons = show.seasons.map((season): ShareRows['items'] => ({
    ...row,
    id: seasonId(row.id, season.number),
    kind: 'season',
    showId: row.id,
    seasonNumber: season.number,
    monitored: season.monitored,
    fileCount: season.fileCount,
    sizeBytes: season.sizeBytes,
    airedCount: season.airedCount,
    totalCount: season.totalCount,
    overview: null,
    originalTitle: null,
    fingerprint: null,
  }));
  return [row, ...seasons];
}

export const fileRow = (
  { connectionId }: From,
  id: ItemId,
  file: CatalogueFile,
  seasonNumber: number | null,
): ShareRows['files'] => ({
  connectionId,
  externalId: file.externalId,
  titleId: id,
  seasonNumber,
  path: file.path,
  sizeBytes: file.sizeBytes,
  addedAt: file.addedAt,
  quality: file.quality,
});

export const episodeFileRow = (from: From, id: ItemId, file: CatalogueEpisodeFile): ShareRows['files'] =>
  fileRow(from, id, file, file.seasonNumber);

export const episodeRow = (
  { connectionId }: From,
  id: ItemId,
  episode: CatalogueEpisode,
): ShareRows['episodes'] => ({
  connectionId,
  externalId: episode.externalId,
  titleId: id,
  seasonNumber: episode.seasonNumber,
  episodeNumber: episode.episodeNumber,
  title: episode.title,
  airedAt: episode.airedAt,
  monitored: episode.monitored,
  fileId: episode.fileId,
});
