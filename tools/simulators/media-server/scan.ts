import type { MediaRow } from '../../seed/household.ts';
import { isWithin } from '../../seed/paths.ts';
import { bodyOf, empty, type Route } from '../http.ts';
import { forgetItems } from './deletion.ts';
import type { MediaServer } from './house.ts';

/** A media server notices what is gone, and what came back, only when it looks: it is told to, and looks a while later. */
export function scanRoutes(server: MediaServer): Route[] {
  const vanished = new Map<string, MediaRow>();
  const scan = (paths: readonly string[]): void => {
    const touches = (item: MediaRow): boolean =>
      item.path !== null &&
      paths.some((path) => isWithin(path, item.path ?? '') || isWithin(item.path ?? '', path));
    const gone = missing(server, server.house.items.filter(touches));
    gone.forEach((item) => vanished.set(item.id, item));
    forgetItems(server, gone);
    const back = [...vanished.values()].filter((item) => touches(item) && isThere(server, item));
    back.forEach((item) => vanished.delete(item.id));
    server.house.items.push(...back);
    server.catalogue.forget();
  };

  return [
    [
      'POST',
      '/Library/Media/Updated',
      (call) => {
        const body = bodyOf(call) as { Updates?: { Path?: string }[] } | undefined;
        if (!Array.isArray(body?.Updates)) return empty(400);
        const paths = body.Updates.flatMap((update) => update.Path ?? []);
        server.world.afterwards(() => scan(paths));
        return empty(204);
      },
    ],
    [
      'POST',
      '/Library/Refresh',
      () => {
        server.world.afterwards(() => scan(['/']));
        return empty(204);
      },
    ],
  ];
}

const isThere = (server: MediaServer, item: MediaRow): boolean => {
  const { storage } = server.world;
  if (item.path === null) return true;
  return item.kind === 'Series' || item.kind === 'Season' || item.kind === 'BoxSet'
    ? !storage.isEmpty(item.path)
    : storage.has(item.path);
};

function missing(server: MediaServer, items: readonly MediaRow[]): MediaRow[] {
  const gone = items.filter((item) => item.kind !== 'CollectionFolder' && !isThere(server, item));
  const ids = new Set(gone.map((item) => item.id));
  const below = server.house.items.filter(
    (item) => ids.has(item.seriesId ?? '') || ids.has(item.seasonId ?? ''),
  );
  const all = [...new Set([...gone, ...below])];
  if (!server.settings.keepsGhosts) return all;
  const isWatched = (item: MediaRow) =>
    Object.values(server.house.marks).some((marks) => (marks[item.id]?.count ?? 0) > 0);
  return all.filter((item) => !isWatched(item));
}
