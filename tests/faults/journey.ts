import { expect } from 'vitest';
import type { UserId } from '../../src/core/ids.ts';
import type { Plan } from '../../src/features/cleanup/core/plan.ts';
import type { Run } from '../../src/features/cleanup/core/removal.ts';
import { isMediaServer, isPlaySource } from '../../src/features/connections/core/connection.ts';
import type { House, ServiceName } from './house.ts';
import { valueOf } from './house.ts';
import { expectNothingWrong, picture } from './truth.ts';
import type { Misfortune, Trigger, Weather } from './weather.ts';
import * as say from './words.ts';

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
const schedule = { startedBy: 'schedule', byName: null } as const;
const NOT_ASKED = '–';
const asNobodyAsked = Object.fromEntries(stages.map((stage) => [stage, NOT_ASKED])) as Row;

type Scene = { house: House; weather: Weather; service: ServiceName; kind: Misfortune };

/** One misfortune of one service, stage by stage, over one household; after each stage it is over again. */
export async function walk(scene: Scene): Promise<Row> {
  const row: Row = {
    'connection test': await connectionTest(scene),
    sync: await sync(scene),
    plan: await plan(scene),
    arm: await arm(scene),
    'leaving soon': await leavingSoon(scene),
  };
  // A run never asks it.
  if (isPlaySource(scene.service)) return { ...asNobodyAsked, ...row };
  for (const stage of ['run: before delete', 'run: during delete', 'run: after delete'] as const)
    row[stage] = await runThrough(scene, stage);
  const last = await expectRecovery(scene);
  row.undo = await undo(scene);
  row.notification = await notify(scene, last);
  return row;
}

const policyOf = ({ house, service }: Scene) =>
  service === 'sonarr' ? house.policies.seasons : house.policies.films;

/** What happens while the service is as it should not be; `null` when nobody asked it. */
async function struck<T>(
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

const preview = async (scene: Scene): Promise<Plan> =>
  valueOf(await scene.house.planning.preview({ id: policyOf(scene) }));

/** Whatever went wrong, nothing comes into reach that was not due before. */
function expectNoMoreThan(before: Plan, after: Plan): void {
  const old = new Set(
    before.entries.flatMap(({ itemId, fate }) => (isOld.includes(fate.is) ? [itemId] : [])),
  );
  const taken = after.entries.flatMap(({ itemId, fate }) => (fate.is === 'remove' ? [itemId] : []));
  expect(taken.filter((id) => !old.has(id))).toEqual([]);
}
const isOld: readonly string[] = ['remove', 'held-back', 'eligible'];

async function connectionTest(scene: Scene): Promise<string> {
  const { connections } = scene.house;
  const test = async () => valueOf(await connections.test(scene.house.ids[scene.service])).health;
  const health = await struck(scene, test);
  expect((await test()).state).not.toBe('offline');
  return health === null ? NOT_ASKED : say.health(health);
}

async function sync(scene: Scene): Promise<string> {
  const { house } = scene;
  const { library, reader } = house;
  const before = await preview(scene);
  const done = await struck(scene, async () => {
    await library.runSync(null);
    return (await reader.sources()).find(({ name }) => name === scene.service);
  });
  const after = await preview(scene);
  expectNoMoreThan(before, after);
  if (done === null) return NOT_ASKED;
  await readAll(house, { acceptShrink: false });
  expect((await preview(scene)).totals).toEqual(before.totals);
  return say.sync(done?.problem ?? null, after);
}

async function plan(scene: Scene): Promise<string> {
  const before = await preview(scene);
  const planNow = async () => valueOf(await scene.house.planning.planNow(policyOf(scene)));
  const made = await struck(scene, planNow);
  if (made === null) return NOT_ASKED;
  expectNoMoreThan(before, made);
  expect((await planNow()).totals).toEqual(before.totals);
  return say.plan(made);
}

async function arm(scene: Scene): Promise<string> {
  const { planning } = scene.house;
  const id = policyOf(scene);
  await planning.disarm(id);
  const done = await struck(scene, () => planning.arm(id));
  valueOf(await planning.arm(id));
  return done === null ? NOT_ASKED : say.arm(done);
}

async function leavingSoon(scene: Scene): Promise<string> {
  if (!isMediaServer(scene.service)) return NOT_ASKED;
  const { leavingSoon: surfaces, planning } = scene.house;
  // Another title leaves, or there would be nothing to tell anybody.
  await planning.planNow(scene.house.policies.leaving);
  const [leaving] = await planning.leavingForReal();
  if (leaving) await planning.exclude(leaving.itemId, byAna);
  await planning.planNow(scene.house.policies.leaving);
  const done = await struck(scene, surfaces.update);
  expect(await surfaces.update()).toEqual({ failed: 0 });
  return done === null ? NOT_ASKED : say.leavingSoon(done.failed);
}

const ana = { id: 'u1' as UserId, name: 'Ana' };
const byAna = { until: null, note: null, by: ana };

const triggers: Record<'radarr' | 'sonarr', Record<'before' | 'delete', Pick<Trigger, 'method' | 'path'>>> = {
  radarr: {
    before: { method: 'GET', path: /\/api\/v3\/movie\/\d+$/ },
    delete: { method: 'DELETE', path: /\/api\/v3\/movie\/\d+$/ },
  },
  sonarr: {
    before: { method: 'GET', path: /\/api\/v3\/series\/\d+$/ },
    delete: { method: 'DELETE', path: /\/api\/v3\/episodefile\// },
  },
};

function triggerOf({ house, service }: Scene, stage: Stage): Trigger {
  const manager = service === 'sonarr' ? 'sonarr' : 'radarr';
  const at = house.simulators[manager].url;
  if (stage === 'run: before delete') return { at, ...triggers[manager].before, from: 'this-call' };
  const from = stage === 'run: during delete' ? 'this-call' : 'the-next';
  return { at, ...triggers[manager].delete, from };
}

const run = async (scene: Scene): Promise<Run> =>
  valueOf(await scene.house.execution.run(policyOf(scene), schedule, alive));

async function runThrough(scene: Scene, stage: Stage): Promise<string> {
  const planned = await preview(scene);
  const before = picture(scene.house);
  const done = await struck(scene, async () => run(scene), triggerOf(scene, stage));
  const [last] = await scene.house.runs.list({ limit: 1, before: null });
  if (last === undefined) throw new Error('There was no run');
  await expectNothingWrong(scene.house, { run: last, planned, before });
  const removals = await scene.house.removals.ofRun(last.id);
  return done === null ? NOT_ASKED : say.run(last, removals);
}

async function readAll({ library, clock }: House, wish: { acceptShrink: boolean }): Promise<void> {
  clock.pass(60_000);
  await library.runSync(valueOf(await library.requestSync(wish)).id);
}

/** With the trouble over, the next night is like any other. */
async function expectRecovery(scene: Scene): Promise<Run> {
  // One season is more than a fifth of so small a media server, and that a person has to accept.
  await readAll(scene.house, { acceptShrink: true });
  const planned = await preview(scene);
  expect(planned.totals.remove.items).toBe(1);
  const before = picture(scene.house);
  const next = await run(scene);
  expect(next.outcome).toMatchObject({ is: 'done', items: 1, failed: 0, leftAlone: 0 });
  await expectNothingWrong(scene.house, { run: next, planned, before });
  if (scene.service === 'sonarr') await readAll(scene.house, { acceptShrink: true });
  return next;
}

async function undo(scene: Scene): Promise<string> {
  const { removals, restores, ids } = scene.house;
  if (scene.service !== 'radarr' && scene.service !== 'sonarr') return NOT_ASKED;
  const history = await removals.history({ limit: 1, after: null, outcome: 'removed' });
  const removal = history[0]?.removal;
  expect(removal?.connectionId).toBe(ids[scene.service]);
  const choice = { rootFolder: null, qualityProfile: null, search: false, keepDays: 0 };
  const restore = async () => {
    valueOf(await restores.begin(removal?.id ?? '', { choice, by: ana }));
    return valueOf(await restores.resume(alive))[0]?.state;
  };
  const before = picture(scene.house);
  const done = await struck(scene, restore);
  expect(before.files.filter((path) => !scene.house.world.storage.has(path))).toEqual([]);
  if (done?.is !== 'restored') expect(await restore()).toMatchObject({ is: 'restored' });
  return done ? say.restore(done) : NOT_ASKED;
}

/** Whatever is wrong with a service, people hear of it. */
async function notify(scene: Scene, last: Run): Promise<string> {
  const { news, receivers } = scene.house;
  const heard = receivers.received.length;
  await struck(scene, async () => {
    await news.runsEnded([last]);
    await deliver(scene.house);
  });
  expect(receivers.received.length).toBe(heard + 1);
  return 'sent';
}

export async function deliver({ notifications, clock }: House): Promise<void> {
  clock.pass(60 * 60_000);
  for (const { id } of await notifications.channels.list()) await notifications.deliver.deliver(id, alive);
}

/** The row of the one who carries the messages: it is late, and comes as soon as it can. */
export async function walkToReceiver({ house, weather, kind }: Omit<Scene, 'service'>): Promise<Row> {
  const run = { ...(await house.runs.list({ limit: 1, before: null }))[0] } as Run;
  const heard = house.receivers.received.length;
  weather.strike(house.receivers, kind);
  await house.news.runsEnded([{ ...run, id: `${run.id}/again` as Run['id'] }]);
  await deliver(house);
  weather.clear();
  const [delivery] = await house.notifications.deliver.list();
  if (delivery?.state === 'pending') await deliver(house);
  if (delivery?.state !== 'failed') expect(house.receivers.received.length).toBeGreaterThan(heard);
  return { notification: say.delivery(delivery) };
}
