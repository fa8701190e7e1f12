import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import {
  aDisk,
  aDraft,
  aFilm,
  aPlanInput,
  aPolicy,
  daysAgo,
  disk1,
  disk2,
  radarr,
  sonarr,
} from '../build.fake.ts';
import { gatherEvidence } from '../judging/evidence.ts';
import { judge } from '../judging/judge.ts';
import { ageBases, defaultCaps, units, type Policy } from './policy.ts';
import { widens } from './widens.ts';

const tier = (freeBelowPercent: number, maxAgeDays: number) => ({ freeBelowPercent, maxAgeDays });
type Over = NonNullable<Parameters<typeof aDraft>[0]>;
const base: Over = {
  connectionIds: [radarr],
  diskIds: [disk1],
  exclusionTags: ['keep'],
  ageBasis: 'newest-import',
  removeRequests: false,
};
const before = aPolicy(base);

test('either import instead of the other may choose what nothing chose before (J-21, J-22)', () => {
  const oldest = aPolicy({ ...base, ageBasis: 'oldest-import' });
  expect(widens(oldest, { ...oldest, ageBasis: 'newest-import' })).toBe(true);
});

describe('a change that could cost more', () => {
  test.each<[string, Over]>([
    ['another unit', { unit: 'show' }],
    ['another order', { order: 'largest' }],
    ['one tag less', { exclusionTags: [] }],
    ['one service more', { connectionIds: [radarr, sonarr] }],
    ['every service', { connectionIds: [] }],
    ['one disk more', { diskIds: [disk1, disk2] }],
    ['a shorter age', { tiers: [tier(10, 89), tier(20, 180)] }],
    ['an earlier tier', { tiers: [tier(11, 90), tier(20, 180)] }],
    ['one tier more', { tiers: [...before.tiers, tier(25, 700)] }],
    ['a strict tier less, where the next one is stricter still', { tiers: [tier(20, 30)] }],
    ['a higher target', { target: { unit: 'percent', value: 26 } }],
    ['a shorter warning', { leavingSoonDays: 13 }],
    ['the older import', { ageBasis: 'oldest-import' }],
    ['more items', { caps: { ...before.caps, items: 26 } }],
    ['more bytes', { caps: { ...before.caps, bytes: defaultCaps.bytes + 1 } }],
    ['favourites may go', { favouritesProtect: false }],
    ['half watched may go', { halfWayProtects: false }],
    ['requests go too', { removeRequests: true }],
  ])('%s', (_what, over) => {
    expect(widens(before, aDraft({ ...base, ...over }))).toBe(true);
  });
});

describe('a change that cannot', () => {
  test.each<[string, Over]>([
    ['nothing', {}],
    ['a name and a time', { name: 'x', cron: '0 5 * * *', timeZone: 'UTC' }],
    ['one tag more, or another case', { exclusionTags: ['KEEP', 'kids'] }],
    ['a longer age', { tiers: [tier(10, 91), tier(20, 180)] }],
    ['a later tier', { tiers: [tier(9, 90), tier(20, 180)] }],
    ['the strict tier less', { tiers: [tier(20, 180)] }],
    ['a lower target', { target: { unit: 'percent', value: 20 } }],
    ['a longer warning', { leavingSoonDays: 20 }],
    ['lower caps', { caps: { items: 1, bytes: 1, libraryPercent: 1 } }],
  ])('%s', (_what, over) => {
    expect(widens(before, aDraft({ ...base, ...over }))).toBe(false);
  });
});

test('a change that does not widen never makes anything due that was not', () => {
  const draft = fc
    .record({
      unit: fc.constantFrom(...units),
      tiers: fc.array(fc.tuple(fc.constantFrom(5, 10, 20), fc.constantFrom(30, 90, 300)), { maxLength: 3 }),
      leavingSoonDays: fc.constantFrom(0, 7, 14),
      ageBasis: fc.constantFrom(...ageBases),
      exclusionTags: fc.subarray(['keep', 'kids']),
      favouritesProtect: fc.boolean(),
      diskIds: fc.subarray([disk1, disk2]),
    })
    .map(({ tiers, ...rest }) =>
      aDraft({ ...rest, tiers: tiers.map(([percent, days]) => tier(percent, days)) }),
    );
  const film = fc
    .record({
      newest: fc.integer({ min: 0, max: 500 }),
      older: fc.integer({ min: 0, max: 500 }),
      tags: fc.subarray(['keep', 'kids']),
      favourite: fc.boolean(),
      diskId: fc.constantFrom(disk1, disk2),
    })
    .map(({ newest, older, tags, favourite, diskId }) =>
      aFilm({
        newestFileAt: known(daysAgo(newest)),
        oldestImportAt: known(daysAgo(newest + older)),
        tags: known(tags),
        favouriteOf: known(favourite ? ['ana'] : []),
        diskId,
      }),
    );
  fc.assert(
    fc.property(draft, draft, fc.array(film), fc.integer({ min: 0, max: 25 }), (one, other, items, free) => {
      const old = aPolicy(one);
      fc.pre(!widens(old, other));
      const disks = [aDisk(free), aDisk(free, { id: disk2 })];
      const dueOf = (policy: Policy) => {
        const evidence = gatherEvidence(policy, aPlanInput({ policy, items, disks }));
        return items.filter((item) => judge(policy, item, evidence).standing === 'due');
      };
      expect(new Set(dueOf(old)).isSupersetOf(new Set(dueOf({ ...old, ...other })))).toBe(true);
    }),
    // Hardly any two policies that are drawn by chance are such a pair.
    { numRuns: 300, maxSkipsPerRun: 1000 },
  );
});
