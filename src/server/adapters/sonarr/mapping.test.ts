import { expect, test } from 'vitest';
import { toEpisode, toImport, toShow } from './mapping.ts';
import { episode, historyRecord, series } from './schemas.ts';

const readAt = new Date('2026-01-01T00:00:00Z');
const none = { tags: new Map<number, string>(), profiles: new Map<number, string>(), readAt };
const bare = { id: 3, title: 'Bare', path: '/tv/Bare', monitored: true };
const toShowOf = (over: object) => toShow(series.parse({ ...bare, ...over }), none);

test('a show of which Sonarr tells nearly nothing is read with what is known', () => {
  expect(toShowOf({})).toMatchObject({
    sortTitle: 'bare',
    originalTitle: null,
    year: null,
    rootFolder: '/tv',
    ids: { tmdb: null, tvdb: null, imdb: null },
    rating: null,
    votes: null,
    poster: null,
    showType: null,
    seasons: [],
    addedAt: readAt,
  });
});

test('a date that was never set counts from now, not from the year 1', () => {
  expect(toShowOf({ added: '0001-01-01T00:00:00Z' }).addedAt).toEqual(readAt);
});

test.each([
  ['continuing', true],
  ['upcoming', true],
  ['something new', true],
  [undefined, true],
  ['ended', false],
  ['deleted', false],
])('a show that is %s goes on: %s', (status, continuing) => {
  expect(toShowOf({ status }).continuing).toBe(continuing);
});

test('a rating comes with its votes, and one that nobody gave is none', () => {
  expect(toShowOf({ ratings: { value: 7.9, votes: 431 } })).toMatchObject({ rating: 7.9, votes: 431 });
  expect(toShowOf({ ratings: { value: 0, votes: 0 } })).toMatchObject({ rating: null, votes: null });
  expect(toShowOf({ ratings: { value: 7.9 } })).toMatchObject({ rating: 7.9, votes: null });
});

test.each([
  ['standard', 'standard'],
  ['daily', 'daily'],
  ['anime', 'anime'],
  ['something new', null],
])('a show of the type %s is %s', (seriesType, showType) => {
  expect(toShowOf({ seriesType }).showType).toBe(showType);
});

test('the poster is the one of that name, by an address that does not change every time', () => {
  const local = { coverType: 'poster', url: '/MediaCover/3/poster.jpg?lastWrite=638' };
  const banner = { coverType: 'banner', remoteUrl: 'https://images.invalid/b.jpg' };
  expect(toShowOf({ images: [banner, local] }).poster).toBe('/MediaCover/3/poster.jpg');
  const remote = { ...local, remoteUrl: 'https://images.invalid/p.jpg' };
  expect(toShowOf({ images: [banner, remote] }).poster).toBe('https://images.invalid/p.jpg');
  expect(toShowOf({ images: [banner] }).poster).toBeNull();
});

test('the fingerprint does not depend on the order of tags', () => {
  expect(toShowOf({ tags: [2, 1] }).fingerprint).toBe(toShowOf({ tags: [1, 2] }).fingerprint);
  expect(toShowOf({ tags: [1] }).fingerprint).not.toBe(toShowOf({ tags: [1, 2] }).fingerprint);
});

test('T-05 neither zero nor the number of a file that is gone is a file', () => {
  const one = { id: 1, seriesId: 3, seasonNumber: 0, episodeNumber: 1, monitored: false };
  const fileOf = (episodeFileId?: number) =>
    toEpisode(episode.parse({ ...one, episodeFileId }), new Set([5])).fileId;
  expect([fileOf(5), fileOf(0), fileOf(6), fileOf()]).toEqual([5, null, null, null]);
});

test('J-75 an import tells its season, specials too, and without an episode nothing', () => {
  const record = { seriesId: 3, eventType: 'downloadFolderImported', date: '2026-01-01T00:00:00Z' };
  const eventOf = (over: object) => toImport(historyRecord.parse({ ...record, ...over }));
  expect(eventOf({ episode: { seasonNumber: 0 } })).toEqual({
    titleExternalId: 3,
    seasonNumber: 0,
    episodeExternalId: null,
    at: readAt,
  });
  expect(eventOf({ episodeId: 9, episode: { seasonNumber: 2024 } })).toMatchObject({
    seasonNumber: 2024,
    episodeExternalId: 9,
  });
  expect(eventOf({ episodeId: 9 })).toBeNull();
});
