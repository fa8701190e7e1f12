import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import { aFilm, anExclusion, aPolicy, aSeason, aShow, daysAgo, now } from '../build.fake.ts';
import { judged, stepOf } from './judge.fake.ts';

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
    expect(stepOf(verdict, 'exclusion-tags')?.matched).toEqual(['keep-ME']);
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
    expect(stepOf(verdict, 'half-way')?.by).toEqual(['ana']);
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
    expect(stepOf(verdict, 'age')).toMatchObject({ outcome: 'unknown', why: 'timed-out' });
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
