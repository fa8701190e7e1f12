import type { ItemId, PlanId } from '#core/ids.ts';
import { candidatesOf } from '../core/breaker.ts';
import { planCleanup } from '../core/plan-cleanup.ts';
import type { Plan, PlanInput } from '../core/plan.ts';
import type {
  Baseline,
  ExclusionStore,
  PlanningLibrary,
  PlanStore,
  StoredPolicy,
  VerdictStore,
} from './planning.ports.ts';
import type { Clock } from './runs.ports.ts';

export type PlannerDeps = {
  library: PlanningLibrary;
  plans: Pick<PlanStore, 'baselines'>;
  verdicts: Pick<VerdictStore, 'markedSince'>;
  exclusions: Pick<ExclusionStore, 'list' | 'follow'>;
  clock: Clock;
  newId: () => string;
};

/** What every policy is judged by, read once for all of them. */
export type Snapshot = Pick<PlanInput, 'items' | 'disks' | 'exclusions' | 'sources' | 'knownTags' | 'now'>;

/** So many plans back: one in which little could be read does not make the next look like a jump. */
const PLANS_COMPARED = 7;

/** Reads what `planCleanup` decides on. Stores nothing. */
export function createPlanner({ library, plans, verdicts, exclusions, clock, newId }: PlannerDeps) {
  /** `anew`: for whoever holds the library lock and may carry the plan out. */
  async function readSnapshot({ anew = false } = {}): Promise<Snapshot> {
    if (anew) await Promise.all([library.measureDisks(), exclusions.follow()]);
    const items = await library.items();
    const [disks, sources, knownTags, excluded] = await Promise.all([
      library.disks(),
      library.sources(),
      library.knownTags(),
      exclusions.list(),
    ]);
    return { items, disks, sources, knownTags, exclusions: excluded, now: clock.now() };
  }

  async function plan(policy: StoredPolicy, snapshot: Snapshot, previous: Baseline | null): Promise<Plan> {
    const markedSince = countedMarks(policy, await verdicts.markedSince(policy.id));
    return planCleanup({ ...snapshot, id: newId() as PlanId, policy, markedSince, previous });
  }

  /** The fullest of the last plans since a person last looked: changed or armed it. */
  async function previousOf(policy: StoredPolicy): Promise<Baseline | null> {
    const since = policy.armedAt && policy.armedAt > policy.changedAt ? policy.armedAt : policy.changedAt;
    const last = await plans.baselines(policy.id, { since, limit: PLANS_COMPARED, jumpsToo: !policy.armed });
    return last.reduce<Baseline | null>((a, b) => (a && candidatesOf(a) >= candidatesOf(b) ? a : b), null);
  }

  return { readSnapshot, plan, previousOf };
}

export type Planner = ReturnType<typeof createPlanner>;

/** Before a policy was armed nobody was warned outside this program, so the warning counts from then at the earliest. */
export function countedMarks(
  { armedAt }: StoredPolicy,
  marks: ReadonlyMap<ItemId, Date>,
): ReadonlyMap<ItemId, Date> {
  if (armedAt === null) return marks;
  return new Map([...marks].map(([id, mark]) => [id, mark < armedAt ? armedAt : mark]));
}
