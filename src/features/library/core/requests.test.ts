import { expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { requestIndex, type Request, type RequestedTitle } from './requests.ts';

const film: RequestedTitle = {
  id: 'radarr01-7' as ItemId,
  kind: 'film',
  externalId: 7,
  tmdb: 593,
  tvdb: null,
};
const show: RequestedTitle = {
  id: 'sonarr01-7' as ItemId,
  kind: 'show',
  externalId: 7,
  tmdb: 593,
  tvdb: 79_126,
};
const request: Request = { kind: 'film', tmdb: 593, tvdb: null, serviceExternalId: null, seasons: [] };

test('films and shows with the same numbers are told apart (J-95, T-40)', () => {
  expect(requestIndex([film, show])(request)).toEqual(['radarr01-7']);
});

test('a request for seasons names the show and those seasons (J-96)', () => {
  const find = requestIndex([film, show]);
  expect(find({ ...request, kind: 'show', tvdb: 79_126, tmdb: null, seasons: [1, 3] })).toEqual([
    'sonarr01-7',
    'sonarr01-7-s01',
    'sonarr01-7-s03',
  ]);
});

test('the number at the service decides between two services (T-42)', () => {
  const uhd = { ...film, id: 'radarr02-9' as ItemId, externalId: 9 };
  const find = requestIndex([film, uhd]);
  expect(find({ ...request, serviceExternalId: 9 })).toEqual(['radarr02-9']);
  expect(find(request)).toEqual(['radarr01-7', 'radarr02-9']);
});

test('a number alone finds nothing', () => {
  expect(requestIndex([film])({ ...request, tmdb: 1, serviceExternalId: 7 })).toEqual([]);
});
