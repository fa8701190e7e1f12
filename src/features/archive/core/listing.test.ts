import { describe, expect, test } from 'vitest';
import {
  beginListing,
  compareListed,
  ENOUGH_UNCHANGED,
  goOn,
  isCaughtUp,
  isSameListing,
  listedAs,
  mayTellMissing,
  readsFrom,
  type KnownPost,
} from './listing.ts';
import { aPost } from './post.fake.ts';

const seen = new Date('2026-05-01T00:00:00Z');
const now = new Date('2026-06-01T00:00:00Z');
const as = (post = aPost(), digest = 'd', parserVersion = 1) => listedAs(post, { parserVersion, digest });
const known = (over: Partial<KnownPost> = {}): KnownPost => ({
  listedAs: as(),
  locked: false,
  detailDue: false,
  firstSeenAt: seen,
  vanishedAt: null,
  ...over,
});

describe('a post in a list', () => {
  test('is fresh, unchanged, changed, locked now, or readable again', () => {
    expect(compareListed(null, { listedAs: as(), locked: false })).toBe('fresh');
    expect(compareListed(known(), { listedAs: as(), locked: false })).toBe('unchanged');
    expect(compareListed(known(), { listedAs: as(aPost(), 'other'), locked: false })).toBe('changed');
    expect(compareListed(known(), { listedAs: as(), locked: true })).toBe('locked-now');
    expect(compareListed(known({ locked: true }), { listedAs: as(), locked: false })).toBe('readable-again');
  });

  test('that had vanished has changed: it is back', () => {
    expect(compareListed(known({ vanishedAt: seen }), { listedAs: as(), locked: false })).toBe('changed');
  });

  test('is asked for by itself unless it is locked, and then the list has said everything', () => {
    expect(readsFrom('fresh', { listedAs: '', locked: false })).toBe('detail');
    expect(readsFrom('readable-again', { listedAs: '', locked: false })).toBe('detail');
    expect(readsFrom('fresh', { listedAs: '', locked: true })).toBe('list');
    expect(readsFrom('locked-now', { listedAs: '', locked: true })).toBe('list');
    expect(readsFrom('unchanged', { listedAs: '', locked: false })).toBe('nowhere');
  });

  test('is the same for another version of the parser, as long as its dates, title and lock are', () => {
    expect(isSameListing(as(aPost(), 'one', 1), as(aPost(), 'other', 2))).toBe(true);
    expect(isSameListing(as(aPost(), 'one', 1), as(aPost(), 'other', 1))).toBe(false);
    const edited = aPost({ editedAt: now });
    expect(isSameListing(as(aPost(), 'one', 1), as(edited, 'one', 2))).toBe(false);
    expect(isSameListing(as(aPost({ title: 'a\nb' })), as(aPost({ title: 'a\nb' })))).toBe(true);
  });
});

describe('a listing', () => {
  const many = (count: number, over: Partial<KnownPost> = {}) => {
    let listing = beginListing({ listedWholeAt: seen, caughtUpAt: seen }, new Date(seen.getTime() + 1));
    for (let index = 0; index < count; index += 1) listing = goOn(listing, 'unchanged', known(over));
    return listing;
  };

  test('is whole the first time, and once a week', () => {
    expect(beginListing({ listedWholeAt: null, caughtUpAt: null }, now).isWhole).toBe(true);
    expect(beginListing({ listedWholeAt: seen, caughtUpAt: seen }, now).isWhole).toBe(true);
    const yesterday = new Date(now.getTime() - 86_400_000);
    expect(beginListing({ listedWholeAt: yesterday, caughtUpAt: yesterday }, now).isWhole).toBe(false);
  });

  test('ends after so many posts in a row that are as they were', () => {
    expect(isCaughtUp(many(ENOUGH_UNCHANGED - 1))).toBe(false);
    expect(isCaughtUp(many(ENOUGH_UNCHANGED))).toBe(true);
    expect(isCaughtUp(goOn(many(ENOUGH_UNCHANGED - 1), 'changed', known()))).toBe(false);
  });

  test('goes past posts that were found by one that broke off: there may be others behind them', () => {
    const later = new Date(seen.getTime() + 1000);
    expect(isCaughtUp(many(100, { firstSeenAt: later }))).toBe(false);
  });

  test('says what is missing only when it was whole, came to the end and found something', () => {
    const whole = beginListing({ listedWholeAt: null, caughtUpAt: null }, now);
    expect(mayTellMissing(whole, { listed: 5, toTheEnd: true })).toBe(true);
    expect(mayTellMissing(whole, { listed: 0, toTheEnd: true })).toBe(false);
    expect(mayTellMissing(whole, { listed: 5, toTheEnd: false })).toBe(false);
    expect(mayTellMissing(many(3), { listed: 5, toTheEnd: true })).toBe(false);
  });
});
