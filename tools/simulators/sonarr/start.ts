import type { Household, SonarrHouse } from '../../seed/household.ts';
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
import { addingRoutes } from './adding.ts';
import { episodeFileRoutes, episodeRoutes } from './episodes.ts';
import { monitoringRoutes } from './monitoring.ts';
import { episodeResource, type Sonarr } from './resource.ts';
import { search } from './search.ts';
import { createSeriesTexts, seriesRoutes } from './series.ts';

export type SonarrSimulator = Listening & {
  apiKey: string;
  world: World;
  state: SonarrHouse;
  server: Sonarr;
};

/** Sonarr 4 with API v3, alone on a household or on a world shared with others. */
export async function startSonarr(
  home: Household | World,
  options: ServarrOptions & WorldOptions = {},
): Promise<SonarrSimulator> {
  const { world, isOwn } = asWorld(home, options);
  const house = world.household.sonarr;
  if (options.recycleBin !== undefined) house.recycleBin = options.recycleBin;
  const sonarr: Sonarr = {
    app: 'Sonarr',
    house,
    world,
    settings: {
      urlBase: options.urlBase ?? '',
      apiKey: options.apiKey ?? '9b1f3d5e7a9c0b2d4f6e8a0c1b3d5f79',
      version: options.version ?? '4.0.19.2979',
      authentication: options.authentication ?? 'forms',
      autoUnmonitor: options.autoUnmonitor ?? false,
      recycleBinDays: options.recycleBinDays ?? 7,
    },
    isStarting: false,
    episodesOf: new Map(house.shows.map((show) => [show.title, structuredClone(show.episodes)])),
    missingRoots: new Set(),
    commands: [],
    search: (command) => search(sonarr, command),
    titles: () => house.shows,
    forget: (id) => texts.forget(id),
  };
  const texts = createSeriesTexts(sonarr);
  const find = createRouter([
    ...addingRoutes(sonarr, texts),
    ...seriesRoutes(sonarr, texts),
    ...monitoringRoutes(sonarr),
    ...episodeRoutes(sonarr),
    ...episodeFileRoutes(sonarr),
    ...tagRoutes(sonarr),
    ...historyRoutes(sonarr, ({ titleId, episodeId }) => {
      const show = house.shows.find((one) => one.id === titleId);
      const episode = show?.episodes.find((one) => one.id === episodeId);
      return show && episode ? { episode: episodeResource(sonarr, show, episode) } : {};
    }),
    ...exclusionRoutes(sonarr),
    ...queueRoutes(sonarr),
    ...systemRoutes(sonarr),
    ...imageRoutes(sonarr),
  ]);
  const listening = await serve({
    answer: shell(sonarr, find),
    settle: world.settle,
    port: options.port,
    host: options.host,
  });
  return {
    ...listening,
    url: `${listening.url}${sonarr.settings.urlBase}`,
    apiKey: sonarr.settings.apiKey,
    world,
    state: house,
    server: sonarr,
    close: async () => {
      await listening.close();
      if (isOwn) await world.close();
    },
  };
}
