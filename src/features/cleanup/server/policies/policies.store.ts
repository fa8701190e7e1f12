import { asc, eq } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { ruleOf, type PolicyRule } from '../../core/policy/policy.ts';
import type { PolicyStore, StoredPolicy } from '../planning/planning.ports.ts';
import { cleanupPlans, cleanupPolicies, cleanupVerdicts } from '../planning/planning.tables.ts';
import { findShows, nameShows, type NamedShows } from './policy-shows.store.ts';
import { refreshStandings } from '../planning/standings.store.ts';

export function createPolicyStore(db: Db): PolicyStore {
  return {
    async list() {
      const inOrder = [asc(cleanupPolicies.createdAt), asc(cleanupPolicies.id)];
      const rows = await db
        .select()
        .from(cleanupPolicies)
        .orderBy(...inOrder);
      return policiesOf(db, rows);
    },

    async find(id) {
      const rows = await db.select().from(cleanupPolicies).where(eq(cleanupPolicies.id, id));
      const [policy = null] = await policiesOf(db, rows);
      return policy;
    },

    save: (policy) =>
      db.transaction(async (tx) => {
        const [old] = await tx.select().from(cleanupPolicies).where(eq(cleanupPolicies.id, policy.id));
        const row = rowOf(policy, await nameShows(tx, showIdsOf(policy), old ? showsOf(old) : {}));
        await tx
          .insert(cleanupPolicies)
          .values(row)
          .onConflictDoUpdate({ target: cleanupPolicies.id, set: row });
      }),

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
/** Beside the rule of an episodes policy lies what its shows are: see `findShows`. */
type StoredRule = PolicyRule & { shows?: NamedShows };

const showsOf = ({ rule }: Row): NamedShows => (rule as StoredRule).shows ?? {};
const showIdsOf = (rule: PolicyRule): readonly ItemId[] => (rule.kind === 'episodes' ? rule.showIds : []);

async function policiesOf(db: Db, rows: readonly Row[]): Promise<StoredPolicy[]> {
  const found = await findShows(
    db,
    rows.map((row) => ({ showIds: showIdsOf(row.rule), shows: showsOf(row) })),
  );
  return rows.map(({ rule, ...base }, index) => {
    const own = ruleOf(rule);
    return { ...base, ...(own.kind === 'episodes' ? { ...own, showIds: found[index] ?? [] } : own) };
  });
}

/** A change of kind leaves fields of the former one behind; only those of the rule itself are stored. */
const rowOf = (policy: StoredPolicy, shows: NamedShows): Row => ({
  ...policy,
  rule: policy.kind === 'episodes' ? ({ ...ruleOf(policy), shows } as StoredRule) : ruleOf(policy),
  connectionIds: [...policy.connectionIds],
  diskIds: [...policy.diskIds],
  exclusionTags: [...policy.exclusionTags],
  favouriteUsers: [...policy.favouriteUsers],
});
