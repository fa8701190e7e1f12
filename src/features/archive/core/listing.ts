import { addDays } from '#core/time-span.ts';
import type { SourcePost } from './post.ts';

/** A post as lists showed it last, in one line of text; see `isSameListing`. */
export type ListedAs = string;

/**
 * `digest` is of everything that a list shows of the post. Two versions of the parser may read the same answer
 * differently, so digests are compared only within a version; the dates, the title and the lock always.
 */
export const listedAs = (
  { editedAt, publishedAt, locked, title }: SourcePost,
  { parserVersion, digest }: { parserVersion: number; digest: string },
): ListedAs =>
  [
    JSON.stringify([editedAt?.toISOString() ?? null, publishedAt.toISOString(), locked, title]),
    String(parserVersion),
    digest,
  ].join('\n');

export function isSameListing(one: ListedAs, other: ListedAs): boolean {
  const [dates, version, digest] = one.split('\n');
  const [otherDates, otherVersion, otherDigest] = other.split('\n');
  return dates === otherDates && (version !== otherVersion || digest === otherDigest);
}

/** What the archive knows of a post when it meets it in a list. */
export type KnownPost = {
  listedAs: ListedAs;
  /** As last seen. */
  locked: boolean;
  detailDue: boolean;
  firstSeenAt: Date;
  vanishedAt: Date | null;
};

export type ListedPost = { listedAs: ListedAs; locked: boolean };

export type ListingChange =
  | 'fresh'
  | 'changed'
  | 'unchanged'
  /** It could be read before, and not any more. What was read stays. */
  | 'locked-now'
  | 'readable-again';

export function compareListed(known: KnownPost | null, shown: ListedPost): ListingChange {
  if (known === null) return 'fresh';
  if (known.locked !== shown.locked) return shown.locked ? 'locked-now' : 'readable-again';
  const isBack = known.vanishedAt !== null;
  return isSameListing(known.listedAs, shown.listedAs) && !isBack ? 'unchanged' : 'changed';
}

/**
 * Where the rest of it is to be read. The detail of a locked post says nothing that the list does not, and a creator
 * whom one does not pay may have thousands of them.
 */
export function readsFrom(change: ListingChange, { locked }: ListedPost): 'detail' | 'list' | 'nowhere' {
  if (change === 'unchanged') return 'nowhere';
  return locked ? 'list' : 'detail';
}

/**
 * A list is newest first, so after so many that are all as they were the rest is too. Twenty is a page of Patreon's list;
 * posts that are pinned or were moved to another day stand among them, and fewer would stop at those.
 */
export const ENOUGH_UNCHANGED = 20;

/** Edits of old posts and posts that vanished are found only by reading the whole list. */
const WHOLE_EVERY_DAYS = 7;

export type Listing = {
  /** To the end, whatever it meets. */
  isWhole: boolean;
  /** Posts that were first seen later do not count as known: the listing that found them may have broken off behind them. */
  caughtUpAt: Date | null;
  unchangedInARow: number;
};

export const beginListing = (
  creator: { listedWholeAt: Date | null; caughtUpAt: Date | null },
  now: Date,
  isAlwaysWhole = false,
): Listing => ({
  isWhole:
    isAlwaysWhole ||
    creator.listedWholeAt === null ||
    creator.caughtUpAt === null ||
    addDays(creator.listedWholeAt, WHOLE_EVERY_DAYS) <= now,
  caughtUpAt: creator.caughtUpAt,
  unchangedInARow: 0,
});

export function goOn(listing: Listing, change: ListingChange, known: KnownPost | null): Listing {
  const isKnown =
    change === 'unchanged' &&
    known !== null &&
    listing.caughtUpAt !== null &&
    known.firstSeenAt <= listing.caughtUpAt;
  return { ...listing, unchangedInARow: isKnown ? listing.unchangedInARow + 1 : 0 };
}

export const isCaughtUp = ({ isWhole, unchangedInARow }: Listing): boolean =>
  !isWhole && unchangedInARow >= ENOUGH_UNCHANGED;

/**
 * Whether posts that a listing did not meet may be asked about one by one. An empty list of somebody whose posts we
 * have is an answer gone wrong, not an empty creator.
 */
export const mayTellMissing = ({ isWhole }: Listing, met: { listed: number; toTheEnd: boolean }): boolean =>
  isWhole && met.toTheEnd && met.listed > 0;
