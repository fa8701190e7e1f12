import type { ConnectionId } from '#core/ids.ts';
import type { Fact } from '#core/fact.ts';

/** A torrent as its client tells it; paths as the client sees them. */
export type Torrent = {
  /** Lower case. The history of Radarr and Sonarr writes the same in capitals (T-12). */
  hash: string;
  name: string;
  savePath: string;
  sizeBytes: number;
  /** Null when the client does not say, or has downloaded nothing of it itself. */
  ratio: number | null;
  seedingSeconds: number;
  /** Everything that was wanted is there. */
  finished: boolean;
  /** The client's own word. */
  state: string;
  category: string | null;
};

export type TorrentFile = { path: string; sizeBytes: number };

/**
 * What tells a file from every other one, whatever it is called (T-62). Size and time are part of it because a file
 * system gives the number of a file that is gone to the next one.
 */
export type FileMark = { device: string; inode: string; sizeBytes: number; changedAtMs: number };

/** A file as this program sees it; `names` counts the hard links, so 1 means that nothing else holds its bytes. */
export type SeenFile = FileMark & { names: number };

/** Null: there is no such file. Unknown: it could not be looked at, or its disk is not mounted here (T-60). */
export type Sight = Fact<SeenFile | null>;

/** A file of a torrent with its path as this program sees it. */
export type FileOfTorrent = {
  path: string;
  sizeBytes: number;
  sight: Sight;
  /** Below a root folder of Radarr or Sonarr: what still lies there belongs to the library, never to the torrent. */
  inLibrary: boolean;
};

export type SeenTorrent = Torrent & { connectionId: ConnectionId; files: readonly FileOfTorrent[] };

export const isSameFile = (one: FileMark, other: FileMark): boolean =>
  one.device === other.device &&
  one.inode === other.inode &&
  one.sizeBytes === other.sizeBytes &&
  one.changedAtMs === other.changedAtMs;
