import type { EmbyHouse, Household } from '../../seed/household.ts';
import { createCatalogue } from '../media-server/catalogue.ts';
import { collectionRoutes } from '../media-server/collections.ts';
import { imageRoutes } from '../media-server/images.ts';
import { pathRoutes } from '../media-server/libraries.ts';
import type { NewId } from '../media-server/links.ts';
import { playbackRoutes } from '../media-server/playback-reporting.ts';
import { scanRoutes } from '../media-server/scan.ts';
import { hexId } from '../../seed/random.ts';
import { createRouter } from '../router.ts';
import { serve, type Listening } from '../serve.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { embyDto, embyUserData } from './dto.ts';
import { nextNumber, parseNumber, type Emby, type EmbyOptions } from './house.ts';
import { itemRoutes } from './items.ts';
import { shell, systemRoutes } from './shell.ts';
import { userRoutes } from './users.ts';

export type EmbySimulator = Listening & {
  apiKey: string;
  world: World;
  state: EmbyHouse;
  server: Emby;
};

/** A number, as all ids of Emby; the same for the same path. */
const newId: NewId = (word) => String(Number.parseInt(hexId('of', word).slice(0, 12), 16));

const COLLECTIONS_LIBRARY = '999';

/** Emby 4.8 and 4.9, by the version it is told to be. Emby is closed: what is not described is as Jellyfin's. */
export async function startEmby(
  home: Household | World,
  options: EmbyOptions & WorldOptions = {},
): Promise<EmbySimulator> {
  const { world, isOwn } = asWorld(home, options);
  const house = world.household.emby;
  const emby: Emby = {
    house,
    world,
    people: house.people,
    parseId: parseNumber,
    write: (item, view) => embyDto(emby, item, view),
    writeUserData: (item, person, view) => embyUserData(emby, item, person, view),
    settings: {
      apiKey: options.apiKey ?? 'b7d1c2e3f4a5968778695a4b3c2d1e0f',
      version: options.version ?? '4.9.1.90',
      hidesPlayCount: options.hidesPlayCount ?? false,
      keepsGhosts: options.keepsGhosts ?? false,
      groupsCollections: options.groupsCollections ?? false,
      mounts: options.mounts ?? [],
      followsLinks: options.followsLinks ?? true,
    },
    isStarting: false,
    catalogue: createCatalogue(house),
  };
  const find = createRouter([
    ...systemRoutes(emby, newId),
    ...userRoutes(emby),
    ...collectionRoutes(emby, {
      newId: () => nextNumber(house),
      libraryId: COLLECTIONS_LIBRARY,
      refusesEmpty: true,
      removals: [
        ['DELETE', '/Collections/:id/Items'],
        ['POST', '/Collections/:id/Items/Delete'],
      ],
    }),
    ...imageRoutes(emby),
    ...scanRoutes(emby, newId),
    ...pathRoutes(emby),
    ...(options.playback ? playbackRoutes(emby, options.playback) : []),
    ...itemRoutes(emby),
  ]);
  const listening = await serve({
    answer: shell(emby, find),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    apiKey: emby.settings.apiKey,
    world,
    state: house,
    server: emby,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}
