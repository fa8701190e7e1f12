import { parseArgs } from 'node:util';
import { seedHousehold, type Household } from '../seed.ts';
import type { EmbyOptions } from './emby/house.ts';
import { startEmby, type EmbySimulator } from './emby/start.ts';
import { startJellyfin, type JellyfinSimulator } from './jellyfin/start.ts';
import type { JellyfinOptions } from './jellyfin/house.ts';
import { startRadarr, type RadarrSimulator } from './radarr/start.ts';
import type { SeerrOptions } from './seerr/house.ts';
import { startSeerr, type SeerrSimulator } from './seerr/start.ts';
import type { ServarrOptions } from './servarr/house.ts';
import { startSonarr, type SonarrSimulator } from './sonarr/start.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export type HouseholdOptions = WorldOptions & {
  /** The first of six ports in a row; free ones when left out. */
  portBase?: number;
  host?: string;
  radarr?: ServarrOptions;
  radarr4k?: ServarrOptions;
  sonarr?: ServarrOptions;
  jellyfin?: JellyfinOptions;
  emby?: EmbyOptions;
  seerr?: SeerrOptions;
};

export type RunningHousehold = {
  world: World;
  radarr: RadarrSimulator;
  radarr4k: RadarrSimulator;
  sonarr: SonarrSimulator;
  jellyfin: JellyfinSimulator;
  emby: EmbySimulator;
  seerr: SeerrSimulator;
  settle: () => Promise<void>;
  close: () => Promise<void>;
};

/** Every service of a household, on one set of disks. The household is copied, so it can be started again. */
export async function startHousehold(
  household: Household,
  options: HouseholdOptions = {},
): Promise<RunningHousehold> {
  return startOwned(structuredClone(household), options);
}

/** As `startHousehold`, but takes the household as it is: for large ones, in a process of their own. */
async function startOwned(household: Household, options: HouseholdOptions): Promise<RunningHousehold> {
  const world = createWorld(household, options);
  const { portBase, host } = options;
  const at = (offset: number) => ({
    ...(portBase === undefined ? {} : { port: portBase + offset }),
    ...(host === undefined ? {} : { host }),
  });
  const radarr = await startRadarr(world, { ...at(0), ...options.radarr });
  const radarr4k = await startRadarr(world, { ...at(1), which: 1, ...options.radarr4k });
  const sonarr = await startSonarr(world, { ...at(2), ...options.sonarr });
  const jellyfin = await startJellyfin(world, { ...at(3), ...options.jellyfin });
  const emby = await startEmby(world, { ...at(5), ...options.emby });
  const service = ({ url, apiKey }: { url: string; apiKey: string }, name: string, is4k = false) => ({
    name,
    url,
    apiKey,
    is4k,
  });
  const seerr = await startSeerr(world, {
    ...at(4),
    radarrs: [service(radarr, 'Radarr'), service(radarr4k, 'Radarr 4K', true)],
    sonarrs: [service(sonarr, 'Sonarr')],
    ...options.seerr,
  });
  return {
    world,
    radarr,
    radarr4k,
    sonarr,
    jellyfin,
    emby,
    seerr,
    settle: world.settle,
    close: async () => {
      await Promise.all([radarr, radarr4k, sonarr, jellyfin, emby, seerr].map((one) => one.close()));
      await world.close();
    },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      films: { type: 'string', default: '400' },
      series: { type: 'string', default: '60' },
      users: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      'port-base': { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      'state-file': { type: 'string' },
      redownload: { type: 'boolean', default: false },
    },
  });
  const { films, series, users, seed, host } = values;
  const household = seedHousehold({
    films: Number(films),
    series: Number(series),
    users: Number(users),
    seed: Number(seed),
  });
  const running = await startOwned(household, {
    host,
    redownload: values.redownload,
    ...(values['port-base'] === undefined ? {} : { portBase: Number(values['port-base']) }),
    ...(values['state-file'] === undefined ? {} : { stateFile: values['state-file'] }),
  });
  const address = ({ url, apiKey }: { url: string; apiKey: string }) => ({ url, apiKey });
  const { radarr, radarr4k, sonarr, jellyfin, emby, seerr } = running;
  process.stdout.write(
    `${JSON.stringify({ radarr: address(radarr), radarr4k: address(radarr4k), sonarr: address(sonarr), jellyfin: address(jellyfin), emby: address(emby), seerr: address(seerr) })}\n`,
  );
  const stop = (): void => void running.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (import.meta.main) await main();
