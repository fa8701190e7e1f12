import { known, unknown, type Fact } from '#core/fact.ts';
import type { Item } from './item.ts';
import type { Source } from './source.ts';

export const HOUR_MS = 3_600_000;

export type FreshnessLimits = { watchHours: number; playingMinutes: number };

/** Watch evidence a day and a half old has missed one nightly sync and one more; who plays now changes by the minute. */
export const usualLimits: FreshnessLimits = { watchHours: 36, playingMinutes: 30 };

/** Two clocks, or one that was set right, may differ by this much. */
const MAY_BE_AHEAD_MS = 5 * 60_000;

/**
 * Whether a reading is young enough. One from the future was taken while the clock was wrong, and says nothing: else it
 * would stay fresh until that day comes.
 */
export function isFresh(readAt: Date | null, now: Date, mostMs: number): boolean {
  const age = now.getTime() - (readAt?.getTime() ?? Number.NaN);
  return age >= -MAY_BE_AHEAD_MS && age <= mostMs;
}

type Told = Pick<Source, 'lastSuccessAt' | 'problem'>;

/** Whether what the media servers said may be used for a decision at all. `servers`: all that are switched on. */
export function trustWatch(
  servers: readonly Told[],
  now: Date,
  watchHours = usualLimits.watchHours,
): Fact<true> {
  if (servers.length === 0) return unknown('no-media-server');
  const fresh = servers.every((server) => isTold(server, now, watchHours));
  return fresh ? known(true) : unknown('media-server-stale');
}

export function trustPlaying(
  servers: readonly { playingReadAt: Date | null }[],
  now: Date,
  playingMinutes = usualLimits.playingMinutes,
): Fact<true> {
  if (servers.length === 0) return unknown('no-media-server');
  const fresh = servers.every(({ playingReadAt }) => isFresh(playingReadAt, now, playingMinutes * 60_000));
  return fresh ? known(true) : unknown('playing-stale');
}

/** Without a request server nobody can have asked for anything there, which is known (unlike who watched). */
export function trustRequests(
  servers: readonly Told[],
  now: Date,
  watchHours = usualLimits.watchHours,
): Fact<true> {
  return servers.every((server) => isTold(server, now, watchHours))
    ? known(true)
    : unknown('request-server-stale');
}

const isTold = ({ problem, lastSuccessAt }: Told, now: Date, hours: number): boolean =>
  problem === null && isFresh(lastSuccessAt, now, hours * HOUR_MS);

/** What may be believed of the kinds of evidence that are older than this moment. */
export type Trust = { watch: Fact<true>; playing: Fact<true>; requests: Fact<true> };

/** Old marks stay in the store, but nobody may decide on them: what cannot be trusted reads as unknown. */
export const trusted = (item: Item, { watch, playing, requests }: Trust): Item => ({
  ...item,
  watch: watch.known ? item.watch : watch,
  favouriteOf: watch.known ? item.favouriteOf : watch,
  playingNow: !watch.known ? watch : playing.known ? item.playingNow : playing,
  requests: requests.known ? item.requests : requests,
});
