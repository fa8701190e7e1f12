import { beforeEach, describe, expect, test } from 'vitest';
import type { SeerrProduct } from '#tools/simulators/seerr/house.ts';
import { startSeerr, type SeerrSimulator } from '#tools/simulators/seerr/start.ts';
import {
  collect,
  promptHttp,
  requestProblems,
  smallHousehold,
  targetOf,
  valueOf,
} from '../simulated.fake.ts';
import { createSeerrProber } from './probe.ts';
import { createSeerrManager } from './request-manager.ts';
import { createSeerrRequestServer } from './request-server.ts';

const household = smallHousehold();
const http = promptHttp();
const radarrs = [{ name: 'HD', url: 'http://radarr:7878', apiKey: 'x', is4k: false }];
const sonarrs = [{ name: 'TV', url: 'http://sonarr:8989/tv', apiKey: 'x', is4k: false }];

const products: readonly (readonly [SeerrProduct, string])[] = [
  ['seerr', 'Seerr'],
  ['jellyseerr', 'Jellyseerr'],
  ['overseerr', 'Overseerr'],
];

describe.each(products)('C-02 %s', (product, name) => {
  let seerr: SeerrSimulator;

  beforeEach(async () => {
    seerr = await startSeerr(household, { product, radarrs, sonarrs });
    return async () => {
      expect(requestProblems(product, seerr.requests)).toEqual([]);
      await seerr.close();
    };
  });

  const target = () => targetOf('seerr', seerr);
  const asked = (path: string) => seerr.requests.filter((request) => request.path.endsWith(path));
  const mediaOf = (mediaId: number) => seerr.state.media.find(({ id }) => id === mediaId);
  const aRequest = () => {
    const request = seerr.state.requests[0];
    const media = mediaOf(request?.mediaId ?? 0);
    if (!request || !media) throw new Error('the household has no request');
    return { ...request, media };
  };
  const titleOf = ({ kind, media }: ReturnType<typeof aRequest>) => ({
    kind: kind === 'movie' ? ('film' as const) : ('show' as const),
    tmdb: media.tmdbId,
    tvdb: null,
  });

  test('reads every request, page by page, whatever became of its media', async () => {
    const again = Array.from({ length: 150 }, (_, index) => ({ ...aRequest(), id: 50_000 + index }));
    seerr.state.requests.push(...again.map(({ media: _media, ...request }) => request));
    seerr.state.media.forEach((media, index) => Object.assign(media, { status: 1 + (index % 7) }));
    const { all, end } = await collect(createSeerrRequestServer(http, target()).requests());
    expect(end).toEqual({ ok: true, value: undefined });
    expect(all.map(({ externalId }) => externalId).sort()).toEqual(
      seerr.state.requests.map(({ id }) => id).sort(),
    );
    expect(all.every(({ requestedBy, mediaUser }) => requestedBy !== '' && mediaUser)).toBe(true);
  });

  test.each(['short-page', 'html', 'truncated-json', 'drop', '500', '403', 'redirect'] as const)(
    'requests that come as "%s" are a failure, not an end',
    async (kind) => {
      seerr.faults.add({ path: '/request', kind });
      expect((await collect(createSeerrRequestServer(http, target()).requests())).end.ok).toBe(false);
      expect(
        await createSeerrManager(http, target()).find({ kind: 'film', tmdb: 1, tvdb: null }),
      ).toMatchObject({ ok: false });
    },
  );

  test('T-40 T-41 finds the requests of a title, and reads them once for a whole run', async () => {
    const manager = createSeerrManager(http, target());
    const request = aRequest();
    const found = valueOf(await manager.find(titleOf(request)));
    expect(found.map(({ externalId }) => externalId)).toContain(request.id);
    expect(
      found.map(
        ({ externalId }) =>
          mediaOf(seerr.state.requests.find(({ id }) => id === externalId)?.mediaId ?? 0)?.tmdbId,
      ),
    ).toEqual(found.map(() => request.media.tmdbId));
    expect(found.some(({ serverUrl }) => serverUrl?.startsWith('http://'))).toBe(true);
    const reads = asked('/request').length;
    valueOf(await manager.find({ kind: 'film', tmdb: 999_999_999, tvdb: null }));
    expect(asked('/request')).toHaveLength(reads);
  });

  test('a request that was removed is found no more, and removing it again is no failure', async () => {
    const manager = createSeerrManager(http, target());
    const request = aRequest();
    const before = valueOf(await manager.find(titleOf(request))).length;
    valueOf(await manager.remove(request.id));
    expect(valueOf(await manager.find(titleOf(request)))).toHaveLength(before - 1);
    expect(seerr.state.requests.some(({ id }) => id === request.id)).toBe(false);
    valueOf(await manager.remove(request.id));
    expect(mediaOf(request.mediaId)).toBeDefined();
  });

  test('protection against forged requests is named, in the probe and when it bites', async () => {
    const strict = await startSeerr(household, { product, csrfProtection: true });
    const strictTarget = targetOf('seerr', strict);
    expect(await createSeerrManager(http, strictTarget).remove(1)).toEqual({
      ok: false,
      error: { code: 'step.refused', status: 403, reason: 'CSRF protection is on' },
    });
    expect(await createSeerrProber(http).probe(strictTarget)).toEqual({
      ok: false,
      error: { code: 'probe.csrf-protection-on' },
    });
    await strict.close();
  });

  test('the probe says which of the three it is, and asks nothing but its own words', async () => {
    expect(await createSeerrProber(http).probe(target())).toMatchObject({
      ok: true,
      value: { product: name },
    });
    expect(seerr.requests.filter(({ status }) => status === 400)).toEqual([]);
  });

  test('the probe names a wrong key, an unfinished set-up and a wrong path', async () => {
    const { probe } = createSeerrProber(http);
    expect(await probe({ ...target(), key: 'wrong' })).toMatchObject({
      error: { code: 'probe.key-refused' },
    });
    expect(await probe({ ...target(), url: `${seerr.url}/requests` })).toMatchObject({
      error: { code: 'probe.redirected' },
    });
    const fresh = await startSeerr(household, { product, isSetUp: false });
    expect(await probe(targetOf('seerr', fresh))).toMatchObject({ error: { code: 'probe.not-set-up' } });
    await fresh.close();
  });
});
