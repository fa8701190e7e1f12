import { eq } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { cleanupApprovals } from '../planning/planning.tables.ts';
import type { ApprovalStore } from '../planning/planning.ports.ts';

export const createApprovalStore = (db: Db): ApprovalStore => ({
  async save(approval) {
    const row = { ...approval, items: [...approval.items] };
    await db
      .insert(cleanupApprovals)
      .values(row)
      .onConflictDoUpdate({ target: cleanupApprovals.policyId, set: row });
  },

  async of(policyId) {
    const [row] = await db.select().from(cleanupApprovals).where(eq(cleanupApprovals.policyId, policyId));
    return row ?? null;
  },
});
