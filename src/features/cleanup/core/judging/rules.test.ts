import { describe, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Item, Watcher } from '#features/library/core/item.ts';
import {
  aDisk,
  aFilm,
  anEpisode,
  anEpisodesPolicy,
  aPolicy,
  aSeason,
  aShow,
  aTagPolicy,
  aWatchedPolicy,
  daysAgo,
  jellyfin,
  radarr,
} from '../build.fake.ts';
import { claimsOf } from './claims.ts';
import { judgedBy, stepOf } from './judge.fake.ts';
import type { Policy } from '../policy/policy.ts';

const tagged = (tags: string[], days: number) =>
  aFilm({ tags: known(tags), newestFileAt: known(daysAgo(days)) });

describe('C-04, by tag', () => {
  test('J-60: a tag lets go after its own age', () => {
    expect(judgedBy(aTagPolicy(), tagged(['demo'], 31)).standing).toBe('due');
    expect(judgedBy(aTagPolicy(), tagged(['demo'], 10)).standing).toBe('kept');
  });

  test('J-28: in any case', () => {
    expect(judgedBy(aTagPolicy(), tagged(['DEMO'], 31)).standing).toBe('due');
  });

  test('J-64: of several tags the one that keeps longest rules, and the chain says which', () => {
    const verdict = judgedBy(aTagPolicy(), tagged(['demo', 'kids'], 100));
    expect(verdict.standing).toBe('kept');
    expect(stepOf(verdict, 'tag-age')).toMatchObject({
      tags: ['kids', 'demo'],
      ruling: 'kids',
      maxAgeDays: 365,
    });
  });

  test('each tag has its own gate of free space; equal is not below', () => {
    const tags = [{ tag: 'demo', maxAgeDays: 30, freeBelowPercent: 20 }];
    const at = (free: number) =>
      judgedBy(aTagPolicy({ tags }), tagged(['demo'], 100), { disks: [aDisk(free)] });
    expect(at(19.9).standing).toBe('due');
    expect(at(20).standing).toBe('kept');
    expect(stepOf(at(20), 'free-space')).toMatchObject({ outcome: 'stop', belowPercent: 20 });
  });

  test('J-61: tagging something old announces it first, for the whole window', () => {
    const verdict = judgedBy(aTagPolicy(), tagged(['demo'], 900), { markedSince: new Map() });
    expect(verdict).toMatchObject({ standing: 'eligible', markedSince: null });
  });

  test('what carries none of its tags is not its business', () => {
    const verdict = judgedBy(aTagPolicy(), tagged(['other'], 900));
    expect(verdict.standing).toBe('out-of-scope');
    expect(verdict.steps).toMatchObject([{ because: 'not-chosen' }]);
  });

  test('unknown tags never go', () => {
    expect(judgedBy(aTagPolicy(), aFilm({ tags: unknown('timed-out') })).standing).toBe('unknown');
  });

  test('a disk that cannot be read lets nothing go, also without a gate', () => {
    const disks = [aDisk(5, { freeBytes: unknown('disk-free-not-told') })];
    expect(judgedBy(aTagPolicy(), tagged(['demo'], 100), { disks }).standing).toBe('unknown');
    expect(judgedBy(aTagPolicy(), { ...tagged(['demo'], 100), diskId: null }).standing).toBe('unknown');
  });
});

describe('what has a policy of its own', () => {
  const tags = aTagPolicy();

  test('J-64: a tagged film is left to its tag policy, also while that is switched off', () => {
    const off = { ...tags, enabled: false };
    const verdict = judgedBy(aPolicy(), tagged(['kids'], 300), { claims: claimsOf([off]) });
    expect(verdict.standing).toBe('out-of-scope');
    expect(verdict.steps).toMatchObject([{ because: 'has-own-policy', policy: tags.name }]);
  });

  test('others are not, and neither is a film of a service that the tag policy does not look at', () => {
    expect(judgedBy(aPolicy(), tagged(['other'], 300), { claims: claimsOf([tags]) }).standing).toBe('due');
    const elsewhere = aTagPolicy({ connectionIds: [jellyfin] });
    expect(judgedBy(aPolicy(), tagged(['kids'], 300), { claims: claimsOf([elsewhere]) }).standing).toBe(
      'due',
    );
    const here = aTagPolicy({ connectionIds: [radarr] });
    expect(judgedBy(aPolicy(), tagged(['kids'], 300), { claims: claimsOf([here]) }).standing).toBe(
      'out-of-scope',
    );
  });

  test('of two tag policies the longer age rules', () => {
    const longer = aTagPolicy({ tags: [{ tag: 'slow', maxAgeDays: 700, freeBelowPercent: null }] });
    const film = tagged(['demo', 'slow'], 100);
    const claims = claimsOf([tags, longer]);
    expect(judgedBy(tags, film, { claims }).standing).toBe('out-of-scope');
    expect(judgedBy(longer, film, { claims }).standing).toBe('kept');
  });

  test('J-29: seasons of a daily show are left to its episode policy', () => {
    const show = aShow({ tags: known(['Daily']) });
    const season = aSeason(show, 1);
    const claims = claimsOf([anEpisodesPolicy({ enabled: false })]);
    const verdict = judgedBy(aPolicy({ unit: 'season' }), season, {
      items: [show, season, aSeason(show, 2)],
      claims,
    });
    expect(verdict.standing).toBe('out-of-scope');
    const named = claimsOf([anEpisodesPolicy({ showTags: [], showIds: [show.id] })]);
    const items = [show, season, aSeason(show, 2)];
    expect(judgedBy(aPolicy({ unit: 'season' }), season, { items, claims: named }).standing).toBe(
      'out-of-scope',
    );
  });

  test('with unknown tags nobody can say whose it is', () => {
    const verdict = judgedBy(aPolicy(), aFilm({ tags: unknown('timed-out') }), { claims: claimsOf([tags]) });
    expect(verdict.standing).toBe('unknown');
  });
});

const watcher = (user: string, days: number, finished = true): Watcher => ({
  user,
  lastWatchedAt: daysAgo(days),
  finished,
  halfWay: !finished,
});
const watchedFilm = (watchers: Watcher[], over: Partial<Item> = {}) => {
  const dates = watchers.flatMap(({ lastWatchedAt }) => lastWatchedAt ?? []);
  const lastWatchedAt = dates.length > 0 ? new Date(Math.max(...dates.map(Number))) : null;
  return aFilm({ watch: known({ lastWatchedAt, watchers }), ...over });
};
const asked = (by: string, mediaUser: string | null = by) => ({ by, mediaUser, at: daysAgo(500) });

describe('once watched (janitorr#27, janitorr#137)', () => {
  test('seen by everybody who began it: so many days after the last of them', () => {
    const policy = aWatchedPolicy();
    expect(judgedBy(policy, watchedFilm([watcher('Ana', 31), watcher('Luis', 40)])).standing).toBe('due');
    expect(judgedBy(policy, watchedFilm([watcher('Ana', 5), watcher('Luis', 40)])).standing).toBe('kept');
  });

  test('somebody who began and has not finished keeps it', () => {
    const policy = aWatchedPolicy({ halfWayProtects: false });
    const verdict = judgedBy(policy, watchedFilm([watcher('Ana', 100), watcher('Luis', 90, false)]));
    expect(verdict.standing).toBe('kept');
    expect(stepOf(verdict, 'watched-by')).toMatchObject({ seen: ['Ana'], waitingFor: ['Luis'] });
  });

  test('what nobody began has a clock of its own, or stays', () => {
    const film = aFilm({ newestFileAt: known(daysAgo(200)) });
    expect(judgedBy(aWatchedPolicy(), film).standing).toBe('kept');
    expect(judgedBy(aWatchedPolicy({ neverWatchedDays: 180 }), film).standing).toBe('due');
    expect(judgedBy(aWatchedPolicy({ neverWatchedDays: 365 }), film).standing).toBe('kept');
  });

  test('seen by whoever asked for it, found by the name in the media server', () => {
    const policy = aWatchedPolicy({ seenBy: 'requester' });
    const requests = known([asked('ana@home', 'ANA')]);
    expect(judgedBy(policy, watchedFilm([watcher('Ana', 60)], { requests })).standing).toBe('due');
    expect(judgedBy(policy, watchedFilm([watcher('Luis', 60)], { requests })).standing).toBe('kept');
  });

  test('nobody asked for it: then nobody decides', () => {
    const policy = aWatchedPolicy({ seenBy: 'requester' });
    expect(judgedBy(policy, watchedFilm([watcher('Ana', 60)])).standing).toBe('kept');
  });

  test('a requester whom the media server does not know may not have seen it', () => {
    const policy = aWatchedPolicy({ seenBy: 'requester' });
    const requests = known([asked('Ana', null)]);
    expect(judgedBy(policy, watchedFilm([watcher('Ana', 60)], { requests })).standing).toBe('unknown');
    const down = { requests: unknown('seerr-stale') };
    expect(judgedBy(policy, watchedFilm([watcher('Ana', 60)], down)).standing).toBe('unknown');
  });

  test('seen by everybody who can sign in; who they are must be known', () => {
    const policy = aWatchedPolicy({ seenBy: 'everybody' });
    const film = watchedFilm([watcher('Ana', 60), watcher('luis', 60)]);
    expect(judgedBy(policy, film, { mediaUsers: known(['ana', 'Luis']) }).standing).toBe('due');
    expect(judgedBy(policy, film, { mediaUsers: known(['Ana', 'Luis', 'Eva']) }).standing).toBe('kept');
    expect(judgedBy(policy, film, { mediaUsers: unknown('media-server-stale') }).standing).toBe('unknown');
    expect(judgedBy(policy, film, { mediaUsers: known([]) }).standing).toBe('kept');
  });

  test('J-33: when nobody can say who watched, it never goes', () => {
    const policy = aWatchedPolicy({ neverWatchedDays: 1 });
    expect(judgedBy(policy, aFilm({ watch: unknown('timed-out') })).standing).toBe('unknown');
  });
});

describe('C-05, the last episodes of a show', () => {
  const show = aShow({ tags: known(['daily']), continuing: true });
  const seasons = [aSeason(show, 0), aSeason(show, 2025), aSeason(show, 2026)];
  const empty = aSeason(show, 2027, { fileCount: 0, sizeBytes: known(0) });
  const old = (days: number): Partial<Item> => ({ newestFileAt: known(daysAgo(days)) });
  const episodes = [
    anEpisode(show, 2025, 1, old(90)),
    anEpisode(show, 2025, 2, old(80)),
    anEpisode(show, 2026, 1, old(40)),
    anEpisode(show, 2026, 2, old(20)),
    anEpisode(show, 2026, 3, old(10)),
    anEpisode(show, 2026, 4, old(1)),
  ];
  const special = anEpisode(show, 0, 1, old(400));
  const items = [show, ...seasons, empty, ...episodes, special];
  const standings = (policy: Policy) => episodes.map((one) => judgedBy(policy, one, { items }).standing);

  test('the last three that have files stay; daily shows numbered by year are shows like others (J-75)', () => {
    expect(standings(anEpisodesPolicy())).toEqual(['due', 'due', 'due', 'kept', 'kept', 'kept']);
  });

  test('older seasons stay unless they are asked for', () => {
    const policy = anEpisodesPolicy({ olderSeasons: false });
    expect(standings(policy)).toEqual(['kept', 'kept', 'due', 'kept', 'kept', 'kept']);
  });

  test('J-71, J-72: an announced season without files shifts nothing', () => {
    const without = items.filter((item) => item !== empty);
    const policy = anEpisodesPolicy();
    for (const one of episodes) {
      expect(judgedBy(policy, one, { items })).toEqual(judgedBy(policy, one, { items: without }));
    }
  });

  test('J-73 J-76: aired episodes without a file use up no place', () => {
    const gone = items.filter((item) => item !== episodes[5] && item !== episodes[4]);
    expect(judgedBy(anEpisodesPolicy(), episodes[1] as Item, { items: gone }).standing).toBe('kept');
  });

  test('by days; what either the number or the days keep, stays', () => {
    const days = anEpisodesPolicy({ keepLast: null, keepDays: 30 });
    // the mark is from before the fourth one came, so it is not announced yet
    expect(standings(days)).toEqual(['due', 'due', 'due', 'eligible', 'kept', 'kept']);
    expect(standings(anEpisodesPolicy({ keepLast: 3, keepDays: 85 }))).toEqual([
      'due',
      'leaving-soon',
      'kept',
      'kept',
      'kept',
      'kept',
    ]);
  });

  test('J-74: a re-download is as young as its newest import', () => {
    const again = { ...(episodes[0] as Item), newestFileAt: known(daysAgo(2)) };
    const policy = anEpisodesPolicy({ keepLast: null, keepDays: 30 });
    expect(judgedBy(policy, again, { items: [...items, again] }).standing).toBe('kept');
  });

  test('J-72: specials are left alone unless they are asked for, and then counted apart', () => {
    expect(judgedBy(anEpisodesPolicy(), special, { items }).standing).toBe('out-of-scope');
    expect(judgedBy(anEpisodesPolicy({ specials: true }), special, { items }).standing).toBe('kept');
    const two = anEpisode(show, 0, 2);
    const policy = anEpisodesPolicy({ specials: true, keepLast: 1 });
    expect(judgedBy(policy, special, { items: [...items, two] }).standing).toBe('due');
  });

  test('T-05: a file with several episodes stands where its last one does', () => {
    const double = anEpisode(show, 2026, 5, {
      episodes: [5, 6].map((episodeNumber) => ({ seasonNumber: 2026, episodeNumber, airedAt: null })),
    });
    const verdict = judgedBy(anEpisodesPolicy({ keepLast: 1 }), double, { items: [...items, double] });
    expect(stepOf(verdict, 'episode-window')).toMatchObject({ place: 1, because: 'last' });
  });

  test('a show that is neither tagged nor named is not its business', () => {
    const other = aShow();
    const one = anEpisode(other, 1, 1);
    expect(judgedBy(anEpisodesPolicy(), one, { items: [other, one] }).standing).toBe('out-of-scope');
    const named = anEpisodesPolicy({ showIds: [other.id], keepLast: 1 });
    const two = anEpisode(other, 1, 2);
    expect(judgedBy(named, one, { items: [other, aSeason(other, 1), one, two] }).standing).toBe('due');
  });
});
