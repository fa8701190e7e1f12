import type { Household } from '../../seed/household.ts';
import { json, text, type Call, type Reply } from '../http.ts';
import { playsOf, type PlayRow } from '../plays.ts';
import type { Streamystats, StreamystatsOptions } from './house.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { detailsOf } from './details.ts';

export type StreamystatsSimulator = Listening & {
  apiKey: string;
  world: World;
  plays: PlayRow[];
  server: Streamystats;
};

/** Streamystats 2, of which a key may ask about one item at a time. */
export async function startStreamystats(
  home: Household | World,
  options: StreamystatsOptions & WorldOptions = {},
): Promise<StreamystatsSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const plays = playsOf(world.household, world.household.jellyfin);
  const streamystats: Streamystats = {
    world,
    plays,
    settings: {
      jellyfinKey: options.jellyfinKey ?? '5e1f0b7c9d2a4836b1c0d9e8f7a6b5c4',
      version: options.version ?? '2.18.0',
      servers: options.servers ?? [
        { id: 1, name: 'Another house' },
        { id: 2, name: 'Salon' },
      ],
    },
    jellyfinIsDown: false,
  };
  const listening = await serve({
    answer: (call) => answer(streamystats, call),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    apiKey: streamystats.settings.jellyfinKey,
    world,
    plays,
    server: streamystats,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}

const pageNotFound: Reply = {
  status: 404,
  type: 'text/html; charset=utf-8',
  body: '<!DOCTYPE html><title>404: This page could not be found.</title>',
};

function answer(streamystats: Streamystats, { path, query, headers }: Call): Reply {
  const { settings } = streamystats;
  if (path === '/api/version')
    return json(200, { currentVersion: settings.version, latestVersion: settings.version, hasUpdate: false });
  if (path === '/api/servers')
    return json(
      200,
      settings.servers.map((one) => ({ ...one, url: 'http://jellyfin:8096' })),
    );
  const id = /^\/api\/get-item-details\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined) return pageNotFound;
  const serverId = query.get('serverId');
  if (serverId === null) return json(400, { error: 'serverId query parameter is required' });
  const known = settings.servers.findIndex((one) => String(one.id) === serverId);
  if (known < 0) return text(200, JSON.stringify({ error: 'Server not found' }));
  const isOurs = known === settings.servers.length - 1;
  const key = headers.authorization?.replace(/^Bearer /, '');
  if (streamystats.jellyfinIsDown || !isOurs || key !== settings.jellyfinKey)
    return json(401, { error: 'Invalid API key' });
  const details = detailsOf(streamystats, decodeURIComponent(id));
  return details ? json(200, details) : json(404, { error: 'Item not found' });
}
