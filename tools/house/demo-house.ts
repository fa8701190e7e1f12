import { seedHousehold } from '../seed.ts';
import type { Household, RadarrHouse } from '../seed/household.ts';
import { startCompanions, type Companions } from '../simulators/companions.ts';
import { aPlaybackReporting } from '../simulators/media-server/playback-reporting.ts';
import { playsOf } from '../simulators/plays.ts';
import { startHousehold, type RunningHousehold } from '../simulators/start.ts';
import { addPatreon } from './archive.ts';
import { addChannels } from './channels.ts';
import type { ApiClient } from './client.ts';
import { addModels } from './models.ts';
import { moveIn } from './move-in.ts';
import { inventPast } from './past.ts';
import { makePolicies } from './policies.ts';

export type DemoHouse = RunningHousehold & { companions: Companions; seed: Household };

export type DemoOptions = { films?: number; series?: number; portBase?: number };

/** How many services of the household have a port before the first companion. */
const HOUSEHOLD_PORTS = 6;

/** Everything that a house can have: a recycle bin, a plug-in that counts plays, torrents, and channels for messages. */
export async function startDemoHouse({ portBase, ...size }: DemoOptions = {}): Promise<DemoHouse> {
  const seed = seedHousehold(size);
  const services = await startHousehold(seed, {
    ...(portBase === undefined ? {} : { portBase }),
    radarr4k: { recycleBin: '/media/disk3/recycle-bin' },
    jellyfin: { playback: aPlaybackReporting({ plays: playsOf(seed, seed.jellyfin) }) },
  });
  const companions = await startCompanions(services.world, {
    ...(portBase === undefined ? {} : { portBase: portBase + HOUSEHOLD_PORTS }),
  });
  return {
    ...services,
    companions,
    seed,
    close: async () => {
      await companions.close();
      await services.close();
    },
  };
}

/** Where the simulated Patreon is, and what a person would paste to be let in. */
export const patreonHint = ({ companions: { patreon } }: DemoHouse): string =>
  `A simulated Patreon runs at ${patreon.url} (files at ${patreon.cdnUrl}); its cookie is ${patreon.cookie}`;

/** For the environment of the program: the simulated Patreon instead of the real one. */
export const patreonAt = ({ companions: { patreon } }: DemoHouse) => ({
  PATREON_ADDRESSES: `${patreon.url},${patreon.cdnUrl}`,
});

/** From an empty program to one that has been in use for half a year. `data` is its data folder. */
export async function settleIn(address: string, house: DemoHouse, data: string): Promise<void> {
  const { companions, seed } = house;
  const { api } = await moveIn(address, { ...house, ...companions });
  await addChannels(api, { at: companions, people: seed.people, publicUrl: address });
  await addModels(api, companions.openai);
  await addPatreon(api, companions.patreon);
  await makePolicies(api);
  await deleteByHand(api, seed.radarrs[1]);
  await inventPast(data, api);
}

/** One film of the Radarr that has a recycle bin, so that something lies in it. */
async function deleteByHand(api: ApiClient, radarr: RadarrHouse | undefined): Promise<void> {
  const { items: services } = await api.get<{ items: { id: string; name: string }[] }>('/services');
  const service = services.find(({ name }) => name === radarr?.name)?.id ?? '';
  const { items } = await api.get<{ items: { id: string }[] }>(
    `/media?service=${service}&minBytes=1&sort=size&direction=up&pageSize=1`,
  );
  if (items[0]) await api.remove(`/media/${items[0].id}`);
}
