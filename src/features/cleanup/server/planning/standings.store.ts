import { sql } from 'drizzle-orm';
import { libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import { cleanupPolicies, cleanupStandings, cleanupVerdicts } from './planning.tables.ts';

/**
 * Works the standings out of all verdicts, writing differences only. The most pressing word wins, and a show speaks for
 * its seasons and episodes too. It costs about a second for half a million verdicts, once a plan.
 */
export async function refreshStandings(db: Db): Promise<void> {
  await db.execute(sql`
    with told as (
      select v.item_id, v.standing, v.due_at from ${cleanupVerdicts} v
      union all
      select i.show_id, v.standing, v.due_at
      from ${cleanupVerdicts} v join ${libraryItems} i on i.id = v.item_id
      where i.show_id is not null
      union all
      -- The id of an episode is that of its show with the number of the file behind: see episodeId.
      select split_part(v.item_id, '-f', 1), v.standing, v.due_at
      from ${cleanupPolicies} p join ${cleanupVerdicts} v on v.policy_id = p.id where p.unit = 'episode'
    ), ranked as (
      select item_id,
        min(case standing when 'due' then 1 when 'leaving-soon' then 2 when 'eligible' then 3 when 'unknown' then 4 when 'protected' then 5 else 6 end) as rank,
        min(due_at) as due_at
      from told group by item_id
    ), fresh as (
      select item_id, (array['due', 'leaving-soon', 'eligible', 'unknown', 'protected', 'kept'])[rank] as standing, due_at from ranked
    ), gone as (
      delete from ${cleanupStandings} s where not exists (select from fresh where fresh.item_id = s.item_id)
    )
    insert into ${cleanupStandings} as s (item_id, standing, due_at) select item_id, standing, due_at from fresh
    on conflict (item_id) do update set standing = excluded.standing, due_at = excluded.due_at
    where (s.standing, s.due_at) is distinct from (excluded.standing, excluded.due_at)`);
}
