import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import {
  aDisk,
  aFilm,
  aPolicy,
  aSeason,
  aShow,
  daysAgo,
  disk1,
  disk2,
  now,
  radarr,
  sonarr,
} from '../build.fake.ts';
import { judged, stepOf } from './judge.fake.ts';
import { announced, spared, windowOf } from './judge.ts';

describe('a film that nobody watched for long, on a full disk', () => {
  test('is due once it was shown as leaving for the whole window', () => {
    const verdict = judged(aFilm());
    expect(verdict.standing).toBe('due');
    expect(verdict.dueAt).toEqual(daysAgo(16)); // warned 30 days ago, for 14 days
    expect(verdict.steps.map((step) => step.check)).toEqual([
      'scope',
      'has-files',
      'excluded-by-hand',
      'exclusion-tags',
      'continuing-show',
      'playing-now',
      'half-way',
      'favourites',
      'age',
      'free-space',
      'due',
    ]);
    expect(verdict.steps.every((step) => step.outcome === 'go-on')).toBe(true);
  });

  test('J-61: is only leaving soon when it is announced for the first time, however old it is', () => {
    const policy = aPolicy();
    const verdict = judged(aFilm(), policy, { markedSince: new Map() });
    expect(verdict).toMatchObject({ standing: 'eligible', dueAt: null, markedSince: null });
    expect(announced(verdict, policy, now)).toMatchObject({
      standing: 'leaving-soon',
      dueAt: daysAgo(-14),
      markedSince: now,
    });
  });

  test('that is no longer needed loses its warning, and starts again when it is announced anew', () => {
    const policy = aPolicy();
    const verdict = spared(judged(aFilm(), policy), policy, now);
    expect(verdict).toMatchObject({ standing: 'eligible', dueAt: null, markedSince: null });
    expect(stepOf(verdict, 'due')).toMatchObject({ outcome: 'stop', oldEnoughAt: daysAgo(310) });
  });

  test('goes at the end of its window, not a moment before', () => {
    const film = aFilm();
    const early = new Map([[film.id, new Date(daysAgo(14).getTime() + 1)]]);
    expect(judged(film, aPolicy(), { markedSince: early }).standing).toBe('leaving-soon');
    expect(judged(film, aPolicy(), { markedSince: new Map([[film.id, daysAgo(14)]]) }).standing).toBe('due');
  });

  test('goes at once when the policy warns nobody', () => {
    const policy = aPolicy({ leavingSoonDays: 0 });
    const verdict = judged(aFilm(), policy, { markedSince: new Map() });
    expect(announced(verdict, policy, now).standing).toBe('due');
  });

  test('is kept while the disk has room, and nobody can say when it would go', () => {
    const verdict = judged(aFilm(), aPolicy(), { disks: [aDisk(20)] });
    expect(verdict).toMatchObject({ standing: 'kept', dueAt: null, markedSince: null });
    expect(stepOf(verdict, 'free-space')).toMatchObject({
      outcome: 'stop',
      freePercent: 20,
      maxAgeDays: null,
    });
  });
});

describe('the Leaving Soon window', () => {
  const maxAgeDays = 90;
  const at = (countsFrom: Date, mark: Date | null = null) =>
    windowOf({ countsFrom, maxAgeDays }, { leavingSoonDays: 14, mark, now });

  test('J-45: opens strictly after age minus the window', () => {
    expect(at(daysAgo(76)).standing).toBe('kept');
    expect(at(new Date(daysAgo(76).getTime() - 1)).standing).toBe('eligible');
  });

  test('J-44: closes strictly after the age', () => {
    expect(at(daysAgo(90), daysAgo(14)).standing).toBe('leaving-soon');
    expect(at(new Date(daysAgo(90).getTime() - 1), daysAgo(14)).standing).toBe('due');
  });

  test('J-46: is exactly as long as the policy says', () => {
    const { dueAt, leavingSoonFrom } = at(daysAgo(80), now);
    expect(Number(dueAt) - leavingSoonFrom.getTime()).toBeGreaterThanOrEqual(14 * DAY_MS);
    expect(leavingSoonFrom).toEqual(daysAgo(4));
  });

  test('a mark from before somebody watched does not count', () => {
    expect(at(daysAgo(100), daysAgo(200))).toMatchObject({ standing: 'eligible', markedSince: null });
  });

  test('J-62: an item never goes before it was marked for the whole window', () => {
    const days = fc.double({ min: -400, max: 1000, noNaN: true });
    fc.assert(
      fc.property(days, fc.option(days), fc.integer({ min: 0, max: 60 }), (age, marked, leavingSoonDays) => {
        const mark = marked === null ? null : daysAgo(marked);
        const is = windowOf({ countsFrom: daysAgo(age), maxAgeDays }, { leavingSoonDays, mark, now });
        if (is.standing !== 'due') return;
        expect(age).toBeGreaterThan(90);
        expect(marked).toBeGreaterThanOrEqual(leavingSoonDays - 1e-6);
      }),
    );
  });
});

describe('scope', () => {
  test('a film policy never looks at shows, and the other way round', () => {
    const show = aShow();
    expect(judged(show).standing).toBe('out-of-scope');
    expect(judged(aSeason(show, 1)).standing).toBe('out-of-scope');
    expect(judged(aFilm(), aPolicy({ unit: 'show' })).standing).toBe('out-of-scope');
  });

  test('keeps to the services and disks that the policy names', () => {
    expect(judged(aFilm(), aPolicy({ connectionIds: [sonarr] })).standing).toBe('out-of-scope');
    expect(judged(aFilm(), aPolicy({ connectionIds: [radarr] })).standing).toBe('due');
    expect(judged(aFilm(), aPolicy({ diskIds: [disk2] })).standing).toBe('out-of-scope');
    expect(judged(aFilm(), aPolicy({ diskIds: [disk1] })).standing).toBe('due');
  });

  test('an item on nobody knows which disk is unknown when disks are named', () => {
    expect(judged(aFilm({ diskId: null }), aPolicy({ diskIds: [disk1] })).standing).toBe('unknown');
  });

  test('what has no files is left alone (J-25)', () => {
    expect(judged(aFilm({ fileCount: 0 })).standing).toBe('out-of-scope');
  });
});

test('an item that leaves the window loses its mark', () => {
  const film = aFilm({ watch: known({ lastWatchedAt: daysAgo(1), watchers: [] }) });
  const markedSince = new Map<ItemId, Date>([[film.id, daysAgo(20)]]);
  expect(judged(film, aPolicy(), { markedSince })).toMatchObject({ standing: 'kept', markedSince: null });
});
