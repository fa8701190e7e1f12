import type { Fact } from '#core/fact.ts';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';

export const itemKinds = ['film', 'show', 'season'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** One thing that can be kept or removed as a whole. A show and its seasons are items of their own. */
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
};

/** T-14: the numbers of two services may be the same, so the connection is part of the id. */
export const titleId = (connectionId: ConnectionId, externalId: number): ItemId =>
  `${connectionId}-${externalId}` as ItemId;

export const seasonId = (showId: ItemId, seasonNumber: number): ItemId =>
  `${showId}-s${String(seasonNumber).padStart(2, '0')}` as ItemId;

/** Which title of which connection an id speaks of; null when it is not an id of ours. */
export function titleOf(id: string): { connectionId: ConnectionId; externalId: number } | null {
  const parts = /^([a-z0-9]+)-(\d{1,9})(-s\d{2,4})?$/.exec(id);
  return parts?.[1] && parts[2]
    ? { connectionId: parts[1] as ConnectionId, externalId: Number(parts[2]) }
    : null;
}
