import type { ConnectionId } from '#core/ids.ts';
import type { KnownPlay } from '../core/plays.ts';
import type { PlayedTitle } from '../core/match-plays.ts';
import type { Changes } from './runs.ports.ts';
import type { libraryPlayReads, libraryPlays } from './plays.tables.ts';

export type PlayRow = typeof libraryPlays.$inferSelect;
export type PlayRead = typeof libraryPlayReads.$inferSelect;

/** The last play of a film or of a season's episodes by one person. */
export type TitlePlay = KnownPlay & PlayedTitle & { seasonNumber: number | null };

export type PlayWriter = {
  /** Forgets what is put aside: before each source. */
  clearPlays(): Promise<void>;
  stagePlays(rows: readonly PlayRow[]): Promise<void>;
  hadPlays(connectionId: ConnectionId): Promise<number>;
  /** Adds what is new, moves on what is later, takes nothing away. */
  mergePlays(connectionId: ConnectionId): Promise<Changes>;
  playRead(connectionId: ConnectionId): Promise<PlayRead | null>;
  savePlayRead(read: PlayRead): Promise<void>;
  /** Titles of every Jellyfin that nobody watched for long, those never asked about first. */
  titlesToAsk(connectionId: ConnectionId, asking: Asking): Promise<string[]>;
  noteAsked(connectionId: ConnectionId, titles: readonly string[], at: Date): Promise<void>;
  /** Writes provider ids, season and episode to the plays whose media id is known now (T-26). */
  namePlays(): Promise<void>;
  titlePlays(): Promise<TitlePlay[]>;
};

export type Asking = { most: number; unwatchedSince: Date; notAskedSince: Date };
