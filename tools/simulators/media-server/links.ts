import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Library, MediaRow } from '../../seed/household.ts';
import { folderOf, isWithin } from '../../seed/paths.ts';
import type { MediaServer } from './house.ts';

/**
 * Folders of links are real folders of this machine; what they lead to lies on the simulated disks. So a program can make
 * real links, and the simulated server follows them.
 */
export function realPath({ settings }: MediaServer, path: string): string {
  const mount = settings.mounts.find(({ there }) => isWithin(there, path));
  return mount ? `${mount.here}${path.slice(mount.there.length)}` : path;
}

/** Where a path ends after every link on the way: a simulated path, or a real one without links. Null when one is broken. */
function followed(server: MediaServer, path: string): string | null {
  const parts = path.split('/').filter((part) => part !== '');
  let walked = '';
  for (const [index, part] of parts.entries()) {
    walked = `${walked}/${part}`;
    const real = realPath(server, walked);
    const found = lstatSync(real, { throwIfNoEntry: false });
    if (!found?.isSymbolicLink()) continue;
    if (!server.settings.followsLinks) return null;
    return followed(server, join(readlinkSync(real), ...parts.slice(index + 1)));
  }
  return walked;
}

/** Whether it can be opened. */
export function opensFile(server: MediaServer, path: string): boolean {
  const end = followed(server, path);
  if (end === null) return false;
  return server.world.storage.has(end) || isReal(realPath(server, end), 'file');
}

/** As .NET answers: of a link that leads nowhere it says that it is there. */
export const seesFile = (server: MediaServer, path: string): boolean =>
  opensFile(server, path) ||
  (lstatSync(realPath(server, path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false);

export const seesFolder = (server: MediaServer, path: string): boolean =>
  !server.world.storage.isEmpty(path) || isReal(realPath(server, path), 'folder');

function isReal(path: string, kind: 'file' | 'folder'): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return kind === 'file' ? (found?.isFile() ?? false) : (found?.isDirectory() ?? false);
}

/** An empty folder is taken for a missing disk, and what was in it stays (jellyfin#11913). */
export const looksMissing = (server: MediaServer, location: string): boolean => {
  const real = realPath(server, location);
  return !isReal(real, 'folder') || readdirSync(real).length === 0;
};

const VIDEO = /\.(mkv|mp4|avi|ts|m4v)$/i;

/** Videos below a location that can be opened, by the paths of their links. */
function videosIn(server: MediaServer, location: string): string[] {
  const real = realPath(server, location);
  if (!isReal(real, 'folder')) return [];
  return readdirSync(real, { withFileTypes: true, recursive: true })
    .filter((entry) => VIDEO.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => `${location}${join(entry.parentPath, entry.name).slice(real.length)}`)
    .filter((path) => opensFile(server, path));
}

/** The same for the same path, as a real server makes its ids: another path is another item (J-115). */
export type NewId = (path: string) => string;

/** What is new below one location: each link is an item beside the one that it leads to, with its own id. */
export function newItemsIn(
  server: MediaServer,
  library: Library,
  { location, touches, newId }: { location: string; touches: (path: string) => boolean; newId: NewId },
): MediaRow[] {
  const known = new Set(server.house.items.map((item) => item.path));
  const added = new Map<string, MediaRow>();
  const add = (path: string, base: MediaRow, changes: Partial<MediaRow> = {}): MediaRow => {
    const row =
      added.get(path) ??
      server.house.items.find((item) => item.path === path && item.kind === base.kind) ??
      ({ ...base, id: newId(path), libraryId: library.id, path, ...changes } satisfies MediaRow);
    if (!known.has(path)) added.set(path, row);
    return row;
  };
  for (const path of videosIn(server, location)) {
    if (known.has(path) || !touches(path)) continue;
    const original = server.house.items.find((item) => item.path === followed(server, path));
    if (!original) continue;
    const [series, season] = [original.seriesId, original.seasonId].map((id) =>
      server.house.items.find((item) => item.id === id),
    );
    if (!series || !season) {
      add(path, original);
      continue;
    }
    const show = add(folderOf(folderOf(path)), series);
    const part = add(folderOf(path), season, { seriesId: show.id });
    add(path, original, { seriesId: show.id, seasonId: part.id });
  }
  return [...added.values()];
}
