import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { ExclusionStore } from './planning.ports.ts';
import { cleanupExclusions, cleanupVerdicts } from './planning.tables.ts';
import { refreshStandings } from './standings.store.ts';

export function createExclusionStore(db: Db): ExclusionStore {
  return {
    list: () => db.select().from(cleanupExclusions).orderBy(asc(cleanupExclusions.itemId)),

    of: (items) =>
      db
        .select()
        .from(cleanupExclusions)
        .where(inArray(cleanupExclusions.itemId, [...items]))
        .orderBy(asc(cleanupExclusions.itemId)),

    save: (exclusion) =>
      db.transaction(async (tx) => {
        await tx
          .insert(cleanupExclusions)
          .values(exclusion)
          .onConflictDoUpdate({ target: cleanupExclusions.itemId, set: exclusion });
        await stopLeaving(tx, exclusion.itemId);
      }),

    async remove(itemId) {
      const gone = await db
        .delete(cleanupExclusions)
        .where(eq(cleanupExclusions.itemId, itemId))
        .returning({ itemId: cleanupExclusions.itemId });
      return gone.length > 0;
    },
  };
}

/** The next plan would say so too; until then nobody may be told that it leaves, and its warning starts again. */
async function stopLeaving(db: Db, itemId: ItemId): Promise<void> {
  await db.execute(sql`
    update ${cleanupVerdicts} set standing = 'protected', due_at = null, marked_since = null
    where item_id = ${itemId} or item_id in (
      select id from ${libraryItems} where show_id = ${itemId}
      union all
      select show_id from ${libraryItems} where id = ${itemId} and show_id is not null
    )`);
  await refreshStandings(db);
}

/** Every item that is kept by hand itself, through its show, or through one of its seasons, and until when. */
export async function readExcluded(db: Db, now: Date): Promise<Map<ItemId, Date | null>> {
  const { rows } = await db.execute<{ id: ItemId; until: Date | null }>(sql`
    with x as (select item_id, until from ${cleanupExclusions} where until is null or until > ${now.toISOString()}::timestamptz)
    select id, nullif(max(coalesce(until, 'infinity')), 'infinity') as until from (
      select item_id as id, until from x
      union all select i.id, x.until from x join ${libraryItems} i on i.show_id = x.item_id
      union all select i.show_id, x.until from x join ${libraryItems} i on i.id = x.item_id where i.show_id is not null
    ) as kept group by id`);
  return new Map(rows.map(({ id, until }) => [id, until === null ? null : new Date(until)]));
}
