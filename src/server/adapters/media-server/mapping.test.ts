import { expect, test } from 'vitest';
import { jellyfin } from '../jellyfin/dialect.ts';
import { toEntry, toMark } from './mapping.ts';
import { libraryItem, markedItem } from './schemas.ts';

const { isId, toId } = jellyfin;
const ID = 'ABCDEF01-2345-6789-abcd-ef0123456789';
const entryOf = (over: object) =>
  toEntry(jellyfin, libraryItem.parse({ Id: ID, Type: 'Movie', Name: 'A', ...over }));
const markOf = (data: object, over: object = {}) =>
  toMark(jellyfin, markedItem.parse({ Id: ID, Type: 'Movie', RunTimeTicks: 1000, UserData: data, ...over }));

test('ids look the same however they were written', () => {
  expect(toId(ID)).toBe('abcdef0123456789abcdef0123456789');
  expect([isId(ID), isId('garbage'), isId('')]).toEqual([true, false, false]);
});

test('provider ids are found in any spelling, and only when they are numbers', () => {
  expect(entryOf({ ProviderIds: { TMDB: '603', imdb: 'tt1', Tvdb: 'x' } })?.ids).toEqual({
    tmdb: 603,
    tvdb: null,
    imdb: 'tt1',
  });
});

test('T-25 a virtual episode is no entry and no mark, and a season may have no number', () => {
  expect(entryOf({ Type: 'Episode', LocationType: 'Virtual' })).toBeNull();
  expect(markOf({ Played: true }, { LocationType: 'Virtual' })).toBeNull();
  expect(entryOf({ Type: 'Season', SeriesId: ID })).toMatchObject({
    seasonNumber: null,
    showExternalId: toId(ID),
  });
  expect(entryOf({ Type: 'BoxSet' })).toBeNull();
});

test('an episode knows its season and number', () => {
  expect(entryOf({ Type: 'Episode', IndexNumber: 4, ParentIndexNumber: 0 })).toMatchObject({
    seasonNumber: 0,
    episodeNumber: 4,
  });
});

test('T-05 an entry that holds several episodes tells the last of them', () => {
  const double = { Type: 'Episode', IndexNumber: 1, IndexNumberEnd: 2, ParentIndexNumber: 3 };
  expect(entryOf(double)).toMatchObject({ episodeNumber: 1, lastEpisodeNumber: 2 });
  expect(entryOf({ ...double, IndexNumberEnd: null })).toMatchObject({ lastEpisodeNumber: null });
});

test('what nobody touched gives no mark', () => {
  expect(markOf({ Played: false, PlayCount: 0, IsFavorite: false, PlaybackPositionTicks: 0 })).toBeNull();
});

test('T-22 played without a date is a mark with no date', () => {
  expect(markOf({ Played: true, PlayCount: 0 })).toMatchObject({
    played: true,
    lastPlayedAt: null,
    playCount: 0,
  });
});

test('a second viewing under way is not played, but counts and has its date and place', () => {
  const data = {
    Played: false,
    PlayCount: 2,
    LastPlayedDate: '2026-01-01T10:00:00.1234567Z',
    PlaybackPositionTicks: 250,
  };
  expect(markOf(data)).toEqual({
    mediaExternalId: toId(ID),
    played: false,
    playCount: 2,
    lastPlayedAt: new Date('2026-01-01T10:00:00.123Z'),
    favourite: false,
    positionPercent: 25,
  });
});

test('whatever was begun is never at zero', () => {
  expect(markOf({ PlaybackPositionTicks: 1 })?.positionPercent).toBe(1);
  expect(markOf({ PlaybackPositionTicks: 5 }, { RunTimeTicks: null })?.positionPercent).toBe(1);
});

test('an empty show is not watched although Jellyfin says so; a favourite of it counts (T-32)', () => {
  const data = { Played: true, PlayCount: 3, PlayedPercentage: 100 };
  expect(markOf(data, { Type: 'Series' })).toBeNull();
  expect(markOf({ ...data, IsFavorite: true }, { Type: 'Season' })).toMatchObject({
    played: false,
    playCount: 0,
    favourite: true,
  });
});
