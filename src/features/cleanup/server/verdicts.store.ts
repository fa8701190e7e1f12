import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { Plan } from '../core/plan.ts';
import { readExcluded } from './exclusions.store.ts';
import type { VerdictStore } from './planning.ports.ts';
import { cleanupPolicies, cleanupVerdicts } from './planning.tables.ts';
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

    async leaving(now) {
      const rows = await db
        .select({
          itemId: libraryItems.id,
          kind: libraryItems.kind,
          title: libraryItems.title,
          year: libraryItems.year,
          seasonNumber: libraryItems.seasonNumber,
          sizeBytes: libraryItems.sizeBytes,
          requestedBy: libraryItems.requestedBy,
          dueAt: cleanupVerdicts.dueAt,
          policyId: cleanupPolicies.id,
          policyName: cleanupPolicies.name,
          armed: cleanupPolicies.armed,
        })
        .from(cleanupVerdicts)
        .innerJoin(
          cleanupPolicies,
          and(eq(cleanupPolicies.id, cleanupVerdicts.policyId), cleanupPolicies.enabled),
        )
        .innerJoin(libraryItems, eq(libraryItems.id, cleanupVerdicts.itemId))
        .where(inArray(cleanupVerdicts.standing, ['leaving-soon', 'due']))
        .orderBy(cleanupVerdicts.dueAt, libraryItems.sortTitle, libraryItems.seasonNumber, libraryItems.id);
      const excluded = await readExcluded(db, now);
      return rows.flatMap(({ dueAt, ...row }) =>
        dueAt && !excluded.has(row.itemId) ? [{ ...row, dueAt }] : [],
      );
    },
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
