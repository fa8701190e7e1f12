import type { Household, JellyfinHouse } from '../../seed/household.ts';
import { createRouter } from '../router.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { createCatalogue } from './catalogue.ts';
import { collectionRoutes } from './collections.ts';
import type { Jellyfin, JellyfinOptions } from './house.ts';
import { imageRoutes } from './images.ts';
import { itemRoutes } from './items.ts';
import { scanRoutes } from './scan.ts';
import { shell } from './shell.ts';
import { majorOf, systemRoutes } from './system.ts';
import { userRoutes } from './users.ts';

export type JellyfinSimulator = Listening & {
  apiKey: string;
  world: World;
  state: JellyfinHouse;
  server: Jellyfin;
};

/** Jellyfin 10.9 to 12, by the version it is told to be. */
export async function startJellyfin(
  home: Household | World,
  options: JellyfinOptions & WorldOptions = {},
): Promise<JellyfinSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const house = world.household.jellyfin;
  const version = options.version ?? '10.11.11';
  const jellyfin: Jellyfin = {
    house,
    world,
    settings: {
      urlBase: options.urlBase ?? '',
      apiKey: options.apiKey ?? '5e1f0b7c9d2a4836b1c0d9e8f7a6b5c4',
      version,
      legacyAuth: majorOf(version) < 12 && (options.legacyAuth ?? true),
      keepsGhosts: options.keepsGhosts ?? false,
      groupsCollections: options.groupsCollections ?? false,
    },
    isStarting: false,
    catalogue: createCatalogue(house),
  };
  const find = createRouter([
    ...systemRoutes(jellyfin),
    ...userRoutes(jellyfin),
    ...collectionRoutes(jellyfin),
    ...imageRoutes(jellyfin),
    ...scanRoutes(jellyfin),
    ...itemRoutes(jellyfin),
  ]);
  const listening = await serve({
    answer: shell(jellyfin, find),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    url: `${listening.url}${jellyfin.settings.urlBase}`,
    apiKey: jellyfin.settings.apiKey,
    world,
    state: house,
    server: jellyfin,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}
