import { expect, test } from 'vitest';
import { balance } from '../ledger.ts';
import { missingByReason } from './missing.ts';

test('what is missing of posts and of media is added up by reason', () => {
  const ledger = balance({
    postsStated: 9,
    posts: 9,
    postsReadable: 4,
    postsWaiting: 0,
    postsVanished: 0,
    postsMissing: { locked: 5 },
    media: 10,
    mediaStored: 3,
    mediaWaiting: 0,
    mediaMissing: { drm: 6, locked: 1 },
    storedBytes: 0,
  });
  expect(missingByReason(ledger)).toEqual([
    { reason: 'locked', count: 6 },
    { reason: 'drm', count: 6 },
  ]);
});
