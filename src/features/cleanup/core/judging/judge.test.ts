import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import {
  aDisk,
  aFilm,
  anExclusion,
  aPolicy,
  aSeason,
  aShow,
  daysAgo,
  disk1,
  disk2,
  now,
  radarr,
  sonarr,
  warned,
} from '../build.fake.ts';
import { gatherEvidence, type EvidenceInput } from './evidence.ts';
import { announced, judge, spared, windowOf } from './judge.ts';
import type { Policy } from '../policy/policy.ts';
import type { Step } from './verdict.ts';

function judged(item: Item, policy: Policy = aPolicy(), over: Partial<EvidenceInput> = {}) {
  const items = over.items ?? [item];
  const input = {
    items,
    disks: [aDisk()],
    exclusions: [],
    markedSince: warned(items),
    claims: [],
    mediaUsers: known([]),
    now,
    ...over,
  };
  return judge(policy, item, gatherEvidence(policy, input));
}

const stepOf = <C extends Step['check']>(steps: readonly Step[], check: C) =>
  steps.find((step): step is Extract<Step, { check: C }> => step.check === check);

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
    expect(stepOf(verdict.steps, 'due')).toMatchObject({ outcome: 'stop', oldEnoughAt: daysAgo(310) });
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
    expect(stepOf(verdict.steps, 'free-space')).toMatchObject({
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

describe('protection', () => {
  test('by hand, for ever or until a date', () => {
    const film = aFilm();
    const by = (until: Date | null) =>
      judged(film, aPolicy(), { exclusions: [anExclusion(film.id, { until })] }).standing;
    expect(by(null)).toBe('protected');
    expect(by(daysAgo(-1))).toBe('protected');
    expect(by(daysAgo(1))).toBe('due');
    expect(by(now)).toBe('due');
  });

  test('by hand on a show covers its seasons, and on a season the whole show', () => {
    const show = aShow();
    const [first, second] = [aSeason(show, 1), aSeason(show, 2)];
    const items = [show, first, second];
    const seasons = aPolicy({ unit: 'season' });
    const shows = aPolicy({ unit: 'show' });
    const onShow = { items, exclusions: [anExclusion(show.id)] };
    const onFirst = { items, exclusions: [anExclusion(first.id)] };
    expect(judged(second, seasons, onShow).standing).toBe('protected');
    expect(judged(show, shows, onFirst).standing).toBe('protected');
    expect(judged(second, seasons, onFirst).standing).toBe('due');
  });

  test('by a short exclusion does not shorten a long one', () => {
    const show = aShow();
    const season = aSeason(show, 1);
    const exclusions = [anExclusion(show.id), anExclusion(season.id, { until: daysAgo(1) })];
    const policy = aPolicy({ unit: 'season' });
    expect(judged(season, policy, { items: [show, season], exclusions }).standing).toBe('protected');
  });

  test('J-28: by a tag in any case', () => {
    const policy = aPolicy({ exclusionTags: ['Keep-Me'] });
    const verdict = judged(aFilm({ tags: known(['other', 'keep-ME']) }), policy);
    expect(verdict.standing).toBe('protected');
    expect(stepOf(verdict.steps, 'exclusion-tags')?.matched).toEqual(['keep-ME']);
    expect(judged(aFilm({ tags: known(['keep']) }), policy).standing).toBe('due');
  });

  test('by somebody who plays it at this moment', () => {
    expect(judged(aFilm({ playingNow: known(true) })).standing).toBe('protected');
  });

  test('by somebody who is half-way through, if the policy says so', () => {
    const watch = known({
      lastWatchedAt: daysAgo(300),
      watchers: [{ user: 'ana', lastWatchedAt: daysAgo(300), finished: false, halfWay: true }],
    });
    const verdict = judged(aFilm({ watch }));
    expect(verdict.standing).toBe('protected');
    expect(stepOf(verdict.steps, 'half-way')?.by).toEqual(['ana']);
    expect(judged(aFilm({ watch }), aPolicy({ halfWayProtects: false })).standing).toBe('due');
  });

  test('by a favourite, if the policy says so', () => {
    const favouriteOf = known(['ben']);
    expect(judged(aFilm({ favouriteOf })).standing).toBe('protected');
    expect(judged(aFilm({ favouriteOf }), aPolicy({ favouritesProtect: false })).standing).toBe('due');
  });

  test('decides even when something else could not be asked, and the chain still says so', () => {
    const verdict = judged(aFilm({ favouriteOf: known(['ben']), watch: unknown('timed-out') }));
    expect(verdict.standing).toBe('protected');
    expect(stepOf(verdict.steps, 'age')).toMatchObject({ outcome: 'unknown', why: 'timed-out' });
  });
});

describe('shows and seasons', () => {
  const seasons = aPolicy({ unit: 'season' });

  test('J-93 J-94: a show that goes on never goes as a whole', () => {
    const shows = aPolicy({ unit: 'show' });
    expect(judged(aShow({ continuing: true }), shows).standing).toBe('protected');
    expect(judged(aShow(), shows).standing).toBe('due');
  });

  test('the newest season with files of a show that goes on stays, the older ones may go', () => {
    const show = aShow({ continuing: true });
    const [first, second] = [aSeason(show, 1), aSeason(show, 2)];
    const items = [show, first, second];
    expect(judged(second, seasons, { items }).standing).toBe('protected');
    expect(judged(first, seasons, { items }).standing).toBe('due');
  });

  test('J-72: announcing the next season does not cost the running one', () => {
    const show = aShow({ continuing: true });
    const running = aSeason(show, 2);
    const items = [show, aSeason(show, 1), running, aSeason(show, 3, { fileCount: 0 })];
    expect(judged(running, seasons, { items }).standing).toBe('protected');
  });

  test('every season of an ended show may go', () => {
    const show = aShow();
    const last = aSeason(show, 2);
    expect(judged(last, seasons, { items: [show, aSeason(show, 1), last] }).standing).toBe('due');
  });

  test('specials are left alone', () => {
    const show = aShow();
    const specials = aSeason(show, 0);
    expect(judged(specials, seasons, { items: [show, specials] }).standing).toBe('out-of-scope');
  });

  test('a season whose show is not in the library is unknown', () => {
    const season = aSeason(aShow(), 1);
    expect(judged(season, seasons, { items: [season] }).standing).toBe('unknown');
  });
});

describe('what could not be asked', () => {
  const cannotSay: [string, Partial<Item>][] = [
    ['tags', { tags: unknown('x') }],
    ['size', { sizeBytes: unknown('x') }],
    ['a size of nothing', { sizeBytes: known(0) }],
    ['import', { newestFileAt: unknown('x') }],
    ['no import', { newestFileAt: known(null) }],
    ['watch', { watch: unknown('x') }],
    ['favourites', { favouriteOf: unknown('x') }],
    ['playing', { playingNow: unknown('x') }],
    ['disk', { diskId: null }],
    ['another disk', { diskId: disk2 }],
  ];
  const policy = aPolicy({ exclusionTags: ['keep'] });

  test.each(cannotSay)('%s makes the verdict unknown', (_what, over) => {
    expect(judged(aFilm(over), policy)).toMatchObject({
      standing: 'unknown',
      dueAt: null,
      markedSince: null,
    });
  });

  test.each([
    ['free space', { freeBytes: unknown('no-mount') }],
    ['its size', { totalBytes: unknown('no-mount') }],
    ['its size, which reads as zero', { totalBytes: known(0) }],
  ])('the disk cannot say %s', (_what, over) => {
    expect(judged(aFilm(), policy, { disks: [aDisk(5, over)] }).standing).toBe('unknown');
  });

  test('whatever else is true of an item, one unknown fact never ends in a removal', () => {
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.oneof(value.map(known), fc.constant(unknown('x')));
    const date = fc.integer({ min: -100, max: 2000 }).map(daysAgo);
    const anything = fc.record({
      tags: maybe(fc.subarray(['keep', 'other'])),
      sizeBytes: maybe(fc.integer({ min: 0, max: 1e12 })),
      newestFileAt: maybe(fc.option(date)),
      watch: maybe(fc.option(date).map((lastWatchedAt) => ({ lastWatchedAt, watchers: [] }))),
      favouriteOf: maybe(fc.subarray(['ana'])),
      playingNow: maybe(fc.boolean()),
    });
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 100 }), (facts, free) => {
        const film = aFilm(facts);
        const { standing } = judged(film, policy, { disks: [aDisk(free)] });
        if (standing !== 'due') return;
        expect(Object.values(facts).every((fact) => fact.known)).toBe(true);
        expect(free).toBeLessThan(20);
        expect(facts.tags).toEqual(
          known(facts.tags.known && facts.tags.value.filter((tag) => tag !== 'keep')),
        );
        expect(facts.favouriteOf).toEqual(known([]));
        expect(facts.playingNow).toEqual(known(false));
      }),
      { numRuns: 2000 },
    );
  });
});

test('an item that leaves the window loses its mark', () => {
  const film = aFilm({ watch: known({ lastWatchedAt: daysAgo(1), watchers: [] }) });
  const markedSince = new Map<ItemId, Date>([[film.id, daysAgo(20)]]);
  expect(judged(film, aPolicy(), { markedSince })).toMatchObject({ standing: 'kept', markedSince: null });
});
