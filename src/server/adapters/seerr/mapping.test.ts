import { expect, test } from 'vitest';
import { isFor, serverUrl, toRequest, toTitleRequest } from './mapping.ts';
import { request } from './schemas.ts';

const readAt = new Date('2026-01-01T00:00:00Z');
const aRequest = ({ media, ...over }: { media?: object; [other: string]: unknown } = {}) =>
  request.parse({
    id: 5,
    type: 'movie',
    is4k: false,
    createdAt: '2025-05-05T05:05:05.000Z',
    requestedBy: { displayName: 'Ana', email: 'ana@example.org' },
    media: {
      tmdbId: 603,
      tvdbId: null,
      serviceId: 0,
      externalServiceId: 7,
      serviceId4k: 1,
      externalServiceId4k: 9,
      ...media,
    },
    ...over,
  });
const film = { kind: 'film', tmdb: 603, tvdb: null } as const;

test('the first server has the number zero, and that is a server', () => {
  expect(toRequest(aRequest(), readAt)).toMatchObject({
    serviceId: 0,
    serviceExternalId: 7,
    requestedBy: 'Ana',
  });
  const servers = { film: [{ id: 0, hostname: 'radarr', port: 7878 }], show: [] };
  expect(toTitleRequest(aRequest(), servers)).toMatchObject({
    serverUrl: 'http://radarr:7878',
    serverExternalId: 7,
  });
});

test.each([
  [{ jellyfinUsername: 'ana.j', plexUsername: 'ana.p', username: 'ana' }, 'ana.j'],
  [{ plexUsername: 'ana.p', username: 'ana' }, 'ana.p'],
  [{ username: 'ana' }, 'ana'],
  [{ displayName: 'Ana' }, null],
])('whoever asked is found at the media server by %o as %s', (requestedBy, mediaUser) => {
  expect(toRequest(aRequest({ requestedBy }), readAt).mediaUser).toBe(mediaUser);
});

test('T-42 a request for 4K is about the 4K copy and its server', () => {
  expect(toRequest(aRequest({ is4k: true }), readAt)).toMatchObject({
    is4k: true,
    serviceId: 1,
    serviceExternalId: 9,
  });
});

test('a request that does not say where it went says null', () => {
  const media = { serviceId: null, externalServiceId: undefined };
  expect(toRequest(aRequest({ media }), readAt)).toMatchObject({ serviceId: null, serviceExternalId: null });
  expect(toTitleRequest(aRequest({ media }), { film: [], show: [] }).serverUrl).toBeNull();
});

test('T-40 a show is never matched by the number of a film', () => {
  expect(isFor(aRequest(), film)).toBe(true);
  expect(isFor(aRequest({ type: 'tv' }), film)).toBe(false);
});

test('T-40 where both know the number of TMDB, that of TVDB has no say', () => {
  const show = aRequest({ type: 'tv', media: { tmdbId: 1, tvdbId: 2 } });
  expect(isFor(show, { kind: 'show', tmdb: 9, tvdb: 2 })).toBe(false);
  expect(isFor(show, { kind: 'show', tmdb: null, tvdb: 2 })).toBe(true);
  expect(isFor(show, { kind: 'show', tmdb: null, tvdb: null })).toBe(false);
});

test.each([
  [{ id: 0, hostname: 'nas', port: 7878, useSsl: true, baseUrl: '/radarr/' }, 'https://nas:7878/radarr'],
  [{ id: 0, hostname: 'fd12::1', port: 80, baseUrl: '' }, 'http://[fd12::1]:80'],
])('tells the address of a server', (server, url) => {
  expect(serverUrl(server)).toBe(url);
});
