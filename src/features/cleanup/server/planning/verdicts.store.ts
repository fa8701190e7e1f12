import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { readLeaving } from './leaving.store.ts';
import type { VerdictStore } from './planning.ports.ts';
import { cleanupVerdicts } from './planning.tables.ts';
import { refreshStandings } from './standings.store.ts';

export function createVerdictStore(db: Db): VerdictStore {
  const marks = async (where: ReturnType<typeof and>): Promise<Map<ItemId, Date>> => {
    const rows = await db
      .select({ itemId: cleanupVerdicts.itemId, markedSince: cleanupVerdicts.markedSince })
      .from(cleanupVerdicts)
      .where(and(isNotNull(cleanupVerdicts.markedSince), where));
    return new Map(rows.flatMap(({ itemId, markedSince }) => (markedSince ? [[itemId, markedSince]] : [])));
  };

  return {
    markedSince: (policyId) => marks(eq(cleanupVerdicts.policyId, policyId)),

    markedSinceOf: (policyId, items) =>
      marks(and(eq(cleanupVerdicts.policyId, policyId), inArray(cleanupVerdicts.itemId, [...items]))),

    clear: (policyId) =>
      db.transaction(async (tx) => {
        await tx.delete(cleanupVerdicts).where(eq(cleanupVerdicts.policyId, policyId));
        await refreshStandings(tx);
      }),

    leaving: (now) => readLeaving(db, now),
  };
}

/** Writes differences only: from one night to the next, hardly any verdict of 50 000 changes. */
export async function replaceVerdicts(db: Db, { policyId, entries }: Plan): Promise<void> {
  const verdicts = entries.map(({ verdict }) => verdict);
  const items = sql.param(verdicts.map(({ itemId }) => itemId));
  await db.execute(sql`
    delete from ${cleanupVerdicts} where policy_id = ${policyId}
    and not exists (select from unnest(${items}::text[]) as here(id) where here.id = item_id)`);
  await db.execute(sql`
    insert into ${cleanupVerdicts} as v (policy_id, item_id, standing, due_at, marked_since)
    select ${policyId}, * from unnest(
      ${items}::text[],
      ${sql.param(verdicts.map(({ standing }) => standing))}::text[],
      ${sql.param(verdicts.map(({ dueAt }) => dueAt?.toISOString() ?? null))}::timestamptz[],
      ${sql.param(verdicts.map(({ markedSince }) => markedSince?.toISOString() ?? null))}::timestamptz[]
    )
    on conflict (policy_id, item_id) do update
    set standing = excluded.standing, due_at = excluded.due_at, marked_since = excluded.marked_since
    where (v.standing, v.due_at, v.marked_since) is distinct from (excluded.standing, excluded.due_at, excluded.marked_since)`);
}
