import { asc, eq } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { ruleOf } from '../core/policy.ts';
import type { PolicyStore, StoredPolicy } from './planning.ports.ts';
import { cleanupPlans, cleanupPolicies, cleanupVerdicts } from './planning.tables.ts';
import { refreshStandings } from './standings.store.ts';

export function createPolicyStore(db: Db): PolicyStore {
  return {
    async list() {
      const inOrder = [asc(cleanupPolicies.createdAt), asc(cleanupPolicies.id)];
      return (
        await db
          .select()
          .from(cleanupPolicies)
          .orderBy(...inOrder)
      ).map(policyOf);
    },

    async find(id) {
      const [row] = await db.select().from(cleanupPolicies).where(eq(cleanupPolicies.id, id));
      return row ? policyOf(row) : null;
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

type Row = typeof cleanupPolicies.$inferSelect;

const policyOf = ({ rule, ...base }: Row): StoredPolicy => ({ ...base, ...rule });

/** A change of kind leaves fields of the former one behind; only those of the rule itself are stored. */
const rowOf = (policy: StoredPolicy): Row => ({
  ...policy,
  rule: ruleOf(policy),
  connectionIds: [...policy.connectionIds],
  diskIds: [...policy.diskIds],
  exclusionTags: [...policy.exclusionTags],
  favouriteUsers: [...policy.favouriteUsers],
});
