import { sql } from 'drizzle-orm';
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
  const own = sql`e.connection_id || ':' || e.external_id`;
  const show = sql`e.connection_id || ':' || e.show_external_id`;
  await tx.execute(sql`
    with gone as (
      select i.media_ids, i.kind, i.season_number, coalesce(parent.media_ids, i.media_ids) as show_keys
      from ${libraryItems} i left join ${libraryItems} parent on parent.id = i.show_id
      where i.id = any(${sql.param([...ids])}::text[])
    )
    delete from ${libraryEntries} e using gone g
    where ${own} = any(g.media_ids)
      or (g.kind = 'show' and ${show} = any(g.media_ids))
      or (g.kind = 'season' and ${show} = any(g.show_keys) and e.season_number = g.season_number)`);
  for (const { showId, fileExternalId } of ids.flatMap((id) => episodeOf(id) ?? [])) {
    await tx.execute(sql`
      delete from ${libraryEntries} e using ${libraryItems} s, ${libraryEpisodes} x
      where s.id = ${showId} and x.title_id = s.id and x.file_id = ${fileExternalId} and e.kind = 'episode'
        and ${show} = any(s.media_ids) and e.season_number = x.season_number and e.episode_number = x.episode_number`);
  }
}
