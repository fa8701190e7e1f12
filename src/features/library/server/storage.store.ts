import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { libraryItems } from './tables.ts';

/** What a part of the library takes. `name` is null for what belongs to nobody or has no profile. */
type StorageShare = { name: string | null; items: number; bytes: number };

type StorageReader = {
  /** A title that several people asked for counts for each of them. */
  byRequester(): Promise<StorageShare[]>;
  /** By the quality profile of Radarr and Sonarr; seasons have that of their show. */
  byQuality(): Promise<StorageShare[]>;
};

/** Films and seasons: a show is the sum of its seasons. The largest first. */
export const createStorageReader = (db: Db): StorageReader => ({
  async byRequester() {
    const { rows } = await db.execute<StorageShare>(sql`
      select who.name, count(*)::int as items, coalesce(sum(i.size_bytes), 0)::float8 as bytes
      from ${libraryItems} i
      cross join unnest(case when i.requested_by = '{}' then array[null::text] else i.requested_by end) as who(name)
      where i.kind in ('film', 'season') and i.file_count > 0
      group by who.name order by bytes desc, who.name`);
    return rows;
  },

  async byQuality() {
    const { rows } = await db.execute<StorageShare>(sql`
      select coalesce(i.quality_profile, s.quality_profile) as name, count(*)::int as items,
        coalesce(sum(i.size_bytes), 0)::float8 as bytes
      from ${libraryItems} i left join ${libraryItems} s on s.id = i.show_id
      where i.kind in ('film', 'season') and i.file_count > 0
      group by 1 order by bytes desc, name`);
    return rows;
  },
});
