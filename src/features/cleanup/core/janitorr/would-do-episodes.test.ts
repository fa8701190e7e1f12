import { expect, test } from 'vitest';
import { daysAgo, now } from '../build.fake.ts';
import { episodesThatGo, type JanitorrEpisode, type JanitorrShow } from './would-do-episodes.ts';

const settings = { most: 3, age: { days: 30, problem: null }, olderSeasons: false };

const anEpisode = (episodeNumber: number, over: Partial<JanitorrEpisode> = {}): JanitorrEpisode => ({
  id: `${over.seasonNumber ?? 2}x${episodeNumber}`,
  seasonNumber: 2,
  episodeNumber,
  airedAt: daysAgo(20 - episodeNumber),
  hasFile: true,
  firstEventAt: daysAgo(20 - episodeNumber),
  ...over,
});

const aShow = (episodes: readonly JanitorrEpisode[], over: Partial<JanitorrShow> = {}): JanitorrShow => ({
  seasonNumbers: [0, 1, 2],
  episodes,
  ...over,
});

const goes = (show: JanitorrShow, over: Partial<typeof settings> = {}) => {
  const gone = episodesThatGo(show, { ...settings, ...over }, now);
  return gone === null ? 'crash' : [...gone.keys()].sort();
};

test('J-76: of more than it may keep, the highest numbers stay', () => {
  expect(goes(aShow([1, 2, 3, 4, 5].map((number) => anEpisode(number))))).toEqual(['2x1', '2x2']);
});

test('J-76: an aired episode without a file uses up a place', () => {
  const episodes = [1, 2, 3].map((number) => anEpisode(number));
  const missing = anEpisode(4, { hasFile: false, firstEventAt: null });
  expect(goes(aShow([...episodes, missing]))).toEqual(['2x1']);
});

test('J-73: what has not aired, or nobody knows when, does not count', () => {
  const episodes = [1, 2, 3].map((number) => anEpisode(number));
  const coming = [anEpisode(4, { airedAt: daysAgo(-3) }), anEpisode(5, { airedAt: null })];
  expect(goes(aShow([...episodes, ...coming]))).toEqual([]);
});

test.each([
  [30, true],
  [29.99, false],
])('J-74: what first happened %d days ago is too old: %s', (days, isOld) => {
  expect(goes(aShow([anEpisode(1, { firstEventAt: daysAgo(days) })]))).toEqual(isOld ? ['2x1'] : []);
});

test('J-74: downloaded again yesterday, it goes at once, because its first event is old', () => {
  const again = anEpisode(1, { firstEventAt: daysAgo(200) });
  expect(episodesThatGo(aShow([again]), settings, now)).toEqual(new Map([['2x1', 'episode-too-old']]));
});

test('J-75: a row of the history without an episode ends the run', () => {
  expect(goes(aShow([anEpisode(1)], { hasOrphan: true }))).toBe('crash');
});

test('J-72: with older seasons everything below the newest goes, specials too', () => {
  const show = aShow([
    anEpisode(1),
    anEpisode(1, { seasonNumber: 1, id: '1x1' }),
    anEpisode(1, { seasonNumber: 0, id: '0x1' }),
  ]);
  expect(goes(show, { olderSeasons: true })).toEqual(['0x1', '1x1']);
  expect(goes(show)).toEqual([]);
});

test('J-71: the announcement of an empty season wipes the one that runs', () => {
  const show = aShow([anEpisode(1), anEpisode(2)], { seasonNumbers: [1, 2, 3] });
  expect(goes(show, { olderSeasons: true })).toEqual(['2x1', '2x2']);
});

test('a show of which Sonarr knows no season is left alone', () => {
  expect(goes({ seasonNumbers: [], episodes: [] })).toEqual([]);
});
