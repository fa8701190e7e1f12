import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known, unknown, type Fact } from '#core/fact.ts';
import { anItem, aSource } from './build.fake.ts';
import { HOUR_MS, isFresh, trusted, trustPlaying, trustRequests, trustWatch } from './freshness.ts';

const now = new Date('2026-01-02T12:00:00Z');
const yes: Fact<true> = known(true);
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);

test('without a media server nobody knows who watched', () => {
  expect(trustWatch([], now)).toEqual(unknown('no-media-server'));
});

test('evidence counts for a day and a half', () => {
  expect(trustWatch([aSource({ lastSuccessAt: ago(36) })], now).known).toBe(true);
  expect(trustWatch([aSource({ lastSuccessAt: ago(36.01) })], now)).toEqual(unknown('media-server-stale'));
  expect(trustWatch([aSource({ lastSuccessAt: null })], now)).toEqual(unknown('media-server-stale'));
});

test('a failed attempt makes yesterday’s evidence stale at once (J-33)', () => {
  const failed = aSource({
    lastSuccessAt: ago(1),
    problem: { code: 'read.timed-out', what: 'users/ana', afterMs: 15_000 },
  });
  expect(trustWatch([aSource({ lastSuccessAt: ago(1) }), failed], now)).toEqual(
    unknown('media-server-stale'),
  );
});

test('who plays now is asked minutes ago or not known', () => {
  expect(trustPlaying([{ playingReadAt: ago(0.5) }], now).known).toBe(true);
  expect(trustPlaying([{ playingReadAt: ago(0.51) }], now)).toEqual(unknown('playing-stale'));
  expect(trustPlaying([{ playingReadAt: null }], now)).toEqual(unknown('playing-stale'));
});

test('one user that could not be asked makes watching unknown for every item (T-22)', () => {
  const problem = { code: 'read.server-error', what: 'users/bea', status: 500 } as const;
  const watch = trustWatch([aSource({ lastSuccessAt: now, problem })], now);
  const facts = fc.constantFrom(known({ lastWatchedAt: null, watchers: [] }), unknown('not-in-media-server'));
  fc.assert(
    fc.property(facts, fc.boolean(), (fact, playing) => {
      const word = { watch, playing: yes, requests: yes };
      const item = trusted(anItem({ watch: fact, playingNow: known(playing) }), word);
      expect([item.watch.known, item.favouriteOf.known, item.playingNow.known]).toEqual([
        false,
        false,
        false,
      ]);
    }),
  );
});

test('requests are known when every request server was read well, or there is none', () => {
  const good = aSource({ kind: 'seerr', lastSuccessAt: ago(36) });
  const failed = aSource({ lastSuccessAt: ago(1), problem: { code: 'sync.empty', had: 3 } });
  expect(trustRequests([], now)).toEqual(known(true));
  expect(trustRequests([good], now)).toEqual(known(true));
  expect(trustRequests([good, failed], now)).toEqual(unknown('request-server-stale'));
  expect(trustRequests([aSource({ lastSuccessAt: ago(37) })], now)).toEqual(unknown('request-server-stale'));
  const word = { watch: yes, playing: yes, requests: unknown('request-server-stale') };
  expect(trusted(anItem(), word)).toMatchObject({ requests: word.requests, watch: { known: true } });
});

test('fresh evidence is left as it is', () => {
  const item = anItem();
  expect(trusted(item, { watch: yes, playing: yes, requests: yes })).toEqual(item);
});

test('a reading from the future, taken while the clock was wrong, is not fresh', () => {
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  expect(isFresh(later(4), now, 60_000)).toBe(true);
  expect(isFresh(later(6), now, 60_000)).toBe(false);
  expect(isFresh(later(-2), now, 60_000)).toBe(false);
  expect(isFresh(null, now, 60_000)).toBe(false);
  expect(trustWatch([{ problem: null, lastSuccessAt: later(60 * 24) }], now)).toEqual(
    unknown('media-server-stale'),
  );
  expect(trustPlaying([{ playingReadAt: later(60) }], now)).toEqual(unknown('playing-stale'));
});
