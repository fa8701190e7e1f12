import type { ItemId, PlanId, PolicyId } from '#core/ids.ts';
import { addDays } from '#core/time-span.ts';
import type { Plan, PlanEntry } from './plan.ts';

/** A person looked at a plan and said that these may go. */
export type Approval = {
  policyId: PolicyId;
  planId: PlanId;
  items: readonly ItemId[];
  byName: string;
  at: Date;
};

/** Who approved a week ago was looking at another library. */
export const APPROVAL_DAYS = 7;

/**
 * Whether an approval still counts: not when the policy was changed or armed after it, and not for ever. It names items,
 * not a plan: a run makes a fresh plan and takes of it what was approved, so nothing goes that no longer should.
 */
export const stillCounts = (
  approval: Approval,
  policy: { changedAt: Date; armedAt: Date | null },
  now: Date,
): boolean =>
  approval.at > policy.changedAt &&
  approval.at > (policy.armedAt ?? policy.changedAt) &&
  addDays(approval.at, APPROVAL_DAYS) > now;

/** The plan with only what was approved; the rest is held back until a person looks. Without an approval that is all of it. */
export function onlyApproved(plan: Plan, approval: Approval | null): Plan {
  const approved = new Set(approval?.items);
  let position = 0;
  const entries = plan.entries.map((entry): PlanEntry => {
    if (entry.fate.is !== 'remove') return entry;
    if (!approved.has(entry.itemId)) {
      return { ...entry, fate: { is: 'held-back', position: entry.fate.position, by: 'approval' } };
    }
    position += 1;
    return { ...entry, fate: { is: 'remove', position } };
  });
  const remove = sumOf(entries.filter(({ fate }) => fate.is === 'remove'));
  const heldBack = sumOf(entries.filter(({ fate }) => fate.is === 'held-back'));
  return { ...plan, entries, totals: { ...plan.totals, remove, heldBack } };
}

const sumOf = (entries: readonly PlanEntry[]): { items: number; bytes: number } => ({
  items: entries.length,
  bytes: entries.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
});
