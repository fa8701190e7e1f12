import { expect, test } from 'vitest';
import { known } from '#core/fact.ts';
import { aMark } from './build.fake.ts';
import { episodesOfSeason, favouriteOf, marksOnParts, partsOf, partsOfShow, watchOf } from './watch.ts';

const may = new Date('2026-05-01T20:00:00Z');
const june = new Date('2026-06-01T20:00:00Z');

test('a film nobody touched was never watched, because everybody was asked', () => {
  expect(watchOf([], ['film'])).toEqual(known({ lastWatchedAt: null, watchers: [] }));
});

test('the latest play of anybody counts (J-31)', () => {
  const marks = [
    aMark({ user: 'bea', played: true, playCount: 1, lastPlayedAt: may }),
    aMark({ user: 'ana', played: true, playCount: 3, lastPlayedAt: june }),
  ];
  expect(watchOf(marks, ['film'])).toEqual(
    known({
      lastWatchedAt: june,
      watchers: [
        { user: 'ana', lastWatchedAt: june, finished: true, halfWay: false },
        { user: 'bea', lastWatchedAt: may, finished: true, halfWay: false },
      ],
    }),
  );
});

test('played without a date is unknown, not never (T-22)', () => {
  const marks = [aMark({ played: true }), aMark({ user: 'bea', played: true, lastPlayedAt: may })];
  expect(watchOf(marks, ['film'])).toEqual({ known: false, why: 'played-without-date' });
});

test('begun and not finished is half-way, and so is watching it again (3.3)', () => {
  const watch = watchOf([aMark({ playCount: 2, lastPlayedAt: may, positionPercent: 40 })], ['film']);
  expect(watch).toMatchObject({
    value: { lastWatchedAt: may, watchers: [{ finished: false, halfWay: true }] },
  });
});

test('some of the episodes is half-way, all of them is finished', () => {
  const one = aMark({ part: '1x1', played: true, lastPlayedAt: may });
  const two = aMark({ part: '1x2', played: true, lastPlayedAt: june });
  expect(watchOf([one], ['1x1', '1x2'])).toMatchObject({
    value: { watchers: [{ finished: false, halfWay: true }] },
  });
  expect(watchOf([one, two], ['1x1', '1x2'])).toMatchObject({
    value: { lastWatchedAt: june, watchers: [{ finished: true, halfWay: false }] },
  });
});

test('a favourite alone is not watching', () => {
  expect(watchOf([aMark({ favourite: true })], ['film'])).toEqual(
    known({ lastWatchedAt: null, watchers: [] }),
  );
});

test('favourites are told by name, each once (T-32)', () => {
  const marks = [
    aMark({ user: 'bea', favourite: true }),
    aMark(),
    aMark({ user: 'bea', favourite: true, part: 'x' }),
  ];
  expect(favouriteOf(marks)).toEqual(['bea']);
});

test('copies of an episode are one part, one without a number is its own', () => {
  const episode = { key: 'j:1', seasonNumber: 1, episodeNumber: 2 };
  expect(partsOf(episode)).toEqual(partsOf({ ...episode, key: 'j:2' }));
  expect(partsOf({ ...episode, seasonNumber: null })).toEqual(['j:1']);
});

test('an entry of two episodes is both of them, and who watched it watched both (T-05)', () => {
  const double = { key: 'j:1', seasonNumber: 1, episodeNumber: 1, lastEpisodeNumber: 2 };
  expect(partsOf(double)).toEqual(['1x1', '1x2']);
  expect(partsOf({ ...double, lastEpisodeNumber: 0 })).toEqual(['1x1']);
  expect(partsOf({ ...double, lastEpisodeNumber: 20_240_101 })).toEqual(['1x1']);
  const marks = marksOnParts([double], () => [aMark({ played: true, lastPlayedAt: may })]);
  expect(marks.map((mark) => mark.part)).toEqual(['1x1', '1x2']);
  expect(watchOf(marks, partsOfShow([double]))).toMatchObject({ value: { watchers: [{ finished: true }] } });
});

test('specials are not needed to finish a show', () => {
  const special = { key: 'j:0', seasonNumber: 0, episodeNumber: 1 };
  const regular = { key: 'j:1', seasonNumber: 1, episodeNumber: 1 };
  expect(partsOfShow([special, regular])).toEqual(['1x1']);
  expect(partsOfShow([special])).toEqual(['0x1']);
});

test('an episode without a season number belongs to no season (T-25)', () => {
  const lost = { key: 'j:1', seasonNumber: null, episodeNumber: 1 };
  expect(episodesOfSeason([lost], 0)).toEqual([]);
});
