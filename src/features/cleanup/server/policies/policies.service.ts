import type { PolicyId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { BreakerTrip } from '../../core/plan/plan.ts';
import type { PolicyDraft } from '../../core/policy/policy.ts';
import { widens } from '../../core/policy/widens.ts';
import { nextRun } from './cron.ts';
import type { Planner } from '../planning/planner.ts';
import type {
  PlanStore,
  PlanSummary,
  PolicyStore,
  StoredPolicy,
  VerdictStore,
} from '../planning/planning.ports.ts';
import type { PolicyChecks, PolicyInvalid } from './policy-checks.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type PoliciesDeps = {
  policies: PolicyStore;
  plans: Pick<PlanStore, 'latest'>;
  verdicts: Pick<VerdictStore, 'clear'>;
  planner: Planner;
  checks: PolicyChecks;
  /** Puts the making of a fresh plan into the queue. */
  requestPlan: (id: PolicyId) => Promise<void>;
  clock: Clock;
  newId: () => string;
};

export type PolicyNotFound = { code: 'cleanup.policy-not-found' };
export type ArmProblem =
  | PolicyNotFound
  | { code: 'cleanup.exclusion-tags-missing'; tags: readonly string[] }
  | { code: 'cleanup.breaker-would-trip'; trips: readonly BreakerTrip[] };

export type PolicyView = {
  policy: StoredPolicy;
  nextRunAt: Date | null;
  lastPlan: PlanSummary | null;
  /** Exclusion tags that exist nowhere: such a policy cannot be armed. */
  missingTags: readonly string[];
};

/** `disarmed`: the change widens what may go, so a person has to look and arm it again. */
export type Saved = { policy: StoredPolicy; disarmed: boolean; missingTags: readonly string[] };

export function createPoliciesService(deps: PoliciesDeps) {
  const { policies, plans, checks, requestPlan, clock, newId } = deps;
  const { validate, tagsMissing } = checks;

  async function view(policy: StoredPolicy): Promise<PolicyView> {
    const [lastPlan, missing] = await Promise.all([plans.latest(policy.id), tagsMissing(policy)]);
    const nextRunAt = policy.enabled ? nextRun(policy.cron, policy.timeZone, clock.now()) : null;
    return { policy, nextRunAt, lastPlan, missingTags: missing };
  }

  const change = changer(policies);

  async function store(policy: StoredPolicy, disarmed: boolean): Promise<Result<Saved, never>> {
    await policies.save(policy);
    if (policy.enabled) await requestPlan(policy.id);
    return ok({ policy, disarmed, missingTags: await tagsMissing(policy) });
  }

  return {
    async listPolicies(): Promise<PolicyView[]> {
      return Promise.all((await policies.list()).map(view));
    },

    /** What each policy said last, from our own store: no service is asked, so the dashboard is quick without them. */
    async lastPlans(): Promise<Pick<PolicyView, 'policy' | 'lastPlan'>[]> {
      const all = await policies.list();
      return Promise.all(all.map(async (policy) => ({ policy, lastPlan: await plans.latest(policy.id) })));
    },

    async findPolicy(id: PolicyId): Promise<Result<PolicyView, PolicyNotFound>> {
      const policy = await policies.find(id);
      return policy ? ok(await view(policy)) : err({ code: 'cleanup.policy-not-found' });
    },

    /** A new policy runs dry until somebody arms it (C-08); one from elsewhere does not even plan until somebody looked. */
    async addPolicy(
      draft: PolicyDraft,
      { enabled = true }: { enabled?: boolean } = {},
    ): Promise<Result<Saved, PolicyInvalid>> {
      const valid = await validate(draft);
      if (!valid.ok) return valid;
      const now = clock.now();
      const id = newId() as PolicyId;
      const dates = { createdAt: now, changedAt: now, armedAt: null };
      return store({ ...valid.value, id, enabled, armed: false, ...dates }, false);
    },

    async savePolicy(
      id: PolicyId,
      draft: PolicyDraft,
    ): Promise<Result<Saved, PolicyNotFound | PolicyInvalid>> {
      const before = await policies.find(id);
      if (before === null) return err({ code: 'cleanup.policy-not-found' });
      const valid = await validate(draft);
      if (!valid.ok) return valid;
      // Anew: who disarmed it while this was checked meant it.
      const current = (await policies.find(id)) ?? before;
      const disarmed = current.armed && widens(current, valid.value);
      const after = { ...current, ...valid.value, changedAt: clock.now() };
      return store(disarmed ? { ...after, armed: false, armedAt: null } : after, disarmed);
    },

    ...switching(deps, change),

    async removePolicy(id: PolicyId): Promise<Result<void, PolicyNotFound>> {
      return (await policies.remove(id)) ? ok(undefined) : err({ code: 'cleanup.policy-not-found' });
    },
  };
}

/** On and off, armed and disarmed. */
function switching(
  { policies, verdicts, planner, checks, requestPlan, clock }: PoliciesDeps,
  change: Changer,
) {
  async function arm(id: PolicyId): Promise<Result<StoredPolicy, ArmProblem>> {
    const policy = await policies.find(id);
    if (policy === null) return err({ code: 'cleanup.policy-not-found' });
    const tags = await checks.tagsMissing(policy);
    if (tags.length > 0) return err({ code: 'cleanup.exclusion-tags-missing', tags });
    const { breaker: trips } = await planner.plan(policy, await planner.readSnapshot(), null);
    if (trips.length > 0) return err({ code: 'cleanup.breaker-would-trip', trips });
    // Looking took a while. What somebody saved meanwhile was not looked at, and must not be written over.
    const current = await policies.find(id);
    if (current?.changedAt.getTime() !== policy.changedAt.getTime()) return arm(id);
    const armed = { ...current, armed: true, armedAt: clock.now() };
    await policies.save(armed);
    await requestPlan(id);
    return ok(armed);
  }

  return {
    async setEnabled(id: PolicyId, enabled: boolean): Promise<Result<StoredPolicy, PolicyNotFound>> {
      const wasEnabled = (await policies.find(id))?.enabled ?? false;
      const changed = await change(id, (policy) => ({ ...policy, enabled }));
      if (!changed.ok) return changed;
      // Also when it is switched on: a plan that was made meanwhile warned nobody, because nothing shows one that is off.
      if (!enabled || !wasEnabled) await verdicts.clear(id);
      if (enabled) await requestPlan(id);
      return changed;
    },

    /**
     * The one deliberate act after which things go (C-08). Refused while a run would be stopped anyway. A jump in numbers
     * does not stand against it: who arms has seen them, and later plans are compared with those made from now on.
     */
    arm,

    disarm: (id: PolicyId) => change(id, (policy) => ({ ...policy, armed: false, armedAt: null })),
  };
}

type Changer = ReturnType<typeof changer>;

const changer =
  (policies: PolicyStore) =>
  async (
    id: PolicyId,
    to: (policy: StoredPolicy) => StoredPolicy,
  ): Promise<Result<StoredPolicy, PolicyNotFound>> => {
    const policy = await policies.find(id);
    if (policy === null) return err({ code: 'cleanup.policy-not-found' });
    const changed = to(policy);
    await policies.save(changed);
    return ok(changed);
  };
