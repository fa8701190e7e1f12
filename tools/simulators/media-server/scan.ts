import type { Library, MediaRow } from '../../seed/household.ts';
import { isWithin } from '../../seed/paths.ts';
import { bodyOf, empty, type Route } from '../http.ts';
import { forgetItems } from './deletion.ts';
import type { MediaServer } from './house.ts';
import { looksMissing, newItemsIn, opensFile, type NewId } from './links.ts';

/** A media server notices what is gone, and what came back, only when it looks: it is told to, and looks a while later. */
export function scanRoutes(server: MediaServer, newId: NewId): Route[] {
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
    for (const library of server.house.libraries) {
      // Told of a path, a server looks for the nearest thing that it knows: of a library made a moment ago, nothing.
      if (library.ofLinks === 'unknown' && paths.includes('/')) library.ofLinks = 'known';
      if (library.ofLinks !== 'known') continue;
      for (const location of library.locations) {
        const isTold = (path: string) => paths.some((told) => isWithin(told, path) || isWithin(path, told));
        server.house.items.push(...newItemsIn(server, library, { location, touches: isTold, newId }));
      }
    }
    server.catalogue.forget();
    server.world.changed();
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

const VIDEO_KINDS: ReadonlySet<string> = new Set(['Movie', 'Episode']);

/** False where the folder is empty or missing: nothing is said about what was in it. */
const isStanding = (server: MediaServer, { locations }: Library, path: string): boolean => {
  const location = locations.find((one) => isWithin(one, path));
  return location !== undefined && !looksMissing(server, location);
};

const isThere = (server: MediaServer, item: MediaRow): boolean => {
  const { storage } = server.world;
  const library = server.house.libraries.find(({ id }) => id === item.libraryId);
  if (item.path === null || (library && library.ofLinks && !isStanding(server, library, item.path)))
    return true;
  if (library?.ofLinks) {
    const { path } = item;
    const below = server.house.items.filter(
      (other) => other.path !== null && VIDEO_KINDS.has(other.kind) && isWithin(path, other.path),
    );
    return below.some((video) => opensFile(server, video.path ?? ''));
  }
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
