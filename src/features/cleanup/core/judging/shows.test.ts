import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Item } from '#features/library/core/item.ts';
import {
  aDisk,
  anEpisode,
  anEpisodesPolicy,
  anExclusion,
  aPolicy,
  aSeason,
  aShow,
  daysAgo,
  now,
  warned,
} from '../build.fake.ts';
import { gatherEvidence, type EvidenceInput } from './evidence.ts';
import { judge } from './judge.ts';
import type { Policy } from '../policy/policy.ts';

function standingOf(policy: Policy, item: Item, items: readonly Item[], over: Partial<EvidenceInput> = {}) {
  const base = { disks: [aDisk()], exclusions: [], markedSince: warned(items), claims: [] };
  const evidence = gatherEvidence(policy, { ...base, items, mediaUsers: known([]), now, ...over });
  return judge(policy, item, evidence).standing;
}

const seenBy = (user: string, days: number, finished = true): Partial<Item> => ({
  newestFileAt: known(daysAgo(500)),
  watch: known({
    lastWatchedAt: daysAgo(days),
    watchers: [{ user, lastWatchedAt: daysAgo(days), finished, halfWay: !finished }],
  }),
});

describe('G9: a show that somebody is in the middle of is not broken', () => {
  const policy = aPolicy({
    unit: 'season',
    midShowDays: 365,
    tiers: [{ freeBelowPercent: 10, maxAgeDays: 90 }],
  });
  const show = aShow();
  const one = aSeason(show, 1, seenBy('Ana', 200));
  const two = aSeason(show, 2);
  const three = aSeason(show, 3);
  const items = [show, one, two, three];

  test('what is still before them stays; what they have seen may go', () => {
    expect(items.slice(1).map((season) => standingOf(policy, season, items))).toEqual([
      'due',
      'protected',
      'protected',
    ]);
  });

  test('a season that they began and did not finish stays too', () => {
    const begun = aSeason(show, 1, seenBy('Ana', 200, false));
    const open = { ...policy, halfWayProtects: false };
    expect(standingOf(open, begun, [show, begun, two, three])).toBe('protected');
  });

  test('who watched long ago does not count, and neither does who has seen it all', () => {
    const short = { ...policy, midShowDays: 100 };
    expect(standingOf(short, three, items)).toBe('due');
    const all = [show, one, two, aSeason(show, 3, seenBy('Ana', 200))];
    expect(standingOf(policy, two, all)).toBe('due');
  });

  test('a season of which nobody can say who watched it makes what follows unknown, not what is before it', () => {
    const dark = [show, aSeason(show, 1), aSeason(show, 2, { watch: unknown('x') }), aSeason(show, 3)];
    expect(standingOf(policy, dark[1] as Item, dark)).toBe('due');
    expect(standingOf(policy, dark[3] as Item, dark)).toBe('unknown');
  });

  test('a whole show is not taken from under anybody', () => {
    expect(standingOf({ ...policy, unit: 'show' }, show, items)).toBe('protected');
  });

  test('of a season that somebody goes on with, the episodes they have seen may go', () => {
    const daily = aShow({ tags: known(['daily']) });
    const season = aSeason(daily, 1, seenBy('Ana', 3, false));
    const seen = anEpisode(daily, 1, 1, seenBy('Ana', 5));
    const next = anEpisode(daily, 1, 2, { newestFileAt: known(daysAgo(500)) });
    const last = anEpisode(daily, 1, 3);
    const all = [daily, season, seen, next, last];
    const episodes = anEpisodesPolicy({ keepLast: 1, midShowDays: 30 });
    expect([seen, next, last].map((item) => standingOf(episodes, item, all))).toEqual([
      'due',
      'protected',
      'protected',
    ]);
  });
});

test('the first season stays as a sampler, even when it is not number one', () => {
  const show = aShow();
  const items = [show, aSeason(show, 0), aSeason(show, 3), aSeason(show, 4)];
  const policy = aPolicy({ unit: 'season', keepsFirstSeason: true });
  expect(standingOf(policy, items[2] as Item, items)).toBe('protected');
  expect(standingOf(policy, items[3] as Item, items)).toBe('due');
});

test('continuing and ended shows can have policies of their own', () => {
  const ended = aShow();
  const going = aShow({ continuing: true });
  const items = [ended, going, aSeason(ended, 1), aSeason(ended, 2), aSeason(going, 1), aSeason(going, 2)];
  const at = (shows: Policy['shows'], item: Item) =>
    standingOf(aPolicy({ unit: 'season', shows }), item, items);
  expect(at('ended', items[2] as Item)).toBe('due');
  expect(at('ended', items[4] as Item)).toBe('out-of-scope');
  expect(at('continuing', items[2] as Item)).toBe('out-of-scope');
  expect(at('continuing', items[4] as Item)).toBe('due');
});

describe('asked for lately', () => {
  const show = aShow();
  const season = aSeason(show, 1);
  const policy = aPolicy({ unit: 'season', requestedWithinDays: 30 });
  const asked = (days: number) => known([{ by: 'Ana', mediaUser: 'Ana', at: daysAgo(days) }]);

  test('stays for as many days as the policy says', () => {
    expect(standingOf(policy, { ...season, requests: asked(29) }, [show, season])).toBe('protected');
    expect(standingOf(policy, { ...season, requests: asked(30) }, [show, season])).toBe('due');
  });

  test('when nobody could say who asked, nothing goes', () => {
    expect(standingOf(policy, { ...season, requests: unknown('seerr-stale') }, [show, season])).toBe(
      'unknown',
    );
  });
});

describe('favourites of chosen people (C-06)', () => {
  const show = aShow();
  const season = aSeason(show, 1, { favouriteOf: known(['Ana']) });
  const everybody = known(['Ana', 'Luis']);
  const of = (favouriteUsers: string[], mediaUsers: EvidenceInput['mediaUsers'] = everybody) =>
    standingOf(aPolicy({ unit: 'season', favouriteUsers }), season, [show, season], { mediaUsers });

  test('count in any case; those of others do not', () => {
    expect(of(['ANA', 'Luis'])).toBe('protected');
    expect(of(['Luis'])).toBe('due');
    expect(of([])).toBe('protected');
  });

  test('when one of them is nobody any more, everybody counts: it may be her under another name', () => {
    expect(of(['Luis', 'Anita'])).toBe('protected');
    expect(of(['Luis'], known([]))).toBe('protected');
    expect(of(['Luis'], unknown('media-server-stale'))).toBe('protected');
  });

  test('J-120: a lookup that failed protects, whoever was chosen', () => {
    const dark = { ...season, favouriteOf: unknown('timed-out') };
    expect(standingOf(aPolicy({ unit: 'season', favouriteUsers: ['Luis'] }), dark, [show, dark])).toBe(
      'unknown',
    );
  });
});

test('who keeps a season or a show by hand keeps its episodes, and one kept episode keeps them all from going whole', () => {
  const show = aShow({ tags: known(['daily']) });
  const season = aSeason(show, 1);
  const episodes = [anEpisode(show, 1, 1), anEpisode(show, 1, 2)];
  const items = [show, season, ...episodes];
  const first = episodes[0] as Item;
  const policy = anEpisodesPolicy({ keepLast: 1 });
  for (const kept of [show.id, season.id, first.id]) {
    expect(standingOf(policy, first, items, { exclusions: [anExclusion(kept)] })).toBe('protected');
  }
  const exclusions = [anExclusion(first.id)];
  for (const [unit, item] of [
    ['season', season],
    ['show', show],
  ] as const) {
    const claimless = aPolicy({ unit });
    expect(standingOf(claimless, item, [show, season], { exclusions })).toBe('protected');
  }
});
