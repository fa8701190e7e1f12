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
  now,
  radarr,
  warned,
} from '../build.fake.ts';
import { claimsOf } from './claims.ts';
import { gatherEvidence, type EvidenceInput } from './evidence.ts';
import { judge } from './judge.ts';
import type { Policy } from '../policy/policy.ts';
import type { Step, Verdict } from './verdict.ts';

function judged(policy: Policy, item: Item, over: Partial<EvidenceInput> = {}): Verdict {
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

const stepOf = <C extends Step['check']>({ steps }: Verdict, check: C) =>
  steps.find((step): step is Extract<Step, { check: C }> => step.check === check);
const tagged = (tags: string[], days: number) =>
  aFilm({ tags: known(tags), newestFileAt: known(daysAgo(days)) });

describe('C-04, by tag', () => {
  test('J-60: a tag lets go after its own age', () => {
    expect(judged(aTagPolicy(), tagged(['demo'], 31)).standing).toBe('due');
    expect(judged(aTagPolicy(), tagged(['demo'], 10)).standing).toBe('kept');
  });

  test('J-28: in any case', () => {
    expect(judged(aTagPolicy(), tagged(['DEMO'], 31)).standing).toBe('due');
  });

  test('J-64: of several tags the one that keeps longest rules, and the chain says which', () => {
    const verdict = judged(aTagPolicy(), tagged(['demo', 'kids'], 100));
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
      judged(aTagPolicy({ tags }), tagged(['demo'], 100), { disks: [aDisk(free)] });
    expect(at(19.9).standing).toBe('due');
    expect(at(20).standing).toBe('kept');
    expect(stepOf(at(20), 'free-space')).toMatchObject({ outcome: 'stop', belowPercent: 20 });
  });

  test('J-61: tagging something old announces it first, for the whole window', () => {
    const verdict = judged(aTagPolicy(), tagged(['demo'], 900), { markedSince: new Map() });
    expect(verdict).toMatchObject({ standing: 'eligible', markedSince: null });
  });

  test('what carries none of its tags is not its business', () => {
    const verdict = judged(aTagPolicy(), tagged(['other'], 900));
    expect(verdict.standing).toBe('out-of-scope');
    expect(verdict.steps).toMatchObject([{ because: 'not-chosen' }]);
  });

  test('unknown tags never go', () => {
    expect(judged(aTagPolicy(), aFilm({ tags: unknown('timed-out') })).standing).toBe('unknown');
  });

  test('a disk that cannot be read lets nothing go, also without a gate', () => {
    const disks = [aDisk(5, { freeBytes: unknown('disk-free-not-told') })];
    expect(judged(aTagPolicy(), tagged(['demo'], 100), { disks }).standing).toBe('unknown');
    expect(judged(aTagPolicy(), { ...tagged(['demo'], 100), diskId: null }).standing).toBe('unknown');
  });
});

describe('what has a policy of its own', () => {
  const tags = aTagPolicy();

  test('J-64: a tagged film is left to its tag policy, also while that is switched off', () => {
    const off = { ...tags, enabled: false };
    const verdict = judged(aPolicy(), tagged(['kids'], 300), { claims: claimsOf([off]) });
    expect(verdict.standing).toBe('out-of-scope');
    expect(verdict.steps).toMatchObject([{ because: 'has-own-policy', policy: tags.name }]);
  });

  test('others are not, and neither is a film of a service that the tag policy does not look at', () => {
    expect(judged(aPolicy(), tagged(['other'], 300), { claims: claimsOf([tags]) }).standing).toBe('due');
    const elsewhere = aTagPolicy({ connectionIds: [jellyfin] });
    expect(judged(aPolicy(), tagged(['kids'], 300), { claims: claimsOf([elsewhere]) }).standing).toBe('due');
    const here = aTagPolicy({ connectionIds: [radarr] });
    expect(judged(aPolicy(), tagged(['kids'], 300), { claims: claimsOf([here]) }).standing).toBe(
      'out-of-scope',
    );
  });

  test('of two tag policies the longer age rules', () => {
    const longer = aTagPolicy({ tags: [{ tag: 'slow', maxAgeDays: 700, freeBelowPercent: null }] });
    const film = tagged(['demo', 'slow'], 100);
    const claims = claimsOf([tags, longer]);
    expect(judged(tags, film, { claims }).standing).toBe('out-of-scope');
    expect(judged(longer, film, { claims }).standing).toBe('kept');
  });

  test('J-29: seasons of a daily show are left to its episode policy', () => {
    const show = aShow({ tags: known(['Daily']) });
    const season = aSeason(show, 1);
    const claims = claimsOf([anEpisodesPolicy({ enabled: false })]);
    const verdict = judged(aPolicy({ unit: 'season' }), season, {
      items: [show, season, aSeason(show, 2)],
      claims,
    });
    expect(verdict.standing).toBe('out-of-scope');
    const named = claimsOf([anEpisodesPolicy({ showTags: [], showIds: [show.id] })]);
    const items = [show, season, aSeason(show, 2)];
    expect(judged(aPolicy({ unit: 'season' }), season, { items, claims: named }).standing).toBe(
      'out-of-scope',
    );
  });

  test('with unknown tags nobody can say whose it is', () => {
    const verdict = judged(aPolicy(), aFilm({ tags: unknown('timed-out') }), { claims: claimsOf([tags]) });
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
    expect(judged(policy, watchedFilm([watcher('Ana', 31), watcher('Luis', 40)])).standing).toBe('due');
    expect(judged(policy, watchedFilm([watcher('Ana', 5), watcher('Luis', 40)])).standing).toBe('kept');
  });

  test('somebody who began and has not finished keeps it', () => {
    const policy = aWatchedPolicy({ halfWayProtects: false });
    const verdict = judged(policy, watchedFilm([watcher('Ana', 100), watcher('Luis', 90, false)]));
    expect(verdict.standing).toBe('kept');
    expect(stepOf(verdict, 'watched-by')).toMatchObject({ seen: ['Ana'], waitingFor: ['Luis'] });
  });

  test('what nobody began has a clock of its own, or stays', () => {
    const film = aFilm({ newestFileAt: known(daysAgo(200)) });
    expect(judged(aWatchedPolicy(), film).standing).toBe('kept');
    expect(judged(aWatchedPolicy({ neverWatchedDays: 180 }), film).standing).toBe('due');
    expect(judged(aWatchedPolicy({ neverWatchedDays: 365 }), film).standing).toBe('kept');
  });

  test('seen by whoever asked for it, found by the name in the media server', () => {
    const policy = aWatchedPolicy({ seenBy: 'requester' });
    const requests = known([asked('ana@home', 'ANA')]);
    expect(judged(policy, watchedFilm([watcher('Ana', 60)], { requests })).standing).toBe('due');
    expect(judged(policy, watchedFilm([watcher('Luis', 60)], { requests })).standing).toBe('kept');
  });

  test('nobody asked for it: then nobody decides', () => {
    const policy = aWatchedPolicy({ seenBy: 'requester' });
    expect(judged(policy, watchedFilm([watcher('Ana', 60)])).standing).toBe('kept');
  });

  test('a requester whom the media server does not know may not have seen it', () => {
    const policy = aWatchedPolicy({ seenBy: 'requester' });
    const requests = known([asked('Ana', null)]);
    expect(judged(policy, watchedFilm([watcher('Ana', 60)], { requests })).standing).toBe('unknown');
    const down = { requests: unknown('seerr-stale') };
    expect(judged(policy, watchedFilm([watcher('Ana', 60)], down)).standing).toBe('unknown');
  });

  test('seen by everybody who can sign in; who they are must be known', () => {
    const policy = aWatchedPolicy({ seenBy: 'everybody' });
    const film = watchedFilm([watcher('Ana', 60), watcher('luis', 60)]);
    expect(judged(policy, film, { mediaUsers: known(['ana', 'Luis']) }).standing).toBe('due');
    expect(judged(policy, film, { mediaUsers: known(['Ana', 'Luis', 'Eva']) }).standing).toBe('kept');
    expect(judged(policy, film, { mediaUsers: unknown('media-server-stale') }).standing).toBe('unknown');
    expect(judged(policy, film, { mediaUsers: known([]) }).standing).toBe('kept');
  });

  test('J-33: when nobody can say who watched, it never goes', () => {
    const policy = aWatchedPolicy({ neverWatchedDays: 1 });
    expect(judged(policy, aFilm({ watch: unknown('timed-out') })).standing).toBe('unknown');
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
  const standings = (policy: Policy) => episodes.map((one) => judged(policy, one, { items }).standing);

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
      expect(judged(policy, one, { items })).toEqual(judged(policy, one, { items: without }));
    }
  });

  test('J-73 J-76: aired episodes without a file use up no place', () => {
    const gone = items.filter((item) => item !== episodes[5] && item !== episodes[4]);
    expect(judged(anEpisodesPolicy(), episodes[1] as Item, { items: gone }).standing).toBe('kept');
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
    expect(judged(policy, again, { items: [...items, again] }).standing).toBe('kept');
  });

  test('J-72: specials are left alone unless they are asked for, and then counted apart', () => {
    expect(judged(anEpisodesPolicy(), special, { items }).standing).toBe('out-of-scope');
    expect(judged(anEpisodesPolicy({ specials: true }), special, { items }).standing).toBe('kept');
    const two = anEpisode(show, 0, 2);
    const policy = anEpisodesPolicy({ specials: true, keepLast: 1 });
    expect(judged(policy, special, { items: [...items, two] }).standing).toBe('due');
  });

  test('T-05: a file with several episodes stands where its last one does', () => {
    const double = anEpisode(show, 2026, 5, {
      episodes: [5, 6].map((episodeNumber) => ({ seasonNumber: 2026, episodeNumber, airedAt: null })),
    });
    const verdict = judged(anEpisodesPolicy({ keepLast: 1 }), double, { items: [...items, double] });
    expect(stepOf(verdict, 'episode-window')).toMatchObject({ place: 1, because: 'last' });
  });

  test('a show that is neither tagged nor named is not its business', () => {
    const other = aShow();
    const one = anEpisode(other, 1, 1);
    expect(judged(anEpisodesPolicy(), one, { items: [other, one] }).standing).toBe('out-of-scope');
    const named = anEpisodesPolicy({ showIds: [other.id], keepLast: 1 });
    const two = anEpisode(other, 1, 2);
    expect(judged(named, one, { items: [other, aSeason(other, 1), one, two] }).standing).toBe('due');
  });
});
