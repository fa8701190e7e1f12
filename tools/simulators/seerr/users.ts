import { json, type Call, type Route } from '../http.ts';
import { syncAvailability } from './availability.ts';
import { accounts, requestResource, userResource, type Seerr, type Service } from './house.ts';
import { page, strict, userQuery } from './queries.ts';

export function userRoutes(seerr: Seerr): Route[] {
  const { settings, house, world } = seerr;
  const find = (call: Call) => accounts(seerr).find((person) => person.seerrId === Number(call.params['id']));
  return [
    // The key is user 1; `X-API-User` speaks for another.
    [
      'GET',
      '/api/v1/auth/me',
      strict([], (call) => {
        const id = Number(call.headers['x-api-user'] ?? 1);
        const person = accounts(seerr).find((one) => one.seerrId === id);
        return person
          ? json(200, userResource(seerr, person))
          : json(403, { status: 403, error: 'You do not have permission to access this endpoint' });
      }),
    ],
    [
      'GET',
      '/api/v1/user',
      strict(userQuery(settings.product), (call) =>
        page(call, accounts(seerr), 10, (person) => userResource(seerr, person)),
      ),
    ],
    [
      'GET',
      '/api/v1/user/:id#',
      strict([], (call) => {
        const person = find(call);
        return person ? json(200, userResource(seerr, person)) : json(404, { message: 'User not found.' });
      }),
    ],
    [
      'GET',
      '/api/v1/user/:id#/requests',
      strict(['take', 'skip'], (call) => {
        const rows = house.requests.filter((request) => request.requestedBy === Number(call.params['id']));
        return page(call, rows, 20, (request) => requestResource(seerr, request));
      }),
    ],
    [
      'GET',
      '/api/v1/settings/radarr',
      strict([], () =>
        json(
          200,
          settings.radarrs.map((service, id) =>
            serviceResource(service, id, { minimumAvailability: 'released' }),
          ),
        ),
      ),
    ],
    [
      'GET',
      '/api/v1/settings/sonarr',
      strict([], () =>
        json(
          200,
          settings.sonarrs.map((service, id) => serviceResource(service, id, { enableSeasonFolders: true })),
        ),
      ),
    ],
    ['GET', '/api/v1/settings/main', strict([], () => json(200, mainSettings(seerr)))],
    // Overseerr keeps what is there among its main settings.
    [
      'GET',
      '/api/v1/settings/network',
      strict([], () =>
        settings.product === 'overseerr'
          ? json(404, { message: 'not found' })
          : json(200, { csrfProtection: settings.csrfProtection, forceIpv4First: false, trustProxy: false }),
      ),
    ],
    [
      'POST',
      '/api/v1/settings/jobs/:id/run',
      strict([], (call) => {
        const id = call.params['id'] ?? '';
        if (id === 'availability-sync') world.afterwards(() => syncAvailability(seerr));
        return json(200, {
          id,
          type: 'process',
          interval: 'hours',
          name: id,
          nextExecutionTime: world.now().toISOString(),
          running: true,
        });
      }),
    ],
  ];
}

const mainSettings = ({ settings }: Seerr) => ({
  apiKey: settings.apiKey,
  applicationTitle: 'Requests',
  applicationUrl: '',
  hideAvailable: false,
  partialRequestsEnabled: true,
  localLogin: true,
  newPlexLogin: true,
  defaultPermissions: 32,
  ...(settings.product === 'overseerr' ? { csrfProtection: settings.csrfProtection, trustProxy: false } : {}),
});

/** The place in the list is the id, so 0 is one (T-42). */
function serviceResource(service: Service, id: number, own: Record<string, unknown>) {
  const url = new URL(service.url);
  return {
    id,
    name: service.name,
    hostname: url.hostname,
    port: Number(url.port || 80),
    apiKey: service.apiKey,
    useSsl: url.protocol === 'https:',
    baseUrl: url.pathname === '/' ? '' : url.pathname,
    activeProfileId: service.is4k ? 5 : 4,
    activeProfileName: service.is4k ? 'Ultra-HD' : 'HD-1080p',
    activeDirectory: '/media',
    is4k: service.is4k,
    isDefault: true,
    tags: [],
    syncEnabled: true,
    preventSearch: false,
    ...own,
  };
}
