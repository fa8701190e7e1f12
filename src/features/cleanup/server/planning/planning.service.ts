import { createApprovalsService, type ApprovalsDeps } from '../policies/approvals.service.ts';
import { createItemsService, type ItemsDeps } from '../media/items.service.ts';
import { createPlanner, type PlannerDeps } from './planner.ts';
import { createPlansService, type PlansDeps } from './plans.service.ts';
import { createPoliciesService, type PoliciesDeps } from '../policies/policies.service.ts';
import { createPreviewsService } from './previews.service.ts';
import { createPolicyChecks, type PolicyChecksDeps } from '../policies/policy-checks.ts';
import { createSimulationService, type SimulationDeps } from './simulation.service.ts';

export type PlanningDeps = PlannerDeps &
  PolicyChecksDeps &
  ItemsDeps &
  ApprovalsDeps &
  Omit<PlansDeps, 'planner' | 'checks'> &
  Omit<PoliciesDeps, 'planner' | 'checks'> &
  Pick<SimulationDeps, 'growth' | 'breathe'>;

export type PlanningService = ReturnType<typeof createPlanningService>;

/** The planning half of clean-up: which policies there are, what they would do, and what they say of each item. */
export function createPlanningService(deps: PlanningDeps) {
  const planner = createPlanner(deps);
  const checks = createPolicyChecks(deps);
  return {
    ...createPoliciesService({ ...deps, planner, checks }),
    ...createPlansService({ ...deps, planner, checks }),
    ...createPreviewsService({ ...deps, planner, checks }),
    ...createSimulationService({ ...deps, planner, checks }),
    ...createItemsService(deps),
    ...createApprovalsService(deps),
  };
}
