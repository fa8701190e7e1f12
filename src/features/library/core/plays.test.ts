import fc from 'fast-check';
import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { Watch, Watcher } from './item.ts';
import { isPlay, mergePlays, type KnownPlay } from './plays.ts';

const may = new Date('2026-05-01T20:00:00Z');
const june = new Date('2026-06-01T20:00:00Z');
const aPlay = (over: Partial<KnownPlay> = {}): KnownPlay => ({
  user: 'ana',
  at: june,
  source: 'Jellystat',
  ...over,
});
const aWatcher = (over: Partial<Watcher> = {}): Watcher => ({
  user: 'ana',
  lastWatchedAt: may,
  finished: true,
  halfWay: false,
  ...over,
});
const watchedInMay: Watch = { lastWatchedAt: may, watchers: [aWatcher()] };

test('J-31: a play counts from a minute on, and so does one whose length nobody knows', () => {
  expect([59, 60, 61, 0, null].map(isPlay)).toEqual([false, true, true, true, true]);
});

test('a later play moves the last watch on and says who told of it', () => {
  expect(mergePlays(known(watchedInMay), [aPlay()])).toEqual(
    known({ lastWatchedAt: june, watchers: [aWatcher({ lastWatchedAt: june, toldBy: 'Jellystat' })] }),
  );
});

test('C-01: a name in another case is the same person', () => {
  expect(mergePlays(known(watchedInMay), [aPlay({ user: 'ANA' })])).toEqual(
    known({ lastWatchedAt: june, watchers: [aWatcher({ lastWatchedAt: june, toldBy: 'Jellystat' })] }),
  );
});

test('an earlier play changes nothing', () => {
  expect(mergePlays(known({ ...watchedInMay, lastWatchedAt: june }), [aPlay({ at: may })])).toEqual(
    known({ ...watchedInMay, lastWatchedAt: june }),
  );
});

test('J-37: somebody only a play source knows becomes a watcher who has finished nothing', () => {
  expect(mergePlays(known({ lastWatchedAt: null, watchers: [] }), [aPlay({ user: 'bea' })])).toEqual(
    known({
      lastWatchedAt: june,
      watchers: [{ user: 'bea', lastWatchedAt: june, finished: false, halfWay: false, toldBy: 'Jellystat' }],
    }),
  );
});

test('J-33: what nobody knows stays unknown, whatever a play source tells', () => {
  expect(mergePlays(unknown('not-in-media-server'), [aPlay()])).toEqual(unknown('not-in-media-server'));
});

const moments = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2030-01-01'),
  noInvalidDate: true,
});
const names = fc.constantFrom('ana', 'bea', 'cai');
const watches = fc.record({
  lastWatchedAt: fc.option(moments),
  watchers: fc.uniqueArray(
    fc.record({
      user: names,
      lastWatchedAt: fc.option(moments),
      finished: fc.boolean(),
      halfWay: fc.boolean(),
    }),
    { selector: ({ user }) => user },
  ),
});
const plays = fc.array(
  fc.record({ user: names, at: moments, source: fc.constantFrom('Jellystat', 'Tautulli') }),
);
const time = (date: Date | null): number => date?.getTime() ?? Number.NEGATIVE_INFINITY;

test('C-02: for any plays, merged evidence never makes an item older or less protected than without', () => {
  fc.assert(
    fc.property(watches, plays, (before, told) => {
      const after = mergePlays(known(before), told);
      if (!after.known) throw new Error('what was known is not any more');
      expect(time(after.value.lastWatchedAt)).toBeGreaterThanOrEqual(time(before.lastWatchedAt));
      for (const watcher of before.watchers) {
        const same = after.value.watchers.find(({ user }) => user === watcher.user);
        expect(same).toMatchObject({ finished: watcher.finished, halfWay: watcher.halfWay });
        expect(time(same?.lastWatchedAt ?? null)).toBeGreaterThanOrEqual(time(watcher.lastWatchedAt));
        if (watcher.lastWatchedAt === null) expect(same?.lastWatchedAt).toBeNull();
      }
      const old = new Set<string>(before.watchers.map(({ user }) => user));
      for (const { user, finished } of after.value.watchers) if (!old.has(user)) expect(finished).toBe(false);
      for (const { at } of told) expect(time(after.value.lastWatchedAt)).toBeGreaterThanOrEqual(at.getTime());
    }),
  );
});

test('merging twice is merging once, in whatever order the sources are asked', () => {
  fc.assert(
    fc.property(watches, plays, (before, told) => {
      const once = mergePlays(known(before), told);
      expect(mergePlays(once, told)).toEqual(once);
      const times = (fact: typeof once) =>
        fact.known
          ? fact.value.watchers.map(({ user, lastWatchedAt }) => [user, lastWatchedAt?.getTime()])
          : null;
      expect(times(mergePlays(known(before), [...told].reverse()))).toEqual(times(once));
    }),
  );
});
