import { sql, type SQL } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { episodeOf } from '../core/item.ts';
import { libraryEntries, libraryEpisodes, libraryItems } from './tables.ts';

/**
 * What removed items were in the media servers leaves with them, before the items do: a season of a small household is
 * more than the fifth of its media server by which a good answer may shrink, and our own work must not look like a
 * fault. Where a media server still lists it, the next sync brings it back.
 */
export async function forgetEntries(tx: Db, ids: readonly ItemId[]): Promise<void> {
  await forget(
    tx,
    sql`
    with gone as (
      select i.media_ids, i.kind, i.season_number, coalesce(parent.media_ids, i.media_ids) as show_keys
      from ${libraryItems} i left join ${libraryItems} parent on parent.id = i.show_id
      where i.id = any(${sql.param([...ids])}::text[])
    )
    select e.connection_id, e.external_id from gone g, unnest(g.media_ids) as key
    join ${libraryEntries} e on e.connection_id = ${connectionIn} and e.external_id = ${idIn}
    union
    select e.connection_id, e.external_id from gone g, unnest(g.show_keys) as key
    join ${libraryEntries} e on e.connection_id = ${connectionIn} and e.show_external_id = ${idIn}
    where g.kind = 'show' or (g.kind = 'season' and e.season_number = g.season_number)`,
  );
  for (const { showId, fileExternalId } of ids.flatMap((id) => episodeOf(id) ?? [])) {
    await forget(
      tx,
      sql`
      select e.connection_id, e.external_id
      from ${libraryItems} s join ${libraryEpisodes} x on x.title_id = s.id and x.file_id = ${fileExternalId},
        unnest(s.media_ids) as key
      join ${libraryEntries} e on e.connection_id = ${connectionIn} and e.show_external_id = ${idIn}
      where s.id = ${showId} and e.kind = 'episode'
        and e.season_number = x.season_number and e.episode_number = x.episode_number`,
    );
  }
}

/** A media key in its two parts, so that an index finds it: put together, each key read all entries of the library. */
const connectionIn = sql`split_part(key, ':', 1)`;
const idIn = sql`substr(key, strpos(key, ':') + 1)`;

const forget = (tx: Db, entries: SQL) =>
  tx.execute(sql`
    delete from ${libraryEntries} t using (${entries}) as gone
    where t.connection_id = gone.connection_id and t.external_id = gone.external_id`);
