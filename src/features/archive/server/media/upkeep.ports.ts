import type { PostMediaId, Sha256 } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { StoredFile } from './ports.ts';

export type FetchMedia = (inTransaction: Db, ids: readonly PostMediaId[]) => Promise<void>;

/** `verifiedAt` as it was read: whatever was stored anew since is not what was looked at. */
export type FileToVerify = { sha256: Sha256; sizeBytes: number; verifiedAt: Date };

export type OrphanRows = {
  /** Marks files that nothing uses any more, and takes the mark from those that are used again. */
  mark(now: Date): Promise<{ orphaned: number; revived: number }>;
  before(date: Date, limit: number): Promise<Sha256[]>;
  /** Only when it is still an orphan from before that date. */
  forget(sha256: Sha256, before: Date): Promise<boolean>;
  /** Those of them that have a row. */
  named(shas: readonly Sha256[]): Promise<ReadonlySet<Sha256>>;
  /** A file that nobody knows: an orphan from now on, verified never. */
  adopt(file: StoredFile, now: Date): Promise<void>;
};

export type VerifyRows = {
  /** Those that were not looked at since, the longest unseen first. */
  next(before: Date, limit: number): Promise<FileToVerify[]>;
  sound(file: FileToVerify, now: Date): Promise<void>;
  /** Its places in posts wait for their bytes again, and the next sync fetches it for creators. */
  damaged(file: FileToVerify, now: Date): Promise<void>;
};

export type WaitingRows = {
  /** By id, the next after one. */
  after(id: PostMediaId | null, limit: number): Promise<PostMediaId[]>;
};
