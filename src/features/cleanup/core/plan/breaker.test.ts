import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import type { Source } from '#features/library/core/source.ts';
import {
  aDisk,
  aFilm,
  allSources,
  aPlanInput,
  aPolicy,
  aSeason,
  aShow,
  aSource,
  daysAgo,
  disk2,
  jellyfin,
  radarr,
  sonarr,
} from '../build.fake.ts';
import { planCleanup } from './plan-cleanup.ts';
import type { PlanInput } from './plan.ts';

const tripsOf = (over: Partial<PlanInput> = {}) => planCleanup(aPlanInput(over)).breaker;
const films = (count: number) => Array.from({ length: count }, () => aFilm());

test('a healthy library trips nothing', () => {
  expect(tripsOf()).toEqual([]);
});

describe('sources', () => {
  const withRadarr = (over: Partial<Source>) => [aSource(over), ...allSources().slice(1)];

  test('the last good sync is too old', () => {
    expect(tripsOf({ sources: withRadarr({ lastSuccessAt: daysAgo(1.6) }) })).toEqual([
      { code: 'breaker.source-stale', source: 'Radarr', lastSuccessAt: daysAgo(1.6), maxAgeHours: 36 },
    ]);
    expect(tripsOf({ sources: withRadarr({ lastSuccessAt: daysAgo(1.5) }) })).toEqual([]);
  });

  test('the last good sync is in the future, because the clock was wrong then or is wrong now', () => {
    expect(tripsOf({ sources: withRadarr({ lastSuccessAt: daysAgo(-30) }) })).toMatchObject([
      { code: 'breaker.source-stale' },
    ]);
  });

  test('there was never a good sync', () => {
    expect(tripsOf({ sources: withRadarr({ lastSuccessAt: null }) })).toMatchObject([
      { code: 'breaker.source-stale' },
    ]);
  });

  test('the last sync failed, or shrank', () => {
    const problem = { code: 'sync.shrunk', had: 100, has: 10, allowedPercent: 20 } as const;
    expect(tripsOf({ sources: withRadarr({ problem }) })).toEqual([
      { code: 'breaker.source-failed', source: 'Radarr', problem: 'sync.shrunk' },
    ]);
  });

  test('the answer was empty, now or from the beginning', () => {
    const empty = [{ code: 'breaker.source-empty', source: 'Radarr' }];
    expect(tripsOf({ sources: withRadarr({ problem: { code: 'sync.empty', had: 3 } }) })).toEqual(empty);
    expect(tripsOf({ sources: withRadarr({ count: 0 }) })).toEqual(empty);
  });

  test('a media server is needed to know who watched', () => {
    const sources = allSources().filter((source) => source.connectionId !== jellyfin);
    expect(tripsOf({ sources })).toEqual([{ code: 'breaker.source-missing', kind: 'media-server' }]);
  });

  test('not a play source: it can only protect, and what it told before still counts (C-02, J-32, J-33)', () => {
    const failed = {
      connectionId: 'jellyst1' as ConnectionId,
      kind: 'jellystat',
      name: 'Jellystat',
    } as const;
    const problem = { code: 'sync.empty', had: 3 } as const;
    const sources = [...allSources(), aSource({ ...failed, problem, lastSuccessAt: null, count: 0 })];
    expect(tripsOf({ sources })).toEqual([]);
  });

  test('titles of a service that nobody reads any more (J-77)', () => {
    const sources = allSources().filter((source) => source.connectionId !== radarr);
    expect(tripsOf({ sources })).toEqual([{ code: 'breaker.source-missing', kind: 'radarr' }]);
    const policy = aPolicy({ connectionIds: [radarr, sonarr] });
    expect(tripsOf({ policy })).toEqual([{ code: 'breaker.source-missing', kind: 'radarr' }]);
  });

  test('what a policy does not look at does not stop it', () => {
    const stale = aSource({ connectionId: sonarr, kind: 'sonarr', name: 'Sonarr', lastSuccessAt: null });
    const sources = [...allSources().filter((source) => source.kind !== 'sonarr'), stale];
    expect(tripsOf({ sources })).toEqual([]);
    const show = aShow();
    const items = [show, aSeason(show, 1)];
    const policy = aPolicy({ unit: 'season' });
    expect(tripsOf({ policy, items, sources })).toMatchObject([{ source: 'Sonarr' }]);
  });
});

describe('disks', () => {
  test('a disk cannot say how full it is', () => {
    expect(tripsOf({ disks: [aDisk(5, { freeBytes: unknown('no-mount') })] })).toEqual([
      { code: 'breaker.disk-unknown', disk: '/films', why: 'no-mount' },
    ]);
    expect(tripsOf({ disks: [aDisk(5, { totalBytes: unknown('x') })] })).toMatchObject([{ why: 'x' }]);
    expect(tripsOf({ disks: [aDisk(5, { totalBytes: known(0) })] })).toMatchObject([
      { why: 'disk-size-zero' },
    ]);
  });

  test('a disk that holds something, or that is named, is gone', () => {
    const gone = [{ code: 'breaker.disk-unknown', disk: disk2, why: 'disk-missing' }];
    expect(tripsOf({ items: [aFilm({ diskId: disk2 })] })).toEqual(gone);
    expect(tripsOf({ policy: aPolicy({ diskIds: [disk2] }) })).toEqual(gone);
  });

  test('a disk that the policy does not use may be unreadable', () => {
    const other = aDisk(5, { id: disk2, freeBytes: unknown('no-mount') });
    expect(tripsOf({ disks: [aDisk(), other] })).toEqual([]);
  });
});

describe('candidates', () => {
  const before = (count: number, over: Partial<PlanInput> = {}) =>
    planCleanup(aPlanInput({ items: films(count), ...over }));

  test('three times as many are a matter of course, more are not', () => {
    expect(tripsOf({ items: films(12), previous: before(4) })).toEqual([]);
    expect(tripsOf({ items: films(13), previous: before(4) })).toEqual([
      { code: 'breaker.candidates-jumped', now: 13, before: 4, factor: 3 },
    ]);
  });

  test('a handful is never a jump', () => {
    expect(tripsOf({ items: films(10), previous: before(0) })).toEqual([]);
    expect(tripsOf({ items: films(11), previous: before(0, { items: [aFilm({ fileCount: 0 })] }) })).toEqual([
      expect.objectContaining({ code: 'breaker.candidates-jumped' }),
    ]);
  });

  test('what only leaves soon counts too: lost watch history shows there first', () => {
    const previous = before(2);
    expect(tripsOf({ items: films(30), markedSince: new Map(), previous })).toMatchObject([
      { code: 'breaker.candidates-jumped', now: 30 },
    ]);
  });

  test('nothing to compare with, no jump', () => {
    expect(tripsOf({ items: films(50), previous: null })).toEqual([]);
  });

  test('a fuller disk explains it, as long as people are warned first', () => {
    const previous = before(20, { disks: [aDisk(50)] });
    expect(tripsOf({ items: films(20), previous })).toEqual([]);
    const policy = aPolicy({ leavingSoonDays: 0 });
    expect(tripsOf({ items: films(20), previous, policy })).toMatchObject([
      { code: 'breaker.candidates-jumped' },
    ]);
  });
});

describe('exclusion tags', () => {
  const policy = aPolicy({ exclusionTags: ['Keep', 'kids'] });

  test('J-28: one that exists nowhere stops the run', () => {
    expect(tripsOf({ policy, knownTags: known(['keep', 'other']) })).toEqual([
      { code: 'breaker.exclusion-tag-missing', tag: 'kids' },
    ]);
  });

  test('cannot be taken on trust when nobody could be asked (J-06)', () => {
    expect(tripsOf({ policy, knownTags: unknown('not-synced') })).toEqual([
      { code: 'breaker.tags-unknown', why: 'not-synced' },
    ]);
    expect(tripsOf({ policy: aPolicy(), knownTags: unknown('not-synced') })).toEqual([]);
  });
});
