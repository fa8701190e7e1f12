import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import {
  aDisk,
  aFilm,
  aPlanInput,
  aPolicy,
  aTagPolicy,
  daysAgo,
  disk1,
  disk2,
  GB,
  now,
  radarr,
  sonarr,
  warned,
} from '../build.fake.ts';
import type { Policy } from '../policy/policy.ts';
import { withComingFree, type GoneLately, type PlannedDisk } from './coming-free.ts';
import { planCleanup } from '../plan/plan-cleanup.ts';

const films = {
  ...aDisk(5),
  readAt: daysAgo(0.01),
  folders: [
    { connectionId: radarr, path: '/films' },
    { connectionId: radarr, path: '/films/old' },
  ],
};
const shows = {
  ...aDisk(5, { id: disk2, path: '/shows', rootFolders: ['/shows'] }),
  readAt: daysAgo(0.01),
  folders: [{ connectionId: sonarr, path: '/shows' }],
};
const bin = (cleanupDays: number, path = '/films-bin') => known({ path, cleanupDays });
const gone = (over: Partial<GoneLately> = {}): GoneLately => ({
  connectionId: radarr,
  path: '/films/Alma (2012)',
  bytes: 8 * GB,
  heldBytes: 0,
  at: daysAgo(1),
  bin: bin(7),
  ...over,
});
const comingOn = (one: GoneLately, disks = [films, shows]) =>
  withComingFree(disks, [one], now).map(({ comingFreeBytes = 0 }) => comingFreeBytes / GB);

describe('what lies in a recycle bin comes free', () => {
  test.each([
    ['for its days and the day of emptying', gone({ at: daysAgo(7.9) }), 8],
    ['and no longer', gone({ at: daysAgo(8.1) }), 0],
    ['not without a bin', gone({ bin: known(null) }), 0],
    ['also when nobody could ask about the bin', gone({ bin: unknown('x'), at: daysAgo(7) }), 8],
    ['for a month when only a person empties it', gone({ bin: bin(0), at: daysAgo(29) }), 8],
    [
      'for a month what a torrent still holds',
      gone({ bin: known(null), heldBytes: 3 * GB, at: daysAgo(29) }),
      3,
    ],
    ['and no longer than that', gone({ bin: known(null), heldBytes: 3 * GB, at: daysAgo(31) }), 0],
    ['and then the disk may ask again', gone({ bin: bin(0), at: daysAgo(31) }), 0],
    ['whatever the bin, when the disk was looked at before', gone({ bin: known(null), at: now }), 8],
  ])('%s', (_what, one, expected) => {
    expect(comingOn(one)).toEqual([expected, 0]);
  });

  test('not on the disk of the title when the bin is on another one', () => {
    const both = { ...shows, folders: [...shows.folders, { connectionId: radarr, path: '/mnt/two' }] };
    expect(comingOn(gone({ bin: bin(7, '/mnt/two/bin') }), [films, both])).toEqual([0, 0]);
  });

  test('a title of which no disk is known counts nowhere', () => {
    expect(comingOn(gone({ path: '/elsewhere/Alma' }))).toEqual([0, 0]);
    expect(comingOn(gone({ connectionId: sonarr }))).toEqual([0, 0]);
  });

  test('a disk that cannot be read stays unknown, and none has more free than it is large', () => {
    const dark = { ...films, freeBytes: unknown('x') };
    expect(withComingFree([dark], [gone()], now)[0]?.freeBytes).toEqual(unknown('x'));
    const much = withComingFree([films], [gone({ bytes: 5000 * GB })], now);
    expect(much[0]?.freeBytes).toEqual(known(1000 * GB));
  });
});

test('a bin does not make a policy take as much again every night', () => {
  // 8 % free and 25 % wanted: 170 GB of 400 that may go, all of it into a bin.
  const items = Array.from({ length: 40 }, (_, index) =>
    aFilm({ id: `${radarr}-${String(index + 500)}` as ItemId, newestFileAt: known(daysAgo(400 + index)) }),
  );
  const disk = { ...films, freeBytes: known(80 * GB) };
  const inBin: GoneLately[] = [];
  let left = items;
  for (let night = 0; night < 5; night += 1) {
    const disks = withComingFree([disk], inBin, now);
    const plan = planCleanup(aPlanInput({ items: left, disks, markedSince: warned(left) }));
    const taken = plan.entries.filter(({ fate }) => fate.is === 'remove').map(({ itemId }) => itemId);
    left = left.filter(({ id }) => !taken.includes(id));
    inBin.push(...taken.map(() => gone({ bytes: 10 * GB })));
  }
  expect(items.length - left.length).toBe(17);
});

test('the plan tells what the disk has free now, and what it will have', () => {
  const disks = withComingFree([{ ...films, freeBytes: known(80 * GB) }], [gone({ bytes: 20 * GB })], now);
  const plan = planCleanup(
    aPlanInput({ items: [], disks, policy: { ...aPlanInput().policy, diskIds: [disk1] } }),
  );
  expect(plan.disks).toMatchObject([{ freeBytes: known(80 * GB), projectedFreeBytes: known(100 * GB) }]);
});

test('the reason chain says how much of the free space is only coming free, with tiers and with a gate', () => {
  const [disk] = withComingFree([films], [gone()], now);
  if (!disk) throw new Error('no disk');
  const stepOf = (policy: Policy, on: PlannedDisk) =>
    planCleanup(
      aPlanInput({ policy, disks: [on], items: [aFilm({ tags: known(['kids']) })] }),
    ).entries[0]?.verdict.steps.find(({ check }) => check === 'free-space');
  const gated = aTagPolicy({ tags: [{ tag: 'kids', maxAgeDays: 30, freeBelowPercent: 50 }] });
  for (const policy of [aPolicy(), gated]) {
    expect(stepOf(policy, disk)).toMatchObject({ comingFreeBytes: disk.comingFreeBytes });
    expect(stepOf(policy, aDisk())).not.toHaveProperty('comingFreeBytes');
  }
});
