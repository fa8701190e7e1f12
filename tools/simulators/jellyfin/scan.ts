import type { MediaRow } from '../../seed/household.ts';
import { isWithin } from '../../seed/paths.ts';
import { bodyOf, empty, type Route } from '../http.ts';
import { forgetItems } from './deletion.ts';
import type { Jellyfin } from './house.ts';

/** Jellyfin notices what is gone, and what came back, only when it looks: it is told to, and looks a while later. */
export function scanRoutes(jellyfin: Jellyfin): Route[] {
  const vanished = new Map<string, MediaRow>();
  const scan = (paths: readonly string[]): void => {
    const touches = (item: MediaRow): boolean =>
      item.path !== null &&
      paths.some((path) => isWithin(path, item.path ?? '') || isWithin(item.path ?? '', path));
    const gone = missing(jellyfin, jellyfin.house.items.filter(touches));
    gone.forEach((item) => vanished.set(item.id, item));
    forgetItems(jellyfin, gone);
    const back = [...vanished.values()].filter((item) => touches(item) && isThere(jellyfin, item));
    back.forEach((item) => vanished.delete(item.id));
    jellyfin.house.items.push(...back);
    jellyfin.catalogue.forget();
  };

  return [
    [
      'POST',
      '/Library/Media/Updated',
      (call) => {
        const body = bodyOf(call) as { Updates?: { Path?: string }[] } | undefined;
        if (!Array.isArray(body?.Updates)) return empty(400);
        const paths = body.Updates.flatMap((update) => update.Path ?? []);
        jellyfin.world.afterwards(() => scan(paths));
        return empty(204);
      },
    ],
    [
      'POST',
      '/Library/Refresh',
      () => {
        jellyfin.world.afterwards(() => scan(['/']));
        return empty(204);
      },
    ],
  ];
}

const isThere = (jellyfin: Jellyfin, item: MediaRow): boolean => {
  const { storage } = jellyfin.world;
  if (item.path === null) return true;
  return item.kind === 'Series' || item.kind === 'Season' || item.kind === 'BoxSet'
    ? !storage.isEmpty(item.path)
    : storage.has(item.path);
};

function missing(jellyfin: Jellyfin, items: readonly MediaRow[]): MediaRow[] {
  const gone = items.filter((item) => item.kind !== 'CollectionFolder' && !isThere(jellyfin, item));
  const ids = new Set(gone.map((item) => item.id));
  const below = jellyfin.house.items.filter(
    (item) => ids.has(item.seriesId ?? '') || ids.has(item.seasonId ?? ''),
  );
  const all = [...new Set([...gone, ...below])];
  if (!jellyfin.settings.keepsGhosts) return all;
  const isWatched = (item: MediaRow) =>
    Object.values(jellyfin.house.marks).some((marks) => (marks[item.id]?.count ?? 0) > 0);
  return all.filter((item) => !isWatched(item));
}
