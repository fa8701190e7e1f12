import { beforeEach, describe, expect, test } from 'vitest';
import { requestsToRemove } from '#features/cleanup/core/removal/saga-requests.ts';
import { aRemoval, aSeasonRemoval, aShowNow } from '#features/cleanup/core/removal/removal.fake.ts';
import type { SeerrRequest } from '#tools/seed/household.ts';
import { seerr as clientOf } from '#tools/simulators/client.fake.ts';
import { startSeerr, type SeerrSimulator } from '#tools/simulators/seerr/start.ts';
import { promptHttp, requestProblems, smallHousehold, targetOf, valueOf } from '../simulated.fake.ts';
import { createSeerrAvailability } from './availability.ts';
import { createSeerrManager } from './request-manager.ts';

const household = smallHousehold();
const http = promptHttp();
const hd = { url: 'http://radarr:7878', ofThisKind: 2 };
const uhd = { url: 'http://radarr4k:7878', ofThisKind: 2 };
const tv = { url: 'http://sonarr:8989', ofThisKind: 1 };
const service = ({ url }: { url: string }, is4k = false) => ({ name: url, url, apiKey: 'x', is4k });

describe.each(['seerr', 'jellyseerr', 'overseerr'] as const)(
  'J-95 J-96: the requester can ask %s again',
  (product) => {
    let seerr: SeerrSimulator;
    beforeEach(async () => {
      seerr = await startSeerr(household, {
        product,
        radarrs: [service(hd), service(uhd, true)],
        sonarrs: [service(tv)],
      });
      return async () => {
        expect(requestProblems(product, seerr.requests)).toEqual([]);
        await seerr.close();
      };
    });

    const world = () => seerr.world.household;
    const mediaOf = ({ mediaId }: SeerrRequest) => {
      const media = seerr.state.media.find(({ id }) => id === mediaId);
      if (!media) throw new Error('a request without media');
      return media;
    };
    const call: ReturnType<typeof clientOf> = (...args) => clientOf(seerr)(...args);
    const askFor = async (body: object) => (await call('POST', '/request', body)).status;
    /** What happens at the end of every run that removed something. */
    const endOfRun = async () => {
      valueOf(await createSeerrAvailability(http, targetOf('seerr', seerr))());
      await seerr.world.settle();
    };

    /** A film that somebody asked for in HD and somebody in 4K. */
    function aFilmInBoth() {
      const twin = seerr.state.requests.find(({ is4k, status }) => is4k && status === 5);
      if (!twin) throw new Error('the household asked for nothing in 4K');
      const media = mediaOf(twin);
      return { media, title: { kind: 'film' as const, tmdb: media.tmdbId, tvdb: null } };
    }

    test('for a film, and the request for its 4K twin stays (T-42)', async () => {
      const { media, title } = aFilmInBoth();
      const wish = { mediaType: 'movie', mediaId: media.tmdbId };
      const externalId = media.externalServiceId ?? 0;
      const manager = createSeerrManager(http, targetOf('seerr', seerr));
      const radarr = world().radarrs[0];
      if (radarr) radarr.movies = radarr.movies.filter(({ id }) => id !== externalId);
      const found = valueOf(await manager.find(title));
      const ours = requestsToRemove({ ...aRemoval(), externalId }, null, found, hd);
      expect(ours.map((id) => found.find((one) => one.externalId === id)?.is4k)).toEqual([false]);
      for (const id of ours) valueOf(await manager.remove(id));
      expect(mediaOf({ mediaId: media.id } as SeerrRequest).status).toBe(5); // people see no button

      await endOfRun();
      // Overseerr has no word for deleted: what is gone is unknown to it again.
      expect(media).toMatchObject({ status: product === 'overseerr' ? 1 : 7, status4k: 5 });
      expect(await askFor({ ...wish, is4k: false })).toBe(201);
      expect(seerr.state.requests.filter((one) => one.mediaId === media.id).map((one) => one.is4k)).toEqual(
        expect.arrayContaining([true, false]),
      );
    });

    test('for one season, while the request that covers another one stays (J-96, T-40)', async () => {
      const request = seerr.state.requests.find((one) => one.kind === 'tv' && withFiles(one).length > 1);
      if (!request) throw new Error('nobody asked for a show of two seasons');
      Object.assign(request, { status: 5, seasons: withFiles(request).slice(0, 2) });
      const media = mediaOf(request);
      const [first = 0, second = 0] = request.seasons;
      const show = world().sonarr.shows.find(({ id }) => id === media.externalServiceId);
      if (show) show.files = show.files.filter(({ season }) => season !== first);
      const title = aShowNow({
        files: [
          { ...aShowNow().files[0], seasonNumber: second } as ReturnType<typeof aShowNow>['files'][number],
        ],
        seasons: request.seasons.map((number) => ({ number, monitored: number !== first })),
      });
      const manager = createSeerrManager(http, targetOf('seerr', seerr));
      const found = valueOf(await manager.find({ kind: 'show', tmdb: media.tmdbId, tvdb: media.tvdbId }));
      const removal = { ...aSeasonRemoval(), externalId: show?.id ?? 0 };
      expect(requestsToRemove(removal, title, found, tv)).not.toContain(request.id);

      const wish = { mediaType: 'tv', mediaId: media.tmdbId };
      expect(await askFor({ ...wish, seasons: [first] })).toBe(202); // still there, as it thinks
      await endOfRun();
      expect(await askFor({ ...wish, seasons: [second] })).toBe(202);
      expect(seerr.state.requests.map(({ id }) => id)).toContain(request.id);
      const again = () => askFor({ ...wish, seasons: [first] });
      if (product !== 'overseerr') return expect(await again()).toBe(201);
      // It has no "completed" either: the request blocks all of its seasons until none of them is left. The guide says so.
      expect(await again()).toBe(202);
      if (show) show.files = [];
      const empty = {
        ...title,
        files: [],
        seasons: title.seasons.map((one) => ({ ...one, monitored: false })),
      };
      const left = requestsToRemove(removal, empty, found, tv);
      expect(left).toContain(request.id);
      for (const id of left) valueOf(await manager.remove(id));
      await endOfRun();
      expect(await again()).toBe(201);
    });

    /** The seasons of its show that are there. */
    const withFiles = (request: SeerrRequest): number[] => {
      const id = mediaOf(request).externalServiceId;
      const show = world().sonarr.shows.find((one) => one.id === id);
      return [...new Set((show?.files ?? []).map(({ season }) => season))].filter((one) => one > 0);
    };

    test('T-14: where Radarr and Sonarr use the same numbers, the other one keeps its request', async () => {
      const { media, title } = aFilmInBoth();
      const show = seerr.state.media.find(({ kind }) => kind === 'tv');
      const ofShow = seerr.state.requests.find(({ mediaId }) => mediaId === show?.id);
      if (!show || !ofShow) throw new Error('the household asked for no show');
      Object.assign(show, { tmdbId: media.tmdbId, externalServiceId: media.externalServiceId });
      const manager = createSeerrManager(http, targetOf('seerr', seerr));
      const found = valueOf(await manager.find(title));
      const removal = { ...aRemoval(), externalId: media.externalServiceId ?? 0 };
      const ours = requestsToRemove(removal, null, found, hd);
      expect(ours).not.toContain(ofShow.id);
      for (const id of ours) valueOf(await manager.remove(id));
      expect(seerr.state.requests.map(({ id }) => id)).toContain(ofShow.id);
    });

    test('a server that forbids it is told of by name', async () => {
      const strict = await startSeerr(household, { product, csrfProtection: true });
      expect(await createSeerrAvailability(http, targetOf('seerr', strict))()).toEqual({
        ok: false,
        error: { code: 'step.refused', status: 403, reason: 'CSRF protection is on' },
      });
      await strict.close();
    });
  },
);
