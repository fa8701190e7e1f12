import type { Household, RadarrHouse } from '../../seed/household.ts';
import { createRouter } from '../router.ts';
import { serve, type Listening } from '../serve.ts';
import { exclusionRoutes } from '../servarr/exclusions.ts';
import { historyRoutes } from '../servarr/history.ts';
import type { ServarrOptions } from '../servarr/house.ts';
import { imageRoutes } from '../servarr/images.ts';
import { queueRoutes } from '../servarr/queue.ts';
import { shell } from '../servarr/shell.ts';
import { systemRoutes } from '../servarr/system.ts';
import { tagRoutes } from '../servarr/tags.ts';
import { asWorld, type World, type WorldOptions } from '../world.ts';
import { fileRoutes } from './files.ts';
import { addingRoutes } from './adding.ts';
import { createMovieTexts, movieRoutes } from './movies.ts';
import type { Radarr } from './resource.ts';
import { search } from './search.ts';

export type RadarrOptions = ServarrOptions & {
  /** Which of the household's Radarrs: 0 is the one for HD, 1 the one for 4K. */
  which?: number;
} & WorldOptions;

export type RadarrSimulator = Listening & {
  apiKey: string;
  world: World;
  state: RadarrHouse;
  server: Radarr;
};

/** Radarr 6 with API v3, alone on a household or on a world shared with others. */
export async function startRadarr(
  home: Household | World,
  options: RadarrOptions = {},
): Promise<RadarrSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const which = options.which ?? 0;
  const house = world.household.radarrs[which];
  if (!house) throw new Error(`the household has no Radarr number ${String(which)}`);
  if (options.recycleBin !== undefined) house.recycleBin = options.recycleBin;
  const radarr: Radarr = {
    app: 'Radarr',
    house,
    world,
    settings: {
      urlBase: options.urlBase ?? '',
      apiKey: options.apiKey ?? `${String(which)}a7c1d9e4f6b80325c1d9e4f6b803257`,
      version: options.version ?? '6.0.3.10276',
      authentication: options.authentication ?? 'forms',
      autoUnmonitor: options.autoUnmonitor ?? false,
      recycleBinDays: options.recycleBinDays ?? 7,
    },
    isStarting: false,
    missingRoots: new Set(),
    commands: [],
    search: (command) => search(radarr, command),
    titles: () => house.movies,
    forget: (id) => texts.forget(id),
  };
  const texts = createMovieTexts(radarr);
  const find = createRouter([
    ...addingRoutes(radarr, texts),
    ...movieRoutes(radarr, texts),
    ...fileRoutes(radarr),
    ...tagRoutes(radarr),
    ...historyRoutes(radarr),
    ...exclusionRoutes(radarr),
    ...queueRoutes(radarr),
    ...systemRoutes(radarr),
    ...imageRoutes(radarr),
  ]);
  const listening = await serve({
    answer: shell(radarr, find),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    url: `${listening.url}${radarr.settings.urlBase}`,
    apiKey: radarr.settings.apiKey,
    world,
    state: house,
    server: radarr,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}
