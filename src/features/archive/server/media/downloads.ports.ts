import type { PostMediaId, Sha256, SourceId } from '#core/ids.ts';
import type { Result } from '#core/result.ts';
import type { Db } from '#server/platform/db.ts';
import type { GapReason, MediaState, SourceMedia } from '../../core/media.ts';
import type { SourceSettings, SourceState } from '../../core/source.ts';
import type { MediaSettings, StoreProblem } from '../../core/media-store.ts';
import type { Source } from '../ports.ts';
import type { MediaStore, Parts, Received, StoredFile } from './ports.ts';

/** A place of a post with everything that its source needs to hear to give the bytes. */
export type WantedMedia = {
  id: PostMediaId;
  sourceId: SourceId;
  /** As the source calls them. */
  creatorId: string;
  postId: string;
  media: SourceMedia;
  state: MediaState;
  tries: number;
};

/** `gap` null: it goes on waiting. */
export type TriedMedia = { tries: number; triedAt: Date; gap: GapReason | null };

/** What is to be done with new bytes; in the transaction that writes their row. */
export type OnStored = (
  inTransaction: Db,
  file: StoredFile,
  postMediaId: PostMediaId | null,
) => Promise<void>;

export type DownloadRows = {
  find(id: PostMediaId): Promise<WantedMedia | null>;
  tried(id: PostMediaId, tried: TriedMedia): Promise<void>;
  /** How many of a source wait. */
  waitingOf(sourceId: SourceId): Promise<number>;
};

/** Rows of files. Whoever changes a row and its bytes holds the lock of its hash, so that they never part. */
export type FileRows = {
  /** Bytes first, then the row, then `attach`; all or nothing. Nobody removes the same bytes meanwhile. */
  keep(received: Received, attach: (inTransaction: Db) => Promise<void>): Promise<Result<void, StoreProblem>>;
  /** Runs with the lock of the hash, when no row names it. */
  whenUnnamed<T>(sha256: Sha256, work: () => Promise<T>): Promise<T | null>;
};

/** A source that can be asked; why not is not ours to judge: somebody signed out, or the plugin is gone. */
export type OpenSource = (id: SourceId) => Promise<Result<Opened, { code: string }>>;
export type Opened = { source: Source; stored: { settings: SourceSettings; state: SourceState } };

/** So many downloads of a source at once, and one of the same media, in all processes together. */
export type Places = {
  take(sourceId: SourceId, most: number, id: PostMediaId): Promise<Taken | null>;
};

export type Taken = {
  /** Aborts when the place was lost: somebody else may be at the same bytes by then. */
  lost: AbortSignal;
  release(): Promise<void>;
};

export type DownloadDeps = {
  rows: DownloadRows;
  files: FileRows;
  store: MediaStore;
  parts: Parts;
  places: Places;
  settings: () => Promise<MediaSettings>;
  open: OpenSource;
  onStored: OnStored;
  clock: { now(): Date };
  /** 0 up to 1. */
  random: () => number;
  stallMs: number;
};

export type Progress = (done: number, total: number | null) => void;
