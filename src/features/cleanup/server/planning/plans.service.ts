import type { PlanId, PolicyId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { claimsOf, type Claim } from '../../core/judging/claims.ts';
import type { Plan, PlanEntry } from '../../core/plan/plan.ts';
import type { PolicyDraft } from '../../core/policy/policy.ts';
import type { Planner, Snapshot } from './planner.ts';
import type { EntryPage, PlanStore, PlanSummary, PolicyStore, StoredPolicy } from './planning.ports.ts';
import type { PolicyNotFound } from '../policies/policies.service.ts';
import type { PolicyChecks, PolicyInvalid } from '../policies/policy-checks.ts';
import type { Clock, LibraryLock } from '../execution/runs.ports.ts';

export type PlansDeps = {
  policies: PolicyStore;
  plans: PlanStore;
  planner: Planner;
  checks: PolicyChecks;
  lock: LibraryLock;
  clock: Clock;
  /** Somebody looks at a page that shows this. */
  changed: () => void;
};

export type LibraryBusy = { code: 'cleanup.library-busy' };

/** A stored policy, also with changes that are not saved yet, or one that does not exist yet. */
export type PreviewWish = { id: PolicyId; draft?: PolicyDraft } | { id?: undefined; draft: PolicyDraft };

export function createPlansService(deps: PlansDeps) {
  const { policies, plans, planner, lock, changed } = deps;
  const policyToPreview = previewer(deps);

  async function planAndStore(policy: StoredPolicy, snapshot: Snapshot): Promise<Plan> {
    const plan = await planner.plan(policy, snapshot, await planner.previousOf(policy));
    await plans.save(plan, policy.name);
    return plan;
  }

  /** For whoever holds the library lock already. */
  async function makePlan(id: PolicyId): Promise<Result<Plan, PolicyNotFound>> {
    const policy = await policies.find(id);
    if (policy === null) return err({ code: 'cleanup.policy-not-found' });
    const plan = await planAndStore(policy, await planner.readSnapshot({ anew: true }));
    changed();
    return ok(plan);
  }

  return {
    makePlan,

    /** For the run: the policy as it is now. */
    policy: (id: PolicyId): Promise<StoredPolicy | null> => policies.find(id),

    claims: async (): Promise<readonly Claim[]> => claimsOf(await policies.list()),

    /** What a run would do at this moment. Stores nothing. */
    async preview(wish: PreviewWish): Promise<Result<Plan, PolicyNotFound | PolicyInvalid>> {
      const policy = await policyToPreview(wish);
      if (!policy.ok) return policy;
      const previous = wish.draft === undefined ? await planner.previousOf(policy.value) : null;
      return ok(await planner.plan(policy.value, await planner.readSnapshot(), previous));
    },

    async planNow(id: PolicyId): Promise<Result<Plan, PolicyNotFound | LibraryBusy>> {
      const held = await lock(() => makePlan(id));
      return held.ok ? held.value : err({ code: 'cleanup.library-busy' });
    },

    /** After a sync: every policy that is switched on says again what it thinks. The library is read once. */
    async planAll(): Promise<Result<Plan[], LibraryBusy>> {
      const held = await lock(async () => {
        const enabled = (await policies.list()).filter((policy) => policy.enabled);
        const made: Plan[] = [];
        const snapshot = enabled.length > 0 ? await planner.readSnapshot({ anew: true }) : null;
        for (const policy of enabled) if (snapshot) made.push(await planAndStore(policy, snapshot));
        changed();
        return made;
      });
      return held.ok ? held : err({ code: 'cleanup.library-busy' });
    },

    async findPlan(
      id: PlanId,
      page: EntryPage,
    ): Promise<
      Result<{ plan: PlanSummary; entries: PlanEntry[]; total: number }, { code: 'cleanup.plan-not-found' }>
    > {
      const [plan, entries] = await Promise.all([plans.find(id), plans.entries(id, page)]);
      return plan ? ok({ plan, ...entries }) : err({ code: 'cleanup.plan-not-found' });
    },
  };
}

/** A policy as it would be, without storing it. */
export function previewer({ policies, checks, clock }: Pick<PlansDeps, 'policies' | 'checks' | 'clock'>) {
  return async ({
    id,
    draft,
  }: PreviewWish): Promise<Result<StoredPolicy, PolicyNotFound | PolicyInvalid>> => {
    const stored = id === undefined ? null : await policies.find(id);
    if (id !== undefined && stored === null) return err({ code: 'cleanup.policy-not-found' });
    if (draft === undefined) return stored ? ok(stored) : err({ code: 'cleanup.policy-not-found' });
    const valid = await checks.validate(draft);
    if (!valid.ok) return valid;
    const now = clock.now();
    const fresh = {
      id: 'preview' as PolicyId,
      enabled: true,
      armed: false,
      createdAt: now,
      changedAt: now,
      armedAt: null,
    };
    return ok({ ...(stored ?? fresh), ...valid.value });
  };
}
