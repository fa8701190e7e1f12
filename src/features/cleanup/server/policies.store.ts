import { asc, eq } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { PolicyStore, StoredPolicy } from './planning.ports.ts';
import { cleanupPlans, cleanupPolicies, cleanupVerdicts } from './planning.tables.ts';
import { refreshStandings } from './standings.store.ts';

export function createPolicyStore(db: Db): PolicyStore {
  return {
    list: () =>
      db.select().from(cleanupPolicies).orderBy(asc(cleanupPolicies.createdAt), asc(cleanupPolicies.id)),

    async find(id) {
      const [row] = await db.select().from(cleanupPolicies).where(eq(cleanupPolicies.id, id));
      return row ?? null;
    },

    async save(policy) {
      const row = rowOf(policy);
      await db
        .insert(cleanupPolicies)
        .values(row)
        .onConflictDoUpdate({ target: cleanupPolicies.id, set: row });
    },

    remove: (id) =>
      db.transaction(async (tx) => {
        const gone = await tx
          .delete(cleanupPolicies)
          .where(eq(cleanupPolicies.id, id))
          .returning({ id: cleanupPolicies.id });
        await tx.delete(cleanupPlans).where(eq(cleanupPlans.policyId, id));
        await tx.delete(cleanupVerdicts).where(eq(cleanupVerdicts.policyId, id));
        await refreshStandings(tx);
        return gone.length > 0;
      }),
  };
}

const rowOf = (policy: StoredPolicy) => ({
  ...policy,
  connectionIds: [...policy.connectionIds],
  diskIds: [...policy.diskIds],
  exclusionTags: [...policy.exclusionTags],
});
