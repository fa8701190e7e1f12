import { known, type Fact } from '#core/fact.ts';
import type { Watch, Watcher } from './item.ts';
import { personKey } from './people.ts';

/** What programs that count plays know beyond the media server. It can only protect, never condemn (C-02, T-50). */
export type KnownPlay = {
  user: string;
  at: Date;
  /** Who told of it, as people know that program. */
  source: string;
};

/** J-31: whoever stopped within the first minute was only looking. */
export const SHORTEST_PLAY_SECONDS = 60;

/** A play whose length nobody knows counts, because it can only protect. */
export const isPlay = (seconds: number | null): boolean =>
  seconds === null || seconds <= 0 || seconds >= SHORTEST_PLAY_SECONDS;

/**
 * The watch with what the play sources know on top. It never makes something known that was unknown (J-33), never takes a
 * watcher away, and never lets anybody have finished: a play says when, not how far.
 */
export function mergePlays(watch: Fact<Watch>, plays: readonly KnownPlay[]): Fact<Watch> {
  if (!watch.known || plays.length === 0) return watch;
  const newest = newestOfEach(plays);
  const moved = watch.value.watchers.map((watcher) => moveOn(watcher, newest.get(personKey(watcher.user))));
  const there = new Set(moved.map(({ user }) => personKey(user)));
  const others = [...newest.values()].filter(({ user }) => !there.has(personKey(user))).map(asWatcher);
  const watchers = [...moved, ...others].sort((a, b) => (a.user < b.user ? -1 : 1));
  const times = [watch.value.lastWatchedAt, ...plays.map(({ at }) => at)];
  return known({ lastWatchedAt: latest(times), watchers });
}

/** A watcher without a date stays without one: that nobody knows when makes the item's age unknown, which keeps it. */
function moveOn(watcher: Watcher, play: KnownPlay | undefined): Watcher {
  const isNewer = play && watcher.lastWatchedAt !== null && play.at > watcher.lastWatchedAt;
  return isNewer ? { ...watcher, lastWatchedAt: play.at, toldBy: play.source } : watcher;
}

const asWatcher = ({ user, at, source }: KnownPlay): Watcher => ({
  user,
  lastWatchedAt: at,
  finished: false,
  halfWay: false,
  toldBy: source,
});

function newestOfEach(plays: readonly KnownPlay[]): Map<string, KnownPlay> {
  const newest = new Map<string, KnownPlay>();
  for (const play of plays) {
    const before = newest.get(personKey(play.user));
    if (!before || play.at > before.at) newest.set(personKey(play.user), play);
  }
  return newest;
}

const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null);
