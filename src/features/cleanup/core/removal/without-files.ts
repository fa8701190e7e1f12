import { known } from '#core/fact.ts';
import type { ItemId } from '#core/ids.ts';
import { seasonId, type Item } from '#features/library/core/item.ts';
import type { PlanEntry } from '../plan/plan.ts';

/**
 * The library as it would be without the files of these: the titles stay, as in Radarr and Sonarr. A show takes its seasons
 * and episodes with it, a season its episodes, and an episode makes its season smaller.
 */
export function withoutFiles(
  items: readonly Item[],
  removed: readonly Pick<PlanEntry, 'itemId'>[],
): readonly Item[] {
  if (removed.length === 0) return items;
  const gone = new Set(removed.map(({ itemId }) => itemId));
  const lost = lostOfSeasons(items, gone);
  return items.map((item) => {
    if (isGone(item, gone)) return { ...item, fileCount: 0, sizeBytes: known(0) };
    const { files, bytes } = lost.get(item.id) ?? nothing;
    return files === 0 ? item : smaller(item, files, bytes);
  });
}

type Lost = { files: number; bytes: number };
const nothing: Lost = { files: 0, bytes: 0 };

const isGone = ({ id, showId, seasonNumber, kind }: Item, gone: ReadonlySet<ItemId>): boolean =>
  gone.has(id) ||
  (showId !== null &&
    (gone.has(showId) ||
      (kind === 'episode' && seasonNumber !== null && gone.has(seasonId(showId, seasonNumber)))));

function lostOfSeasons(items: readonly Item[], gone: ReadonlySet<ItemId>): ReadonlyMap<ItemId, Lost> {
  const lost = new Map<ItemId, Lost>();
  for (const { id, kind, showId, seasonNumber, sizeBytes } of items) {
    if (kind !== 'episode' || !gone.has(id) || showId === null || seasonNumber === null) continue;
    const season = seasonId(showId, seasonNumber);
    const { files, bytes } = lost.get(season) ?? nothing;
    lost.set(season, { files: files + 1, bytes: bytes + (sizeBytes.known ? sizeBytes.value : 0) });
  }
  return lost;
}

function smaller(item: Item, files: number, bytes: number): Item {
  const { sizeBytes, fileCount } = item;
  return {
    ...item,
    fileCount: Math.max(0, fileCount - files),
    sizeBytes: sizeBytes.known ? known(Math.max(0, sizeBytes.value - bytes)) : sizeBytes,
  };
}
