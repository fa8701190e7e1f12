import { expect, test } from 'vitest';
import { balance, splitGapIds, type ArchiveCounts } from './ledger.ts';

const counts = (over: Partial<ArchiveCounts> = {}): ArchiveCounts => ({
  postsStated: null,
  posts: 10,
  postsReadable: 10,
  postsWaiting: 0,
  postsVanished: 0,
  postsMissing: {},
  media: 4,
  mediaStored: 4,
  mediaWaiting: 0,
  mediaMissing: {},
  storedBytes: 1000,
  ...over,
});

test('everything that can be had is here when both sides are equal', () => {
  expect(balance(counts()).isWhole).toBe(true);
  expect(balance(counts({ mediaStored: 3, mediaWaiting: 1 })).isWhole).toBe(false);
});

test('what is missing is told by reason, the most frequent first', () => {
  const { posts } = balance(counts({ postsReadable: 4, postsMissing: { vanished: 1, locked: 5, drm: 0 } }));
  expect(posts).toEqual({
    expected: 10,
    archived: 4,
    waiting: 0,
    missing: [
      { reason: 'locked', count: 5 },
      { reason: 'vanished', count: 1 },
    ],
  });
});

test('posts that the source counts and does not list are told apart; those that vanished are not counted there', () => {
  expect(balance(counts({ postsStated: 12 })).unlisted).toBe(2);
  expect(balance(counts({ postsStated: 9, postsVanished: 1 })).unlisted).toBe(0);
  expect(balance(counts({ postsStated: 8 })).unlisted).toBe(0);
});

test('ids of gaps say whether a post or one of its media is meant', () => {
  expect(splitGapIds(['post-a', 'media-b-c', 'nonsense'])).toEqual({ posts: ['a'], media: ['b-c'] });
});
