import type { Household } from '../../seed/household.ts';
import { html, json, text, type Call, type Reply } from '../http.ts';
import { playsOf, type PlayRow } from '../plays.ts';
import type { Jellystat, JellystatOptions } from './house.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { activityRow, mangled } from './rows.ts';

export type JellystatSimulator = Listening & {
  apiKey: string;
  world: World;
  /** What it has written down; tests add to it and take away. */
  plays: PlayRow[];
  server: Jellystat;
};

/** Jellystat, which writes down every play of a Jellyfin. */
export async function startJellystat(
  home: Household | World,
  options: JellystatOptions & WorldOptions = {},
): Promise<JellystatSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const plays = playsOf(world.household, world.household.jellyfin);
  const jellystat: Jellystat = {
    house: world.household.jellyfin,
    plays,
    settings: {
      apiKey: options.apiKey ?? '8a5c1d3e-4b7f-4c2a-9d10-6e2f7b8a9c0d',
      version: options.version ?? '1.1.8',
      state: options.state ?? 2,
      hasKeys: options.hasKeys ?? true,
    },
    sqlFails: false,
    crashes: 0,
  };
  const listening = await serve({
    answer: (call) => answer(jellystat, call),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    apiKey: jellystat.settings.apiKey,
    world,
    plays,
    server: jellystat,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

function answer(jellystat: Jellystat, call: Call): Reply {
  const { settings } = jellystat;
  if (call.path === '/auth/isConfigured')
    return json(200, { state: settings.state, version: settings.version });
  // Whatever is none of its paths is the page of its web client.
  if (!/^\/(api|stats)\//.test(call.path)) return html('Jellystat');
  const refused = refusal(jellystat, call);
  if (refused) return refused;
  if (call.path === '/stats/getPlaybackActivity') return playbackActivity(jellystat, call.query);
  if (call.path === '/api/getLibraries')
    return json(
      200,
      jellystat.house.libraries.map(({ id, name, type }) => ({ Id: id, Name: name, CollectionType: type })),
    );
  return json(404, { error: 'Not Found' });
}

function refusal(jellystat: Jellystat, call: Call): Reply | null {
  const { settings } = jellystat;
  const key = call.headers['x-api-token'];
  if (key === undefined) return json(401, { message: 'Unauthorized' });
  if (settings.state !== 2) {
    jellystat.crashes += 1;
    return text(500, 'the process has ended');
  }
  if (!settings.hasKeys) return json(404, { message: 'No API keys configured' });
  return key === settings.apiKey ? null : json(403, { message: 'Invalid API key' });
}

function playbackActivity({ plays, house, settings, sqlFails }: Jellystat, query: URLSearchParams): Reply {
  if (sqlFails) return json(200, { current_page: 1, pages: 0, size: 0, results: [] });
  const items = new Map(house.items.map((item) => [item.id, item]));
  const rows = plays
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .map((play) => activityRow(play, items.get(play.itemId)));
  if (isBefore117(settings.version)) return json(200, rows);
  const size = Number(query.get('size') ?? 50);
  const page = Number(query.get('page') ?? 1);
  return json(200, {
    current_page: page,
    pages: size === 0 ? null : Math.ceil(rows.length / size),
    size,
    sort: query.get('sort'),
    desc: query.get('desc') === 'true',
    results: rows.slice((page - 1) * size, page * size).map(mangled),
  });
}

function isBefore117(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major < 1 || (major === 1 && (minor < 1 || (minor === 1 && patch < 7)));
}
