import { empty, isTrue, fieldsOf, json, silent, type Call, type Route } from '../http.ts';
import { mediaResource, requestCore, type Seerr } from './house.ts';
import { mediaQuery, page, strict } from './queries.ts';

const statuses: Record<string, number> = { unknown: 1, pending: 2, processing: 3, partial: 4, available: 5 };
const filters: Record<string, (status: number) => boolean> = {
  available: (status) => status === 5,
  partial: (status) => status === 4,
  allavailable: (status) => status === 4 || status === 5,
  processing: (status) => status === 3,
  pending: (status) => status === 2,
};
const BLOCKED = 6;

export function mediaRoutes(seerr: Seerr): Route[] {
  const { house, settings, world } = seerr;
  const find = (call: Call) => house.media.find((media) => media.id === Number(call.params['id']));
  const write = (media: Seerr['house']['media'][number]) => ({
    ...mediaResource(seerr, media),
    requests: house.requests
      .filter((request) => request.mediaId === media.id)
      .map((request) => requestCore(seerr, request)),
  });
  const notFound = () => json(404, { message: 'Media not found.' });

  return [
    // `filter=deleted` is accepted and changes nothing.
    [
      'GET',
      '/api/v1/media',
      strict(mediaQuery(settings.product), (call) => {
        const test = filters[call.query.get('filter') ?? ''] ?? (() => true);
        return page(
          call,
          house.media.filter((media) => test(media.status)),
          20,
          write,
        );
      }),
    ],
    // All its requests go with it; one on the block list is only reset.
    [
      'DELETE',
      '/api/v1/media/:id#',
      strict([], (call) => {
        const media = find(call);
        if (!media) return notFound();
        if (media.status === BLOCKED)
          Object.assign(media, { serviceId: null, externalServiceId: null, mediaAddedAt: null });
        else house.media.splice(house.media.indexOf(media), 1);
        house.requests = house.requests.filter((request) => request.mediaId !== media.id);
        world.changed();
        return empty(204);
      }),
    ],
    // Stuck for ever when no server is configured; otherwise any failure is a 404.
    [
      'DELETE',
      '/api/v1/media/:id#/file',
      strict(['is4k'], (call) => {
        if (settings.product === 'overseerr') return json(404, { message: 'not found' });
        const media = find(call);
        if (!media) return notFound();
        const servers = media.kind === 'movie' ? settings.radarrs : settings.sonarrs;
        return servers.length === 0 ? silent : json(404, { message: 'Something went wrong' });
      }),
    ],
    [
      'POST',
      '/api/v1/media/:id#/:status',
      strict([], (call) => {
        const media = find(call);
        const status = statuses[call.params['status'] ?? ''];
        if (settings.product === 'overseerr' && status === undefined)
          return json(400, { message: 'request/params/status must be equal to one of the allowed values' });
        if (!media) return notFound();
        // 3.1.0 has no case for `deleted`: it answers and changes nothing.
        if (status !== undefined)
          Object.assign(media, isTrue(fieldsOf(call)['is4k']) ? { status4k: status } : { status });
        world.changed();
        return json(200, write(media));
      }),
    ],
  ];
}
