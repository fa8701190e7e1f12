import type { SeerrRequest } from '../../seed/household.ts';
import { empty, json, type Call, type Route } from '../http.ts';
import { askFor } from './asking.ts';
import { requestResource, type Seerr } from './house.ts';
import { page, requestQuery, strict } from './queries.ts';

const AVAILABLE = 5;
const statuses: Record<string, number> = { pending: 1, approved: 2, declined: 3, failed: 4, completed: 5 };

export function requestRoutes(seerr: Seerr): Route[] {
  const { house, settings, world } = seerr;
  const find = (call: Call) => house.requests.find((request) => request.id === Number(call.params['id']));
  const write = (request: SeerrRequest) => requestResource(seerr, request);
  const notFound = () => json(404, { message: 'Request not found.' });

  return [
    [
      'GET',
      '/api/v1/request',
      strict(requestQuery(settings.product), (call) => {
        const { query } = call;
        const by = query.get('requestedBy');
        const kind = query.get('mediaType');
        const rows = house.requests
          .filter((request) => passes(seerr, request, query.get('filter') ?? 'all'))
          .filter((request) => by === null || request.requestedBy === Number(by))
          .filter((request) => kind === null || kind === 'all' || request.kind === kind)
          .sort((a, b) => b.id - a.id);
        return page(call, query.get('sortDirection') === 'asc' ? rows.reverse() : rows, 10, write);
      }),
    ],
    ['POST', '/api/v1/request', strict([], (call) => askFor(seerr, call))],
    ['GET', '/api/v1/request/count', strict([], () => json(200, counts(seerr)))],
    [
      'GET',
      '/api/v1/request/:id#',
      strict([], (call) => {
        const request = find(call);
        return request ? json(200, write(request)) : notFound();
      }),
    ],
    // The media stays as it is.
    [
      'DELETE',
      '/api/v1/request/:id#',
      strict([], (call) => {
        const request = find(call);
        if (!request) return notFound();
        house.requests.splice(house.requests.indexOf(request), 1);
        world.changed();
        return empty(204);
      }),
    ],
  ];
}

function passes(seerr: Seerr, request: SeerrRequest, filter: string): boolean {
  if (filter === 'all') return true;
  const media = seerr.house.media.find((one) => one.id === request.mediaId);
  const status = request.is4k ? media?.status4k : media?.status;
  if (filter === 'available') return status === AVAILABLE;
  if (filter === 'processing') return request.status === 2 && status !== AVAILABLE;
  return request.status === statuses[filter];
}

function counts(seerr: Seerr) {
  const { requests } = seerr.house;
  const passing = (filter: string) => requests.filter((request) => passes(seerr, request, filter)).length;
  return {
    total: requests.length,
    movie: requests.filter((request) => request.kind === 'movie').length,
    tv: requests.filter((request) => request.kind === 'tv').length,
    pending: passing('pending'),
    approved: passing('approved'),
    declined: passing('declined'),
    processing: passing('processing'),
    available: passing('available'),
    ...(seerr.settings.product === 'overseerr' ? {} : { completed: passing('completed') }),
  };
}
