import type { MediaRow } from '../../seed/household.ts';
import { folderOf } from '../../seed/paths.ts';
import type { MediaServer } from './house.ts';

/** Takes items out of the catalogue, and out of every collection they were in. Files stay. */
export function forgetItems(server: MediaServer, gone: readonly MediaRow[]): void {
  const ids = new Set(gone.map((item) => item.id));
  if (ids.size === 0) return;
  const { house } = server;
  house.items = house.items.filter((item) => !ids.has(item.id));
  for (const item of house.items) {
    if (item.members.length > 0) item.members = item.members.filter((member) => !ids.has(member));
  }
  house.playing = house.playing.filter((playing) => !ids.has(playing.itemId));
  server.catalogue.forget();
  server.world.changed();
}

/** Deletes files as well: the whole folder of a film that lies in one of its own, with everything in it (T-20). */
export function deleteItem(server: MediaServer, item: MediaRow): void {
  const { storage } = server.world;
  const within = server.house.items.filter(
    (other) => other.id === item.id || other.seriesId === item.id || other.seasonId === item.id,
  );
  if (item.path !== null) {
    const folder = folderOf(item.path);
    const isMixed = server.house.items.some(
      (other) =>
        other.id !== item.id &&
        other.kind === 'Movie' &&
        other.path !== null &&
        folderOf(other.path) === folder,
    );
    if (item.kind === 'Movie' && !isMixed) storage.removeFolder(folder);
    else if (item.kind === 'Series' || item.kind === 'Season') storage.removeFolder(item.path);
    else storage.remove(item.path);
  }
  forgetItems(server, within);
}
