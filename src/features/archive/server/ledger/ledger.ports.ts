import type { CreatorId, PostId, PostMediaId, SourceId } from '#core/ids.ts';
import type { ArchiveCounts, Gap, Ledger, ReasonCode } from '../../core/ledger.ts';
import type { Drift } from '../../core/post.ts';

export type CreatorCounts = ArchiveCounts & { creatorId: CreatorId; creatorName: string; sourceId: SourceId };
export type CreatorLedger = { creatorId: CreatorId; creatorName: string; sourceId: SourceId; ledger: Ledger };

export type GapFilter = {
  creatorId: CreatorId | null;
  reason: ReasonCode | null;
  /** The last one of the page before. */
  after: { publishedAt: Date; id: string } | null;
  limit: number;
};

export type DriftCount = Drift & {
  plugin: string;
  postCount: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** One of them, to look at. */
  examplePost: PostId;
};

export type LedgerStore = {
  /** Of every creator of whom something is known, or of one. */
  counts(creatorId: CreatorId | null): Promise<CreatorCounts[]>;
  /** Newest posts first. */
  gaps(filter: GapFilter): Promise<Gap[]>;
  /** The most frequent first. */
  drift(limit: number): Promise<DriftCount[]>;
  /** Makes gaps wait again, with what has to be asked because of it, in one transaction. Gives how many there were. */
  reopen(which: { posts: readonly PostId[]; media: readonly PostMediaId[] }): Promise<number>;
  /** The same for everything of a creator that is missing for this reason, or for any. */
  reopenAll(creatorId: CreatorId, reason: ReasonCode | null): Promise<number>;
};
