import type { Household, SeerrHouse } from '../../seed/household.ts';
import { json, html, redirect, type Call, type Reply } from '../http.ts';
import { createRouter } from '../router.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { seasonStates } from './availability.ts';
import { versions, type Seerr, type SeerrOptions } from './house.ts';
import { mediaRoutes } from './media.ts';
import { requestRoutes } from './requests.ts';
import { userRoutes } from './users.ts';

export type SeerrSimulator = Listening & { apiKey: string; world: World; state: SeerrHouse; server: Seerr };

/** Seerr 3, Jellyseerr 2 or Overseerr 1: one API, three ways to differ. */
export async function startSeerr(
  home: Household | World,
  options: SeerrOptions & WorldOptions = {},
): Promise<SeerrSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const house = world.household.seerr;
  const product = options.product ?? 'seerr';
  const seerr: Seerr = {
    house,
    world,
    seasons: seasonStates(world),
    settings: {
      apiKey: options.apiKey ?? 'MTc2MzY4MzIwMDAwMGtlZXBlcmNoZWt5LXNpbQ==',
      version: options.version ?? versions[product],
      product,
      csrfProtection: options.csrfProtection ?? false,
      isSetUp: options.isSetUp ?? true,
      radarrs: options.radarrs ?? [],
      sonarrs: options.sonarrs ?? [],
    },
  };
  const find = createRouter([...requestRoutes(seerr), ...mediaRoutes(seerr), ...userRoutes(seerr)]);
  const listening = await serve({
    answer: (call) => answer(seerr, find, call),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    apiKey: seerr.settings.apiKey,
    world,
    state: house,
    server: seerr,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

/** Everything that is not the API is a page for people: sent to the login, or to the setup. */
function answer(seerr: Seerr, find: ReturnType<typeof createRouter>, call: Call): Reply | Promise<Reply> {
  const { settings } = seerr;
  if (!call.path.startsWith('/api/v1/')) {
    return call.path === '/login' || call.path === '/setup'
      ? html('Seerr')
      : redirect(307, settings.isSetUp ? '/login' : '/setup');
  }
  const open = publicAnswer(seerr, call);
  if (open) return open;
  if (settings.csrfProtection && call.method !== 'GET') return json(403, { message: 'invalid csrf token' });
  const key = call.headers['x-api-key'];
  if (key === undefined)
    return json(401, {
      message: "cookie 'connect.sid' required",
      errors: [{ path: '/cookies/connect.sid', message: "cookie 'connect.sid' required" }],
    });
  if (key !== settings.apiKey || !settings.isSetUp)
    return json(403, { status: 403, error: 'You do not have permission to access this endpoint' });
  const match = find(call);
  return match ? match.handler({ ...call, params: match.params }) : json(404, { message: 'not found' });
}

function publicAnswer({ settings }: Seerr, { method, path }: Call): Reply | undefined {
  if (method !== 'GET') return undefined;
  if (path === '/api/v1/status') {
    return json(200, {
      version: settings.version,
      commitTag: 'local',
      updateAvailable: false,
      commitsBehind: 0,
      restartRequired: false,
    });
  }
  if (path !== '/api/v1/settings/public') return undefined;
  const applicationTitle = { seerr: 'Seerr', jellyseerr: 'Jellyseerr', overseerr: 'Overseerr' }[
    settings.product
  ];
  const own = settings.product === 'overseerr' ? {} : { mediaServerType: settings.isSetUp ? 2 : 4 };
  return json(200, {
    initialized: settings.isSetUp,
    applicationTitle,
    applicationUrl: '',
    hideAvailable: false,
    localLogin: true,
    ...own,
  });
}
