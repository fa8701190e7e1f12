import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { ClaimRecordStore } from './planning.ports.ts';
import { cleanupClaimRecords } from './planning.tables.ts';

export function createClaimRecordStore(db: Db): ClaimRecordStore {
  return {
    list: () => db.select().from(cleanupClaimRecords),

    /** Writes differences only: from one plan to the next hardly anything changes. */
    replace: (records) =>
      db.transaction(async (tx) => {
        const policies = sql.param(records.map(({ policyId }) => policyId));
        const items = sql.param(records.map(({ itemId }) => itemId));
        await tx.execute(sql`
          delete from ${cleanupClaimRecords} r where not exists (
            select from unnest(${policies}::text[], ${items}::text[]) as here(policy_id, item_id)
            where here.policy_id = r.policy_id and here.item_id = r.item_id
          )`);
        await tx.execute(sql`
          insert into ${cleanupClaimRecords} as r (policy_id, item_id, policy_name, max_age_days, ended_at)
          select * from unnest(
            ${policies}::text[],
            ${items}::text[],
            ${sql.param(records.map(({ policyName }) => policyName))}::text[],
            ${sql.param(records.map(({ maxAgeDays }) => maxAgeDays))}::int[],
            ${sql.param(records.map(({ endedAt }) => endedAt?.toISOString() ?? null))}::timestamptz[]
          )
          on conflict (policy_id, item_id) do update
          set policy_name = excluded.policy_name, max_age_days = excluded.max_age_days, ended_at = excluded.ended_at
          where (r.policy_name, r.max_age_days, r.ended_at)
            is distinct from (excluded.policy_name, excluded.max_age_days, excluded.ended_at)`);
      }),
  };
}
