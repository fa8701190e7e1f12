import type { CreatorId, PostId, PostMediaId, SourceId, SyncRunId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { KnownPost, ListingChange } from '../../core/listing.ts';
import type { SourceCreator, SourcePost } from '../../core/post.ts';
import type { Copy } from '../../core/revisions.ts';
import type { StoredSyncOutcome, SyncCounts } from '../schemas.ts';
import type { OpenedSource } from '../sources/opener.ts';

/** What is to be done later, written down in the transaction that makes it necessary. */
export type Later = {
  readPosts: (inTransaction: Db, ids: readonly PostId[]) => Promise<void>;
  /** These places of posts wait for their bytes. */
  fetchMedia: (inTransaction: Db, ids: readonly PostMediaId[]) => Promise<void>;
};

/** Avatars and covers, as far as they changed. What goes wrong with one is no fault of the sync: the next one tries again. */
export type KeepPictures = (
  opened: OpenedSource,
  told: readonly SourceCreator[],
  signal: AbortSignal,
) => Promise<void>;

export type Clock = { now(): Date };

export type SyncCreator = {
  id: CreatorId;
  externalId: string;
  name: string;
  listedWholeAt: Date | null;
  caughtUpAt: Date | null;
};

/** A post as it stands here when a list shows it again. */
export type KnownRow = KnownPost & {
  id: PostId;
  commentCount: number;
  commentsReadCount: number | null;
  likeCount: number | null;
};

/** One answer about a post, read by the parser; `post` is null when it could not. */
export type ReadCopy = Copy & { raw: unknown; post: SourcePost | null; parserVersion: number };

/** One entry of a list, with what became of the comparison. */
export type ListedEntry = {
  externalId: string;
  copy: ReadCopy;
  listedAs: string;
  change: ListingChange;
  readsFrom: 'detail' | 'list' | 'nowhere';
  known: KnownRow | null;
};

export type SyncRun = {
  id: SyncRunId;
  sourceId: SourceId;
  startedBy: string | null;
  startedAt: Date;
  endedAt: Date | null;
  outcome: StoredSyncOutcome;
  counts: SyncCounts;
};

export type SyncRunStore = {
  /** What a killed process left under way of the same source has been interrupted. */
  begin(run: SyncRun): Promise<void>;
  at(id: SyncRunId, creator: string): Promise<void>;
  count(id: SyncRunId, more: Partial<SyncCounts>): Promise<void>;
  end(id: SyncRunId, outcome: StoredSyncOutcome, at: Date): Promise<void>;
  find(id: SyncRunId): Promise<SyncRun | null>;
  /** Sources whose run a process left in the middle, or is still at. */
  underWay(): Promise<SourceId[]>;
  /** Newest first. */
  list(filter: { sourceId: SourceId | null; limit: number }): Promise<SyncRun[]>;
};

export const noCounts: SyncCounts = {
  creators: 0,
  listed: 0,
  fresh: 0,
  changed: 0,
  locked: 0,
  vanished: 0,
  mediaFound: 0,
};
