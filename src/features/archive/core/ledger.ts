import type { CreatorId, PostId, PostMediaId } from '#core/ids.ts';
import type { GapReason, MediaKind } from './media.ts';

/** Why something expected is not here. A post whose answers no parser reads yet is kept raw, and cannot be shown. */
export type MissingReason = GapReason | { code: 'not-understood' };
export type ReasonCode = MissingReason['code'];

export const reasonCodes = [
  'locked',
  'vanished',
  'not-understood',
  'failed',
  'expired',
  'drm',
  'too-large',
  'unsupported-host',
  'not-offered',
  'program-missing',
  'file-refused',
] as const satisfies readonly ReasonCode[];

/** `post-<id>` or `media-<id>`: gaps are derived, and have no rows of their own. */
export type GapId = `post-${PostId}` | `media-${PostMediaId}`;

export type Gap = {
  id: GapId;
  creatorId: CreatorId;
  creatorName: string;
  postId: PostId;
  postTitle: string | null;
  publishedAt: Date;
  /** Null when the whole post is missing. */
  media: { kind: MediaKind; fileName: string | null } | null;
  reason: MissingReason;
};

/** The two kinds of ids apart; what is neither is left out. */
export function splitGapIds(ids: readonly string[]): { posts: PostId[]; media: PostMediaId[] } {
  const of = (kind: 'post' | 'media') =>
    ids.filter((id) => id.startsWith(`${kind}-`)).map((id) => id.slice(kind.length + 1));
  return { posts: of('post') as PostId[], media: of('media') as PostMediaId[] };
}

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
