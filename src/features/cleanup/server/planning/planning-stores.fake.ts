import type { PlanId, PolicyId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import type { TestDatabase } from '../../../../../tests/support/database.ts';
import { aPlanInput } from '../../core/build.fake.ts';
import { planCleanup } from '../../core/plan/plan-cleanup.ts';
import type { Plan, PlanInput } from '../../core/plan/plan.ts';
import { createExclusionStore } from '../keeping/exclusions.store.ts';
import { insertItems } from '../library-rows.fake.ts';
import { createApprovalStore } from '../policies/approvals.store.ts';
import { createPolicyStore } from '../policies/policies.store.ts';
import { createClaimRecordStore } from './claim-records.store.ts';
import { aStoredPolicy, fakePlanningStores } from './planning.fake.ts';
import { createPlanStore } from './plans.store.ts';
import { createVerdictStore } from './verdicts.store.ts';

/** The stores of planning with these items in the library, as the fake has them and as PostgreSQL has. */
export const planningStores = (database: () => TestDatabase) => ({
  fake: async (items: readonly Item[]) => fakePlanningStores({ items }),
  postgres: async (items: readonly Item[]) => {
    const { db, pool } = database();
    await pool.query(
      'truncate library_items, library_episodes, library_files, cleanup_policies, cleanup_exclusions, cleanup_plans, cleanup_plan_entries, cleanup_verdicts, cleanup_approvals, cleanup_standings, cleanup_claim_records',
    );
    await insertItems(db, items);
    return {
      policies: createPolicyStore(db),
      plans: createPlanStore(db),
      verdicts: createVerdictStore(db),
      exclusions: createExclusionStore(db),
      approvals: createApprovalStore(db),
      claimRecords: createClaimRecordStore(db),
    };
  },
});

let nextPlan = 1;
/** What plans are of unless a test says otherwise. */
export const policy = aStoredPolicy({
  id: 'films' as PolicyId,
  name: 'Old films',
  exclusionTags: ['keep'],
});

export function aPlan(over: Partial<PlanInput> = {}): Plan {
  const id = `plan-${String(nextPlan++)}` as PlanId;
  const knownTags = { known: true, value: ['keep'] } as const;
  return planCleanup(aPlanInput({ id, policy, knownTags, ...over }));
}

export const everything = { offset: 0, limit: 100 };
