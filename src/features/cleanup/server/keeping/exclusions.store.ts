import { asc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { episodeOf } from '#features/library/core/item.ts';
import { libraryFiles, libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { Exclusion } from '../../core/judging/verdict.ts';
import type { ExclusionStore } from '../planning/planning.ports.ts';
import { cleanupExclusions, cleanupVerdicts } from '../planning/planning.tables.ts';
import { refreshStandings } from '../planning/standings.store.ts';

const { identity: _identity, ...columns } = getTableColumns(cleanupExclusions);

/** The same film or season under another number; without an id of a database its folder has to do. */
const IDENTITY = sql.raw(`concat_ws(' ', i.kind,
  coalesce(case i.kind when 'film' then 'tmdb ' || i.tmdb_id else 'tvdb ' || i.tvdb_id end, 'path ' || i.own_path), i.season_number)`);

export function createExclusionStore(db: Db): ExclusionStore {
  return {
    list: async () =>
      (await db.select(columns).from(cleanupExclusions).orderBy(asc(cleanupExclusions.itemId))).map(
        toExclusion,
      ),

    of: async (items) =>
      (
        await db
          .select(columns)
          .from(cleanupExclusions)
          .where(inArray(cleanupExclusions.itemId, [...items]))
          .orderBy(asc(cleanupExclusions.itemId))
      ).map(toExclusion),

    save: (exclusion) =>
      db.transaction(async (tx) => {
        const row = { ...exclusion, asked: exclusion.asked ?? false };
        await tx
          .insert(cleanupExclusions)
          .values(row)
          .onConflictDoUpdate({ target: cleanupExclusions.itemId, set: row });
        await noteIdentity(tx, exclusion.itemId);
        await stopLeaving(tx, exclusion.itemId);
      }),

    follow: () => db.transaction(followItems),

    async remove(itemId) {
      const gone = await db
        .delete(cleanupExclusions)
        .where(eq(cleanupExclusions.itemId, itemId))
        .returning({ itemId: cleanupExclusions.itemId });
      return gone.length > 0;
    },
  };
}

const toExclusion = ({
  asked,
  ...row
}: Omit<typeof cleanupExclusions.$inferSelect, 'identity'>): Exclusion => (asked ? { ...row, asked } : row);

async function noteIdentity(db: Db, itemId: ItemId): Promise<void> {
  await db.execute(sql`
    update ${cleanupExclusions} x set identity = (select ${IDENTITY} from ${libraryItems} i where i.id = x.item_id)
    where x.item_id = ${itemId}`);
}

/** One that finds its film nowhere stays where it is: the film may be back after the next sync. */
async function followItems(db: Db): Promise<void> {
  const { rows } = await db.execute<{ from: ItemId; to: ItemId }>(sql`
    select x.item_id as from, i.id as to from ${cleanupExclusions} x
    join ${libraryItems} i on ${IDENTITY} = x.identity
    where not exists (
      select from ${libraryItems} i where i.id = x.item_id and ${IDENTITY} = x.identity
    )`);
  if (rows.length === 0) return;
  const moved = await db
    .delete(cleanupExclusions)
    .where(inArray(cleanupExclusions.itemId, [...new Set(rows.map(({ from }) => from))]))
    .returning();
  const values = rows.flatMap(({ from, to }) =>
    moved.flatMap((x) => (x.itemId === from ? { ...x, itemId: to } : [])),
  );
  // Of two that meet the longer counts.
  await db
    .insert(cleanupExclusions)
    .values([...new Map(values.sort(byEnd).map((x) => [x.itemId, x])).values()])
    .onConflictDoUpdate({
      target: cleanupExclusions.itemId,
      set: {
        until: sql`nullif(greatest(coalesce(${cleanupExclusions.until}, 'infinity'), coalesce(excluded.until, 'infinity')), 'infinity')`,
      },
    });
  for (const { to } of rows) await stopLeaving(db, to);
}

const byEnd = (a: { until: Date | null }, b: { until: Date | null }): number =>
  (a.until?.getTime() ?? Infinity) - (b.until?.getTime() ?? Infinity) || 0;

/** The next plan would say so too; until then nobody may be told that it leaves, and its warning starts again. */
async function stopLeaving(db: Db, itemId: ItemId): Promise<void> {
  const show = episodeOf(itemId)?.showId ?? null;
  await db.execute(sql`
    update ${cleanupVerdicts} set standing = 'protected', due_at = null, marked_since = null
    where item_id = ${itemId} or item_id in (
      select id from ${libraryItems} where show_id = ${itemId}
      union all
      select show_id from ${libraryItems} where id = ${itemId} and show_id is not null
      union all
      select f.title_id || '-f' || f.external_id from ${libraryFiles} f where f.title_id = ${itemId}
      union all
      select f.title_id || '-f' || f.external_id from ${libraryItems} i
      join ${libraryFiles} f on f.title_id = i.show_id and f.season_number = i.season_number where i.id = ${itemId}
      union all
      select id from ${libraryItems} where ${show} in (id, show_id)
    )`);
  await refreshStandings(db);
}

/**
 * Every title that is kept by hand itself, through its show, or through one of its seasons or episodes, and until when;
 * and every episode that is kept itself. For those of a kept show or season see `leaving`.
 */
export async function readExcluded(db: Db, now: Date): Promise<Map<ItemId, Date | null>> {
  const { rows } = await db.execute<{ id: ItemId; until: Date | null }>(sql`
    with x as (select item_id, until from ${cleanupExclusions} where until is null or until > ${now.toISOString()}::timestamptz)
    select id, nullif(max(coalesce(until, 'infinity')), 'infinity') as until from (
      select item_id as id, until from x
      union all select i.id, x.until from x join ${libraryItems} i on i.show_id = x.item_id
      union all select i.show_id, x.until from x join ${libraryItems} i on i.id = x.item_id where i.show_id is not null
      union all select i.id, x.until from x join ${libraryItems} i on split_part(x.item_id, '-f', 1) in (i.id, i.show_id)
        where x.item_id like '%-f%'
    ) as kept group by id`);
  return new Map(rows.map(({ id, until }) => [id, until === null ? null : new Date(until)]));
}
