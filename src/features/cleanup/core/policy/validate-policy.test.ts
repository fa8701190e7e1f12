import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectionId, DiskId } from '#core/ids.ts';
import { aDraft, disk1, radarr } from '../build.fake.ts';
import { defaultCaps, type Tier } from './policy.ts';
import { rulingTier } from './tiers.ts';
import { tidyDraft } from './tidy-policy.ts';
import { validatePolicy } from './validate-policy.ts';

const world = {
  isCron: (cron: string) => cron === '0 4 * * *',
  isTimeZone: (name: string) => name === 'Europe/Madrid',
  connectionIds: [radarr],
  diskIds: [disk1],
};
type Over = Parameters<typeof aDraft>[0];
const problemsOf = (over: Over) => validatePolicy(aDraft(over), world);
const tier = (freeBelowPercent: number, maxAgeDays: number) => ({ freeBelowPercent, maxAgeDays });

test('a sound policy has no problems', () => {
  expect(problemsOf({ connectionIds: [radarr], diskIds: [disk1] })).toEqual([]);
});

test.each<[string, Over, object]>([
  ['an empty name', { name: '  ' }, { field: 'name', code: 'policy.name-missing' }],
  ['a very long name', { name: 'x'.repeat(81) }, { field: 'name', code: 'policy.name-too-long', most: 80 }],
  ['a cron line nobody can read', { cron: 'at four' }, { field: 'cron', code: 'policy.cron-not-readable' }],
  [
    'a time zone nobody knows',
    { timeZone: 'Mars/North' },
    { field: 'timeZone', code: 'policy.time-zone-unknown' },
  ],
  [
    'a service of somebody else',
    { connectionIds: ['sonarr01' as ConnectionId] },
    { field: 'connectionIds', code: 'policy.connection-unknown', connectionId: 'sonarr01' },
  ],
  [
    'a disk that is not there',
    { diskIds: ['disk-9' as DiskId] },
    { field: 'diskIds', code: 'policy.disk-unknown', diskId: 'disk-9' },
  ],
  ['no tier', { tiers: [] }, { field: 'tiers', code: 'policy.tiers-missing' }],
  [
    'a target under the highest tier',
    { target: { unit: 'percent', value: 19 } },
    { field: 'target', code: 'policy.target-below-highest-tier', highest: 20 },
  ],
  [
    'a target of nothing',
    { target: { unit: 'percent', value: 0 } },
    { field: 'target', code: 'policy.target-out-of-range' },
  ],
  [
    'a target over everything',
    { target: { unit: 'percent', value: 101 } },
    { field: 'target', code: 'policy.target-out-of-range' },
  ],
  [
    'a target that is no number',
    { target: { unit: 'percent', value: Number.NaN } },
    { field: 'target', code: 'policy.target-out-of-range' },
  ],
  [
    'half a day of warning',
    { leavingSoonDays: 0.5 },
    { field: 'leavingSoonDays', code: 'policy.leaving-soon-out-of-range', most: 365 },
  ],
  [
    'a cap of nothing',
    { caps: { ...defaultCaps, items: 0 } },
    { field: 'caps.items', code: 'policy.cap-out-of-range' },
  ],
  [
    'a cap of parts of bytes',
    { caps: { ...defaultCaps, bytes: 0.5 } },
    { field: 'caps.bytes', code: 'policy.cap-out-of-range' },
  ],
  [
    'a cap over the whole library',
    { caps: { ...defaultCaps, libraryPercent: 101 } },
    { field: 'caps.libraryPercent', code: 'policy.cap-out-of-range' },
  ],
])('%s is refused beside its field', (_what, over, problem) => {
  expect(problemsOf(over)).toEqual([problem]);
});

describe('tiers', () => {
  const tierProblems = (...tiers: readonly Tier[]) =>
    problemsOf({ tiers, target: { unit: 'percent', value: 100 } });

  test('a target equal to the highest tier is fine, since equal does not trigger (J-41)', () => {
    expect(problemsOf({ tiers: [tier(25, 90)] })).toEqual([]);
  });

  test.each([0, -1, 101, Number.NaN])('%d is no share of a disk', (percent) => {
    expect(tierProblems(tier(percent, 90))).toContainEqual({
      field: 'tiers',
      row: 0,
      code: 'policy.tier-percent-out-of-range',
    });
  });

  test.each([0, -3, 1.5, 36_501, Number.NaN])('%d is no age', (days) => {
    expect(tierProblems(tier(10, days))).toEqual([
      { field: 'tiers', row: 0, code: 'policy.tier-age-out-of-range', most: 36_500 },
    ]);
  });

  test('J-47: none may be shorter than the warning, nor as short', () => {
    expect(tierProblems(tier(5, 14), tier(10, 15))).toEqual([
      { field: 'tiers', row: 0, code: 'policy.tier-within-leaving-soon', leavingSoonDays: 14 },
    ]);
  });

  test('one key twice is told beside the second row', () => {
    expect(tierProblems(tier(10, 90), tier(10, 60))).toEqual([
      { field: 'tiers', row: 1, code: 'policy.tier-duplicate', freeBelowPercent: 10 },
    ]);
  });

  test('J-48: less free space may not mean a longer age', () => {
    expect(tierProblems(tier(10, 180), tier(20, 90))).toEqual([
      { field: 'tiers', row: 1, code: 'policy.tiers-not-monotonic', freeBelowPercent: 10, maxAgeDays: 180 },
    ]);
    expect(tierProblems(tier(20, 90), tier(10, 180))).toHaveLength(1);
    expect(tierProblems(tier(10, 90), tier(20, 90))).toEqual([]);
  });

  test('there can be twenty, which nobody needs', () => {
    const many = Array.from({ length: 21 }, (_, index) => tier(index + 1, 90));
    expect(tierProblems(...many)).toEqual([{ field: 'tiers', code: 'policy.tiers-too-many', most: 20 }]);
  });

  test('tiers that pass never grow stricter as the disk empties', () => {
    const any = fc.record({
      freeBelowPercent: fc.integer({ min: 1, max: 100 }),
      maxAgeDays: fc.integer({ min: 15, max: 400 }),
    });
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), percent, percent, (tiers, a, b) => {
        fc.pre(tierProblems(...tiers).length === 0);
        const ageAt = (free: number) => rulingTier(tiers, free)?.maxAgeDays ?? Infinity;
        expect(ageAt(Math.min(a, b))).toBeLessThanOrEqual(ageAt(Math.max(a, b)));
      }),
    );
  });
});

test('several mistakes are all told at once', () => {
  expect(problemsOf({ name: '', tiers: [tier(0, 0)], leavingSoonDays: -1 })).toHaveLength(4);
});

test('a draft is tidied: tiers sorted, tags as Radarr keeps them, everything once', () => {
  const tidy = tidyDraft(
    aDraft({
      name: ' Films ',
      cron: ' 0 4 * * * ',
      tiers: [tier(20, 90), tier(5, 30)],
      exclusionTags: ['Keep ', 'keep', ' '],
      connectionIds: [radarr, radarr],
      diskIds: [disk1, disk1],
    }),
  );
  expect(tidy).toMatchObject({
    name: 'Films',
    cron: '0 4 * * *',
    tiers: [tier(5, 30), tier(20, 90)],
    exclusionTags: ['keep'],
    connectionIds: [radarr],
    diskIds: [disk1],
  });
});
