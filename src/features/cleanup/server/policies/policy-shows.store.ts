import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { ItemId } from '#core/ids.ts';
import { titleOf } from '#features/library/core/item.ts';
import { libraryItems } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';

/** What each named show is, by the id that it had; without an id of a database its folder has to do. */
export type NamedShows = Readonly<Record<ItemId, string>>;

type Row = { id: ItemId; is: string };

const IDENTITY = sql<string>`coalesce('tvdb ' || ${libraryItems.tvdbId}, 'path ' || ${libraryItems.ownPath})`;
const isShow = and(eq(libraryItems.kind, 'show'), isNotNull(IDENTITY));

/** To be stored beside the ids. A show that is not in the library now stays what it was. */
export async function nameShows(db: Db, ids: readonly ItemId[], before: NamedShows): Promise<NamedShows> {
  if (ids.length === 0) return {};
  const rows: Row[] = await db
    .select({ id: libraryItems.id, is: IDENTITY })
    .from(libraryItems)
    .where(and(isShow, inArray(libraryItems.id, [...ids])));
  const now = new Map(rows.map(({ id, is }) => [id, is]));
  return Object.fromEntries(
    ids.flatMap((id) => {
      const is = now.get(id) ?? before[id];
      return is === undefined ? [] : [[id, is]];
    }),
  );
}

/**
 * The ids that the named shows have now. A Sonarr that was set up anew numbers its shows anew, and a policy that kept the
 * last three episodes of the news would keep the last three of whatever has that number now.
 */
export async function findShows(
  db: Db,
  wanted: readonly { showIds: readonly ItemId[]; shows: NamedShows }[],
): Promise<ItemId[][]> {
  const ids = wanted.flatMap(({ showIds }) => showIds);
  const names = wanted.flatMap(({ shows }) => Object.values(shows));
  if (names.length === 0) return wanted.map(({ showIds }) => [...showIds]);
  const rows: Row[] = await db
    .select({ id: libraryItems.id, is: IDENTITY })
    .from(libraryItems)
    .where(and(isShow, or(inArray(libraryItems.id, ids), inArray(IDENTITY, names))));
  return wanted.map(({ showIds, shows }) => [
    ...new Set(showIds.flatMap((id) => whereNow({ id, is: shows[id] }, rows))),
  ]);
}

function whereNow({ id, is }: { id: ItemId; is: string | undefined }, rows: readonly Row[]): ItemId[] {
  const atId = rows.find((row) => row.id === id);
  if (is === undefined || atId?.is === is) return [id];
  const same = rows.filter((row) => row.is === is);
  const home = titleOf(id)?.connectionId;
  const here = same.filter((row) => titleOf(row.id)?.connectionId === home);
  const [only, ...others] = here.length > 0 ? here : same;
  if (only !== undefined && others.length === 0) return [only.id];
  // It may be back after the next sync. Until then its number means nothing, or another show, which nobody named.
  return atId === undefined ? [id] : [];
}
