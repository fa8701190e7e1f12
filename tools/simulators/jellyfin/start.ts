import type { Household, JellyfinHouse } from '../../seed/household.ts';
import { createRouter } from '../router.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { hexId } from '../../seed/random.ts';
import { createCatalogue } from '../media-server/catalogue.ts';
import { collectionRoutes, type CollectionWays } from '../media-server/collections.ts';
import { dto } from '../media-server/dto.ts';
import { parseGuid } from '../media-server/house.ts';
import { imageRoutes } from '../media-server/images.ts';
import { pathRoutes } from '../media-server/libraries.ts';
import type { NewId } from '../media-server/links.ts';
import { playbackRoutes } from '../media-server/playback-reporting.ts';
import { scanRoutes } from '../media-server/scan.ts';
import { userData } from '../media-server/user-data.ts';
import type { Jellyfin, JellyfinOptions } from './house.ts';
import { itemRoutes } from './items.ts';
import { shell } from './shell.ts';
import { majorOf, systemRoutes } from './system.ts';
import { userRoutes } from './users.ts';

export type JellyfinSimulator = Listening & {
  apiKey: string;
  world: World;
  state: JellyfinHouse;
  server: Jellyfin;
};

const newId: NewId = (word) => hexId('of', word);

const collectionWays: CollectionWays = {
  newId: (word) => hexId('boxset', word),
  libraryId: hexId('library', 'collections'),
  refusesEmpty: false,
  removals: [['DELETE', '/Collections/:id/Items']],
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
    people: world.household.people,
    parseId: parseGuid,
    write: (item, view) => dto(jellyfin, item, view),
    writeUserData: (item, person) => userData(jellyfin, person, item),
    settings: {
      urlBase: options.urlBase ?? '',
      apiKey: options.apiKey ?? '5e1f0b7c9d2a4836b1c0d9e8f7a6b5c4',
      version,
      legacyAuth: majorOf(version) < 12 && (options.legacyAuth ?? true),
      keepsGhosts: options.keepsGhosts ?? false,
      groupsCollections: options.groupsCollections ?? false,
      mounts: options.mounts ?? [],
      followsLinks: options.followsLinks ?? true,
    },
    isStarting: false,
    catalogue: createCatalogue(house),
  };
  const find = createRouter([
    ...systemRoutes(jellyfin, newId),
    ...userRoutes(jellyfin),
    ...collectionRoutes(jellyfin, collectionWays),
    ...imageRoutes(jellyfin),
    ...scanRoutes(jellyfin, newId),
    ...pathRoutes(jellyfin),
    ...(options.playback ? playbackRoutes(jellyfin, options.playback) : []),
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
