import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { libraryEntries, libraryItems, librarySources } from './tables.ts';

/** The films and, for an episode, the season and the show that are being played. */
export async function playingItems(db: Db): Promise<Set<string>> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with playing as (
      select e.* from ${librarySources} s cross join unnest(s.playing) as media
      join ${libraryEntries} e on e.connection_id = s.connection_id and e.external_id = media
    )
    select i.id from playing p join ${libraryItems} i
      on i.media_ids @> array[p.connection_id || ':' || p.external_id]
    union
    select x.id from playing p
      join ${libraryItems} i on i.kind = 'show' and i.media_ids @> array[p.connection_id || ':' || p.show_external_id]
      join ${libraryItems} x on x.id = i.id or (x.show_id = i.id and x.season_number = p.season_number)`);
  return new Set(rows.map((row) => row.id));
}
