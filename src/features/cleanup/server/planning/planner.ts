import type { ItemId, PlanId } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { Item } from '#features/library/core/item.ts';
import { candidatesOf } from '../../core/plan/breaker.ts';
import { followClaims, isEndedClaim, type EndedClaim } from '../../core/judging/claim-records.ts';
import { claimsOf } from '../../core/judging/claims.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import type { Plan, PlanInput } from '../../core/plan/plan.ts';
import type {
  Baseline,
  ClaimRecordStore,
  ExclusionStore,
  PlanningLibrary,
  PolicyStore,
  PlanStore,
  StoredPolicy,
  VerdictStore,
} from './planning.ports.ts';
import type { ValueWeights } from '../../core/judging/value.ts';
import { runsWithin } from '../policies/cron.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type PlannerDeps = {
  library: PlanningLibrary;
  policies: Pick<PolicyStore, 'list'>;
  plans: Pick<PlanStore, 'baselines' | 'latest' | 'lastMadeAt'>;
  verdicts: Pick<VerdictStore, 'markedSince'>;
  exclusions: Pick<ExclusionStore, 'list' | 'follow'>;
  claimRecords: ClaimRecordStore;
  weights: () => Promise<ValueWeights>;
  clock: Clock;
  newId: () => string;
};

/** What every policy is judged by, read once for all of them. */
export type Snapshot = Pick<
  PlanInput,
  | 'items'
  | 'disks'
  | 'exclusions'
  | 'sources'
  | 'knownTags'
  | 'claims'
  | 'endedClaims'
  | 'mediaUsers'
  | 'weights'
  | 'now'
>;

/** So many plans back: one in which little could be read does not make the next look like a jump. */
const PLANS_COMPARED = 7;

/** Reads what `planCleanup` decides on. Stores nothing. */
export function createPlanner(deps: PlannerDeps) {
  const { library, policies, plans, verdicts, exclusions, claimRecords, weights, clock, newId } = deps;

  /** `anew`: for whoever holds the library lock and may carry the plan out. */
  async function readSnapshot({ anew = false } = {}): Promise<Snapshot> {
    if (anew) await Promise.all([library.measureDisks(), exclusions.follow()]);
    const items = await library.items();
    const now = clock.now();
    const [disks, sources, knownTags, mediaUsers, excluded, all, own] = await Promise.all([
      library.disks(),
      library.sources(),
      library.knownTags(),
      library.mediaUsers(),
      exclusions.list(),
      policies.list(),
      weights(),
    ]);
    const asked = { disks, sources, knownTags, mediaUsers, exclusions: excluded };
    const claims = claimsOf(all);
    const endedClaims = await endedSince({ items, claims, now }, anew);
    return { ...asked, items, claims, endedClaims, weights: own, now };
  }

  async function endedSince(
    of: Pick<Snapshot, 'items' | 'claims' | 'now'>,
    anew: boolean,
  ): Promise<EndedClaim[]> {
    const [before, lastAt] = await Promise.all([claimRecords.list(), plans.lastMadeAt()]);
    const records = followClaims(before, { ...of, pauseMs: pauseSince(lastAt, of.now) });
    if (anew) await claimRecords.replace(records);
    return records.filter(isEndedClaim);
  }

  /** All that the plan of a policy is decided on. */
  async function inputOf(
    policy: StoredPolicy,
    snapshot: Snapshot,
    previous: Baseline | null,
  ): Promise<PlanInput> {
    const [marks, last] = await Promise.all([verdicts.markedSince(policy.id), plans.latest(policy.id)]);
    const markedSince = afterPause(countedMarks(policy, marks), last?.madeAt ?? null, snapshot.now);
    const items = [...snapshot.items, ...(await episodesOf(policy))];
    const runsPerWarning = runsWithin(policy, policy.leavingSoonDays, snapshot.now);
    const id = newId() as PlanId;
    return { ...snapshot, id, items, policy, markedSince, previous, runsPerWarning };
  }

  const plan = async (...of: Parameters<typeof inputOf>): Promise<Plan> => planCleanup(await inputOf(...of));

  /** Episodes are read only for the shows that an episode policy is about: a library has tens of thousands. */
  const episodesOf = async (policy: StoredPolicy): Promise<readonly Item[]> =>
    policy.kind === 'episodes' ? library.episodes({ ids: policy.showIds, tags: policy.showTags }) : [];

  /** The fullest of the last plans since a person last looked: changed or armed it. */
  async function previousOf(policy: StoredPolicy): Promise<Baseline | null> {
    const since = policy.armedAt && policy.armedAt > policy.changedAt ? policy.armedAt : policy.changedAt;
    const last = await plans.baselines(policy.id, { since, limit: PLANS_COMPARED, jumpsToo: !policy.armed });
    return last.reduce<Baseline | null>((a, b) => (a && candidatesOf(a) >= candidatesOf(b) ? a : b), null);
  }

  return { readSnapshot, inputOf, plan, previousOf };
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

/** A plan is made after every sync, four times a day. What goes beyond a day without one is a machine that was off, or a clock that has jumped. */
const MOST_BETWEEN_PLANS_DAYS = 1;

/**
 * A warning lasts as long as this program was demonstrably alive: nobody can look at what leaves while the machine is off,
 * and a clock that jumps ahead must not end every warning at once. A mark from the future is one of a clock that was set
 * right since.
 */
function afterPause(
  marks: ReadonlyMap<ItemId, Date>,
  lastAt: Date | null,
  now: Date,
): ReadonlyMap<ItemId, Date> {
  const pause = pauseSince(lastAt, now);
  const counted = (mark: Date): Date => new Date(Math.min(mark.getTime() + pause, now.getTime()));
  return new Map([...marks].map(([id, mark]) => [id, counted(mark)]));
}

const pauseSince = (lastAt: Date | null, now: Date): number =>
  lastAt === null ? 0 : Math.max(0, now.getTime() - lastAt.getTime() - MOST_BETWEEN_PLANS_DAYS * DAY_MS);
