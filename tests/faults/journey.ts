import { expect } from 'vitest';
import type { Plan } from '../../src/features/cleanup/core/plan/plan.ts';
import { isMediaServer, isPlaySource } from '../../src/features/connections/core/connection.ts';
import { valueOf } from './house.ts';
import { notify } from './messages.ts';
import { expectRecovery, runThrough } from './runs.ts';
import {
  alive,
  ana,
  NOT_ASKED,
  policyOf,
  preview,
  readAll,
  stages,
  struck,
  type Row,
  type Scene,
} from './scene.ts';
import { picture } from './truth.ts';
import * as say from './words.ts';

const asNobodyAsked = Object.fromEntries(stages.map((stage) => [stage, NOT_ASKED])) as Row;

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

const byAna = { until: null, note: null, by: ana };

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
