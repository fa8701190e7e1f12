import type { DiskId } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import {
  beginSketch,
  finishSketch,
  SIMULATED_DAYS,
  sketchRun,
  type Simulation,
} from '../../core/plan/simulate.ts';
import { dailyRuns } from '../policies/cron.ts';
import type { Planner } from './planner.ts';
import type { PlanStore, PolicyStore, StoredPolicy } from './planning.ports.ts';
import { previewer, type PreviewWish } from './plans.service.ts';
import type { PolicyNotFound } from '../policies/policies.service.ts';
import type { PolicyChecks, PolicyInvalid } from '../policies/policy-checks.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type SimulationDeps = {
  policies: PolicyStore;
  plans: Pick<PlanStore, 'latest'>;
  planner: Planner;
  checks: PolicyChecks;
  /** Bytes that come to each disk in a day. */
  growth: () => Promise<ReadonlyMap<DiskId, number>>;
  /** Lets others have their turn: ninety plans in one go would hold up every page for seconds. */
  breathe: () => Promise<void>;
  clock: Clock;
};

export type SimulatedPolicy = {
  policy: StoredPolicy;
  simulation: Simulation;
  /** It runs more than once a day; only the first run of each day was looked at. */
  isThinned: boolean;
};

type Simulated = Result<SimulatedPolicy, PolicyNotFound | PolicyInvalid>;

/** So many policies are remembered; nobody has that many. */
const MOST_REMEMBERED = 30;

/** C-21: what a policy would do in the next 90 days if it were armed now. Stores nothing. */
export function createSimulationService(deps: SimulationDeps) {
  const { plans, planner, growth, breathe, clock } = deps;
  const policyToSimulate = previewer(deps);
  const remembered = new Map<string, { key: string; simulated: Promise<SimulatedPolicy> }>();

  async function work(policy: StoredPolicy): Promise<SimulatedPolicy> {
    const snapshot = await planner.readSnapshot();
    // Nobody outside was warned by a policy that is not armed, so every warning would begin now.
    const armed = { ...policy, armedAt: policy.armedAt ?? snapshot.now };
    const input = await planner.inputOf(armed, snapshot, await planner.previousOf(policy));
    const { runs, hasMore } = dailyRuns(policy, SIMULATED_DAYS, snapshot.now);
    let sketch = beginSketch(input, await growth());
    for (const run of runs) {
      sketch = sketchRun(sketch, run);
      await breathe();
    }
    return { policy, simulation: finishSketch(sketch), isThinned: hasMore };
  }

  /** As long as nobody planned anew or changed the policy, the answer is the same; for a day at most. */
  async function simulateStored(policy: StoredPolicy): Promise<SimulatedPolicy> {
    const plan = await plans.latest(policy.id);
    const day = clock.now().toISOString().slice(0, 10);
    const key = [plan?.id, policy.changedAt.getTime(), policy.armedAt?.getTime(), day].join('/');
    const known = remembered.get(policy.id);
    if (known?.key === key) return known.simulated;
    const simulated = work(policy);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(policy.id, { key, simulated });
    simulated.catch(() => remembered.delete(policy.id)); // a fault is not worth remembering
    return simulated;
  }

  return {
    async simulate(wish: PreviewWish): Promise<Simulated> {
      const policy = await policyToSimulate(wish);
      if (!policy.ok) return policy;
      return ok(await (wish.draft === undefined ? simulateStored(policy.value) : work(policy.value)));
    },
  };
}
