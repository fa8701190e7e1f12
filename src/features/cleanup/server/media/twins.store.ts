import { sql } from 'drizzle-orm';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { libraryFiles, libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';

type Row = { id: ItemId; connectionId: ConnectionId; quality: string | null };

/**
 * The same film in an HD and in a 4K Radarr looks the same in every list. For those of `ids` that have such a twin
 * anywhere in the library, what tells them apart: `Radarr 4K · Bluray-2160p`. An episode is looked up as its show.
 */
export const createTwins =
  (db: Db, connections: () => Promise<readonly { id: ConnectionId; name: string }[]>) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const titles = new Map(ids.map((id) => [id, (id.split('-f')[0] ?? id) as ItemId]));
    const found = await twinRows(db, [...new Set(titles.values())]);
    if (found.length === 0) return new Map();
    const names = new Map((await connections()).map(({ id, name }) => [id, name]));
    const labels = new Map<ItemId, string>(
      found.map(({ id, connectionId, quality }) => {
        const parts = [names.get(connectionId), quality].filter((part) => typeof part === 'string');
        return [id, parts.join(' · ')];
      }),
    );
    return new Map(
      [...titles].flatMap(([id, title]) => {
        const label = labels.get(title);
        return label ? [[id, label] as const] : [];
      }),
    );
  };

async function twinRows(db: Db, titles: readonly string[]): Promise<Row[]> {
  if (titles.length === 0) return [];
  const { rows } = await db.execute<Row>(sql`
    select a.id, a.connection_id as "connectionId", coalesce(
      case when a.kind = 'film' then (
        select f.quality from ${libraryFiles} f where f.title_id = a.id order by f.size_bytes desc limit 1
      ) end, a.quality_profile) as quality
    from ${libraryItems} a where a.id = any(${sql.param([...titles])}::text[]) and exists (
      select from ${libraryItems} b where b.sort_title = a.sort_title and b.id <> a.id and b.kind = a.kind
      and b.year is not distinct from a.year and b.season_number is not distinct from a.season_number
      and b.show_id is distinct from a.id
    )`);
  return rows;
}
