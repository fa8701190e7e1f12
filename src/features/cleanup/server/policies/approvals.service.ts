import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { stillCounts, type Approval } from '../../core/plan/approval.ts';
import type { ApprovalStore, PlanStore, PolicyStore } from '../planning/planning.ports.ts';
import type { PolicyNotFound } from './policies.service.ts';
import type { Clock } from '../execution/runs.ports.ts';

export type ApprovalsDeps = {
  policies: Pick<PolicyStore, 'find'>;
  plans: Pick<PlanStore, 'find' | 'entries'>;
  approvals: ApprovalStore;
  clock: Clock;
  changed: () => void;
};

export type ApproveProblem =
  | PolicyNotFound
  | { code: 'cleanup.plan-not-found' }
  /** The policy runs by itself, or would do nothing for real. */
  | { code: 'cleanup.approval-not-asked' }
  | { code: 'cleanup.nothing-to-approve' };

/** A run takes at most as many items as its cap; no cap is near this. */
const MOST_ITEMS = 10_000;

/** The people's word on plans of policies that ask for it. */
export function createApprovalsService({ policies, plans, approvals, clock, changed }: ApprovalsDeps) {
  return {
    /** Everything that the plan would take, without what was dropped. The next run takes these and no others. */
    async approve(
      policyId: PolicyId,
      wish: { planId: PlanId; without: readonly ItemId[]; byName: string },
    ): Promise<Result<Approval, ApproveProblem>> {
      const policy = await policies.find(policyId);
      if (policy === null) return err({ code: 'cleanup.policy-not-found' });
      if (!policy.needsApproval || !policy.armed || !policy.enabled)
        return err({ code: 'cleanup.approval-not-asked' });
      const plan = await plans.find(wish.planId);
      // An old page may still show a plan of the policy as it was.
      if (plan?.policyId !== policyId || plan.madeAt <= policy.changedAt)
        return err({ code: 'cleanup.plan-not-found' });
      const { entries } = await plans.entries(plan.id, { fate: 'remove', offset: 0, limit: MOST_ITEMS });
      const items = entries.map(({ itemId }) => itemId).filter((id) => !wish.without.includes(id));
      if (items.length === 0) return err({ code: 'cleanup.nothing-to-approve' });
      const approval = { policyId, planId: plan.id, items, byName: wish.byName, at: clock.now() };
      await approvals.save(approval);
      changed();
      return ok(approval);
    },

    /** The one that counts at this moment, if any. */
    async approvalOf(policyId: PolicyId): Promise<Approval | null> {
      const [policy, approval] = await Promise.all([policies.find(policyId), approvals.of(policyId)]);
      return policy && approval && stillCounts(approval, policy, clock.now()) ? approval : null;
    },
  };
}
