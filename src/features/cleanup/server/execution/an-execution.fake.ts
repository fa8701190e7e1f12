import type { ItemId, PolicyId } from '#core/ids.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { aRemoval } from '../../core/removal/removal.fake.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { aPlanOf, aPolicy, assembleExecution, fakePlanning, fakeTime, targetOf } from './execution.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { aWorld, fakeServices, type Weather, type World } from './world.fake.ts';

export const policyId = 'policy-1' as PolicyId;
export const bySchedule = { startedBy: 'schedule', byName: null } as const;
export const never = new AbortController().signal;

type Setting = {
  world?: World;
  weather?: Weather;
  policy?: Policy | null;
  plan?: Partial<Plan> | { code: string };
  removals?: readonly Removal[];
  approved?: readonly ItemId[] | null;
};

/** The execution half over a made-up world, with one policy and the plan that it has. */
export function anExecution({
  world = aWorld(),
  weather,
  policy = aPolicy(),
  plan = {},
  removals = [aRemoval()],
  approved = null,
}: Setting = {}) {
  const stores = fakeRunStores();
  const time = fakeTime();
  const targets = removals.map(targetOf);
  const planning = fakePlanning(policy, 'code' in plan ? plan : aPlanOf(targets, plan), approved);
  const services = fakeServices(world, weather);
  return {
    ...assembleExecution({ stores, services, planning, targets, time }),
    stores,
    world,
    time,
    services,
  };
}

/** What became of one run of the policy. */
export const outcomeOf = async (setting: Setting) => {
  const { execution, world, stores } = anExecution(setting);
  const run = await execution.run(policyId, bySchedule, never);
  return { run: run.ok ? run.value : null, world, stores };
};
