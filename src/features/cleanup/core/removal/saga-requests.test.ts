import { describe, expect, test } from 'vitest';
import { anEpisodeRemoval, aRemoval, aRequest, aSeasonRemoval, aShowNow } from './removal.fake.ts';
import { requestsToRemove } from './saga-requests.ts';
import type { TitleNow } from './title-now.ts';

const only = { url: 'http://sonarr:8989', ofThisKind: 1 };

/** Season 1 gone and unmonitored; season 2 still here. */
const afterSeasonOne = (changes: Partial<TitleNow> = {}): TitleNow =>
  aShowNow({
    files: aShowNow().files.filter((file) => file.seasonNumber === 2),
    seasons: [
      { number: 1, monitored: false },
      { number: 2, monitored: true },
    ],
    ...changes,
  });

describe('the seasons of a request', () => {
  const season = aSeasonRemoval();

  test('a request for the season that is gone is removed', () => {
    const requests = [aRequest({ externalId: 1, seasons: [1] })];
    expect(requestsToRemove(season, afterSeasonOne(), requests, only)).toEqual([1]);
  });

  test('a request that also covers a season still present stays (J-96)', () => {
    const requests = [aRequest({ seasons: [1, 2] })];
    expect(requestsToRemove(season, afterSeasonOne(), requests, only)).toEqual([]);
  });

  test('T-40: an episode takes no request along while anything of its season is there or wanted', () => {
    const removal = anEpisodeRemoval();
    const files = aShowNow().files.filter(({ externalId }) => externalId !== 11);
    const requests = [aRequest({ externalId: 1, seasons: [1] }), aRequest({ externalId: 2, seasons: [] })];
    expect(requestsToRemove(removal, aShowNow({ files }), requests, only)).toEqual([]);
    const last = files.filter(({ seasonNumber }) => seasonNumber !== 1);
    expect(requestsToRemove(removal, aShowNow({ files: last }), requests, only)).toEqual([]);
    expect(requestsToRemove(removal, afterSeasonOne(), requests, only)).toEqual([1]);
  });

  test('a season that is still wanted and has not come yet is not gone', () => {
    const title = afterSeasonOne({
      seasons: [
        { number: 1, monitored: false },
        { number: 3, monitored: true },
      ],
    });
    expect(requestsToRemove(season, title, [aRequest({ seasons: [1, 3] })], only)).toEqual([]);
  });

  test('a season that the service does not list proves nothing', () => {
    expect(requestsToRemove(season, afterSeasonOne(), [aRequest({ seasons: [1, 9] })], only)).toEqual([]);
  });

  test('a request without seasons stays while the show is there, and goes with the whole show', () => {
    const requests = [aRequest({ externalId: 4, seasons: [] })];
    expect(requestsToRemove(season, afterSeasonOne(), requests, only)).toEqual([]);
    expect(requestsToRemove(season, null, requests, only)).toEqual([4]);
  });
});

describe('the server that a request went to (J-95, T-42)', () => {
  const film = aRemoval();
  const ours = { url: 'http://radarr:7878/radarr', ofThisKind: 2 };
  const removed = (request: Parameters<typeof aRequest>[0], server = ours) =>
    requestsToRemove(film, null, [aRequest(request)], server).length === 1;

  test.each([
    {
      name: 'the same address, other spelling',
      request: { serverUrl: 'HTTP://Radarr:7878/radarr/' },
      is: true,
    },
    { name: 'the same address and number', request: { serverUrl: ours.url, serverExternalId: 7 }, is: true },
    {
      name: 'the same address, another number',
      request: { serverUrl: ours.url, serverExternalId: 8 },
      is: false,
    },
    {
      name: 'another address, and there are two Radarr',
      request: { serverUrl: 'http://radarr4k:7878' },
      is: false,
    },
    { name: 'no address, and there are two Radarr', request: { serverExternalId: 7 }, is: false },
    { name: '4K at the same address', request: { is4k: true, serverUrl: ours.url }, is: true },
    { name: '4K without an address', request: { is4k: true, serverExternalId: 7 }, is: false },
  ])('$name', ({ request, is }) => {
    expect(removed(request)).toBe(is);
  });

  test('with one Radarr only, a container name there and an IP here are the same server', () => {
    const server = { url: 'http://192.168.1.5:7878', ofThisKind: 1 };
    expect(removed({ serverUrl: 'http://radarr:7878', serverExternalId: 7 }, server)).toBe(true);
    expect(removed({ serverUrl: 'http://radarr:7878', serverExternalId: 8 }, server)).toBe(false);
    expect(removed({ serverUrl: 'http://radarr4k:7878', is4k: true }, server)).toBe(false);
  });
});
