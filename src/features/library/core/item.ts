import type { Fact } from '#core/fact.ts';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';

/** What the library lists, searches and counts. */
export const titleKinds = ['film', 'show', 'season'] as const;
export type TitleKind = (typeof titleKinds)[number];

/** An episode is one episode file, made only when somebody asks: see LibraryService.episodeItems. */
export const itemKinds = [...titleKinds, 'episode'] as const;
export type ItemKind = (typeof itemKinds)[number];

export const showTypes = ['standard', 'daily', 'anime'] as const;
/** How a show numbers its episodes, as Sonarr tells: daily ones have years for seasons (J-75). */
export type ShowType = (typeof showTypes)[number];

/** Somebody who asked for it. `mediaUser` is that person's name at the media server, when the request server knows it. */
export type ItemRequest = { by: string; mediaUser: string | null; at: Date };

export type EpisodePlace = { seasonNumber: number; episodeNumber: number; airedAt: Date | null };

/** One thing that can be kept or removed as a whole. A show, its seasons and its episode files are items of their own. */
export type Item = {
  id: ItemId;
  connectionId: ConnectionId;
  /** The number Radarr or Sonarr gave to the film or show. Unique only within its connection (T-14). */
  externalId: number;
  kind: ItemKind;
  showId: ItemId | null;
  /** Zero is the season of specials. */
  seasonNumber: number | null;
  title: string;
  year: number | null;
  path: string;
  diskId: DiskId | null;
  monitored: boolean;
  /** More seasons or episodes are expected. Always false for films. */
  continuing: boolean;
  /** Null for films, and for a type that nobody here knows. */
  showType: ShowType | null;
  /** Those that the file of an episode item holds, in order (T-05); empty for all others. */
  episodes: readonly EpisodePlace[];
  /** 0 to 10; null when nobody rated it. Seasons and episodes have that of their show. */
  rating: number | null;
  /** How many people rated it; null when the service did not say. */
  votes: number | null;
  tags: Fact<readonly string[]>;
  addedAt: Date;
  fileCount: number;
  sizeBytes: Fact<number>;
  /** When the newest file came to the disk; null when there is none. */
  newestFileAt: Fact<Date | null>;
  /** The first import that the history still tells of. */
  oldestImportAt: Fact<Date | null>;
  watch: Fact<Watch>;
  /** Names of those who marked it, or anything it is part of, as favourite. */
  favouriteOf: Fact<readonly string[]>;
  playingNow: Fact<boolean>;
  /** Those for the item, or for the show it is part of; unknown while a request server could not be read. */
  requests: Fact<readonly ItemRequest[]>;
};

export type Watch = {
  /** The last time anybody pressed play; null means that everybody was asked and nobody did. */
  lastWatchedAt: Date | null;
  watchers: readonly Watcher[];
};

export type Watcher = {
  user: string;
  lastWatchedAt: Date | null;
  finished: boolean;
  /** Somewhere between the beginning and the end, and not finished. */
  halfWay: boolean;
  /** The play source that knows of the last time; absent when the media server itself does. */
  toldBy?: string;
};

/** T-14: the numbers of two services may be the same, so the connection is part of the id. */
export const titleId = (connectionId: ConnectionId, externalId: number): ItemId =>
  `${connectionId}-${externalId}` as ItemId;

export const seasonId = (showId: ItemId, seasonNumber: number): ItemId =>
  `${showId}-s${String(seasonNumber).padStart(2, '0')}` as ItemId;

/** T-05: the file is what can be removed, however many episodes it holds. */
export const episodeId = (showId: ItemId, fileExternalId: number): ItemId =>
  `${showId}-f${fileExternalId}` as ItemId;

/** The show and the number of the file; null when it is not the id of an episode item. */
export function episodeOf(id: string): { showId: ItemId; fileExternalId: number } | null {
  const parts = /^([a-z0-9]+-\d{1,9})-f(\d{1,10})$/.exec(id);
  return parts?.[1] && parts[2] ? { showId: parts[1] as ItemId, fileExternalId: Number(parts[2]) } : null;
}

/** Which title of which connection an id speaks of; null when it is not an id of ours. */
export function titleOf(id: string): { connectionId: ConnectionId; externalId: number } | null {
  const parts = /^([a-z0-9]+)-(\d{1,9})(-s\d{2,4}|-f\d{1,10})?$/.exec(id);
  return parts?.[1] && parts[2]
    ? { connectionId: parts[1] as ConnectionId, externalId: Number(parts[2]) }
    : null;
}
