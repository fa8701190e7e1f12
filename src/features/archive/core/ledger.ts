import type { GapReason } from './media.ts';

export type ReasonCode = GapReason['code'];

/** Of one creator, counted from the posts and the media of posts. */
export type ArchiveCounts = {
  /** What the source says there are; null when it does not say. */
  postsStated: number | null;
  posts: number;
  /** Of them, those whose body is here. */
  postsReadable: number;
  /** Their detail is still to be asked for. */
  postsWaiting: number;
  /** Not at the source any more, with or without a body here. */
  postsVanished: number;
  /** Never readable, and not waiting: locked, or gone before they were read. */
  postsMissing: Readonly<Partial<Record<ReasonCode, number>>>;
  media: number;
  mediaStored: number;
  mediaWaiting: number;
  mediaMissing: Readonly<Partial<Record<ReasonCode, number>>>;
  storedBytes: number;
};

export type Part = {
  expected: number;
  archived: number;
  waiting: number;
  missing: readonly { reason: ReasonCode; count: number }[];
};

export type Ledger = {
  posts: Part;
  media: Part;
  /** Stated by the source and in no list of it: drafts, or posts of tiers that it hides. */
  unlisted: number;
  vanished: number;
  storedBytes: number;
  /** Everything that can be had is here. */
  isWhole: boolean;
};

export function balance(counts: ArchiveCounts): Ledger {
  const posts: Part = {
    expected: counts.posts,
    archived: counts.postsReadable,
    waiting: counts.postsWaiting,
    missing: inOrder(counts.postsMissing),
  };
  const media: Part = {
    expected: counts.media,
    archived: counts.mediaStored,
    waiting: counts.mediaWaiting,
    missing: inOrder(counts.mediaMissing),
  };
  return {
    posts,
    media,
    unlisted: Math.max(0, (counts.postsStated ?? 0) - (counts.posts - counts.postsVanished)),
    vanished: counts.postsVanished,
    storedBytes: counts.storedBytes,
    isWhole: [posts, media].every(({ expected, archived }) => expected === archived),
  };
}

/** The most frequent first; the same count by name, so that pages are stable. */
const inOrder = (missing: ArchiveCounts['postsMissing']): Part['missing'] =>
  Object.entries(missing)
    .map(([reason, count]) => ({ reason: reason as ReasonCode, count }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1));
