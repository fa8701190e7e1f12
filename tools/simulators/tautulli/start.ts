import type { Household } from '../../seed/household.ts';
import { html, json, type Call, type Reply } from '../http.ts';
import { playsOf, type PlayRow } from '../plays.ts';
import type { Tautulli, TautulliOptions } from './house.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { guidsOf, historyRow } from './rows.ts';

export type TautulliSimulator = Listening & {
  apiKey: string;
  world: World;
  plays: PlayRow[];
  server: Tautulli;
};

/** Tautulli 2. Its Plex holds what the household's Jellyfin holds, under numbers of its own. */
export async function startTautulli(
  home: Household | World,
  options: TautulliOptions & WorldOptions = {},
): Promise<TautulliSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const plays = playsOf(world.household, world.household.jellyfin);
  const tautulli: Tautulli = {
    world,
    plays,
    settings: {
      apiKey: options.apiKey ?? '9b2f6c1e0a4d4e7f8c3b5a6d7e8f9012',
      version: options.version ?? 'v2.17.2',
      apiIsOff: options.apiIsOff ?? false,
      oldAgents: options.oldAgents ?? false,
    },
    plexIsDown: false,
    sqlFails: false,
  };
  const listening = await serve({
    answer: (call) => answer(tautulli, call),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    apiKey: tautulli.settings.apiKey,
    world,
    plays,
    server: tautulli,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

const failure = (status: number, message: string): Reply =>
  json(status, { response: { result: 'error', message, data: {} } });
const success = (data: unknown): Reply => json(200, { response: { result: 'success', message: null, data } });

function answer(tautulli: Tautulli, { path, query }: Call): Reply {
  const { settings } = tautulli;
  if (!path.startsWith('/api')) return html('Tautulli');
  if (path !== '/api/v2') return failure(200, 'Please use the /api/v2 endpoint.');
  if (settings.apiIsOff) return failure(404, 'API not enabled');
  if (query.get('apikey') !== settings.apiKey) return failure(401, 'Invalid apikey');
  switch (query.get('cmd')) {
    case 'get_tautulli_info':
      return success({ tautulli_version: settings.version, tautulli_branch: 'master' });
    case 'get_history':
      return history(tautulli, query);
    case 'get_metadata':
      return tautulli.plexIsDown
        ? failure(500, 'Unable to connect to Plex')
        : success(guidsOf(tautulli, query.get('rating_key') ?? ''));
    default:
      return failure(400, 'Unknown command');
  }
}

/** 25 to a page unless asked otherwise. */
function history(tautulli: Tautulli, query: URLSearchParams): Reply {
  if (tautulli.sqlFails) return success({ recordsFiltered: 0, recordsTotal: 0, data: 'null' });
  const start = Number(query.get('start') ?? 0);
  const length = Number(query.get('length') ?? 25);
  const newest = tautulli.plays.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return success({
    recordsFiltered: newest.length,
    recordsTotal: newest.length,
    data: newest.slice(start, start + length).map((play) => historyRow(tautulli, play)),
  });
}
