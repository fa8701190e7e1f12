import type { UserId } from '../../src/core/ids.ts';
import type { Plan } from '../../src/features/cleanup/core/plan/plan.ts';
import { valueOf, type House, type ServiceName } from './house.ts';
import type { Misfortune, Trigger, Weather } from './weather.ts';

export const stages = [
  'connection test',
  'sync',
  'plan',
  'arm',
  'run: before delete',
  'run: during delete',
  'run: after delete',
  'leaving soon',
  'undo',
  'notification',
] as const;
export type Stage = (typeof stages)[number];
export type Row = Partial<Record<Stage, string>>;

export const alive = new AbortController().signal;
export const ana = { id: 'u1' as UserId, name: 'Ana' };
/** In a cell of the table. */
export const NOT_ASKED = '–';

export type Scene = { house: House; weather: Weather; service: ServiceName; kind: Misfortune };

export const policyOf = ({ house, service }: Scene) =>
  service === 'sonarr' ? house.policies.seasons : house.policies.films;

/** What happens while the service is as it should not be; `null` when nobody asked it. */
export async function struck<T>(
  { house, weather, service, kind }: Scene,
  work: () => Promise<T>,
  trigger: Trigger | null = null,
): Promise<T | null> {
  house.clock.pass(60_000);
  weather.strike(house.simulators[service], kind, trigger);
  try {
    const done = await work();
    await house.world.settle();
    return weather.clear() > 0 ? done : null;
  } finally {
    weather.clear();
  }
}

export const preview = async (scene: Scene): Promise<Plan> =>
  valueOf(await scene.house.planning.preview({ id: policyOf(scene) }));

export async function readAll({ library, clock }: House, wish: { acceptShrink: boolean }): Promise<void> {
  clock.pass(60_000);
  await library.runSync(valueOf(await library.requestSync(wish)).id);
}
