import { expect, test } from 'vitest';
import { playsOf, type EpisodePlay } from './episode-plays.ts';
import type { Watcher } from './item.ts';

const may = new Date('2026-05-01T20:00:00Z');
const june = new Date('2026-06-01T20:00:00Z');
const aPlay = (over: Partial<EpisodePlay> = {}): EpisodePlay => ({
  user: 'ana',
  at: may,
  source: 'Jellystat',
  seasonNumber: 1,
  episodeNumber: 2,
  ...over,
});
const aWatcher = (over: Partial<Watcher> = {}): Watcher => ({
  user: 'ana',
  lastWatchedAt: may,
  finished: false,
  halfWay: false,
  toldBy: 'Jellystat',
  ...over,
});
const at = (episodeNumber: number, seasonNumber = 1) => ({ seasonNumber, episodeNumber });
const nobody = () => [];

test('a play is of the file that holds its episode, and of no other (C-02)', () => {
  const plays = [aPlay()];
  expect(playsOf([at(2), at(3)], plays, nobody)).toHaveLength(1);
  expect(playsOf([at(1)], plays, nobody)).toEqual([]);
  expect(playsOf([at(2, 2)], plays, nobody)).toEqual([]);
});

test('a play without a number may be of any episode (T-50)', () => {
  expect(playsOf([at(7)], [aPlay({ episodeNumber: null })], nobody)).toHaveLength(1);
  expect(playsOf([at(7, 2)], [aPlay({ episodeNumber: null })], nobody)).toEqual([]);
  expect(playsOf([at(2, 2)], [aPlay({ seasonNumber: null })], nobody)).toHaveLength(1);
});

test('what is told of a season, and of no episode by number, counts for each of them', () => {
  const watchers = (season: number) => (season === 1 ? [aWatcher({ lastWatchedAt: june })] : []);
  expect(playsOf([at(1)], [aPlay()], watchers)).toEqual([{ user: 'ana', at: june, source: 'Jellystat' }]);
  expect(playsOf([at(1, 2)], [aPlay()], watchers)).toEqual([]);
});

test('what the season was told by a play of one episode counts for that one only', () => {
  expect(playsOf([at(1)], [aPlay()], () => [aWatcher()])).toEqual([]);
  expect(playsOf([at(2)], [aPlay()], () => [aWatcher()])).toHaveLength(1);
});

test('what the media server itself told of a season is no play', () => {
  const { toldBy: _, ...watcher } = aWatcher();
  expect(playsOf([at(1)], [], () => [watcher])).toEqual([]);
});
