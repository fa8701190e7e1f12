import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import type { PathMapping } from '#features/connections/core/connection.ts';
import { mapPath, unmapPath } from '#features/library/core/paths.ts';
import type { ItemDetails, LibraryService } from '#features/library/server/index.ts';
import { shelfKindOf, type LeavingItem } from '../../core/leaving-soon/leaving-soon.ts';
import {
  sidecarsOf,
  type LeavingFile,
  type LeavingTitle,
  type SeenFile,
} from '../../core/leaving-soon/link-tree.ts';
import type { LinkSource } from './links.ports.ts';

export type LinkSourceDeps = Pick<LinkSource, 'leaving' | 'settings'> & {
  library: Pick<LibraryService, 'findItem' | 'readItems' | 'disks'>;
  connections: () => Promise<
    readonly { id: ConnectionId; name: string; pathMappings: readonly PathMapping[] }[]
  >;
  /** What lies in a folder; unknown when nobody can look from here. */
  namesIn?: (folder: string) => Promise<Fact<readonly string[]>>;
};

export function createLinkSource({
  library,
  connections,
  leaving,
  settings,
  namesIn = readNames,
}: LinkSourceDeps): LinkSource {
  const mappingsOf = async (id: ConnectionId) =>
    (await connections()).find((connection) => connection.id === id)?.pathMappings ?? [];

  /** Out of the service's view into ours, and on into the media server's (T-60). */
  async function viewOf(from: ConnectionId, to: ConnectionId) {
    const [ours, theirs] = [await mappingsOf(from), await mappingsOf(to)];
    return {
      seen: (path: string): SeenFile => {
        const own = mapPath(path, ours);
        return { own, theirs: unmapPath(own, theirs) };
      },
      beside: (own: string): SeenFile => ({ own, theirs: unmapPath(own, theirs) }),
    };
  }

  async function titleOf(item: LeavingItem, found: ItemDetails, to: ConnectionId): Promise<LeavingTitle> {
    const view = await viewOf(found.item.connectionId, to);
    const folders = new Map<string, Promise<Fact<readonly string[]>>>();
    const files: LeavingFile[] = [];
    for (const { path, seasonNumber } of found.files) {
      const file = view.seen(path);
      const folder = dirname(file.own);
      if (!folders.has(folder)) folders.set(folder, namesIn(folder));
      const names = (await folders.get(folder)) ?? unknown('not-readable');
      const sidecars = names.known
        ? known(
            sidecarsOf(file.own.slice(folder.length + 1), names.value).map((name) =>
              view.beside(join(folder, name)),
            ),
          )
        : names;
      files.push({ ...file, seasonNumber, sidecars });
    }
    // An episode's own path is its file; all of a show stands in one folder.
    const { showId } = found.item;
    const show = showId === null ? null : await library.findItem(showId);
    const folder = show?.ownPath ?? found.ownPath;
    return { kind: shelfKindOf(item.kind), title: item.title, folder, files };
  }

  async function anyFileOf(id: LeavingItem['itemId'], to: ConnectionId): Promise<SeenFile | null> {
    const found = await library.findItem(id);
    const [file] = found?.files ?? [];
    return found && file ? (await viewOf(found.item.connectionId, to)).seen(file.path) : null;
  }

  return {
    leaving,
    settings,
    asSeenBy: async (id, path) => unmapPath(path, await mappingsOf(id)),
    connections: async () => (await connections()).map(({ id, name }) => ({ id, name })),

    async titles(connectionId, items) {
      const titles: LeavingTitle[] = [];
      for (const item of items) {
        const found = await library.findItem(item.itemId);
        if (found) titles.push(await titleOf(item, found, connectionId));
      }
      return titles;
    },

    async anyFile(connectionId, items) {
      for (const { itemId } of items) {
        const file = await anyFileOf(itemId, connectionId);
        if (file) return file;
      }
      for await (const batch of library.readItems()) {
        const first = batch.find(({ fileCount }) => fileCount > 0);
        const file = first && (await anyFileOf(first.id, connectionId));
        if (file) return file;
      }
      return null;
    },

    async mediaFolders() {
      const roots = (await library.disks()).flatMap(({ folders }) => folders);
      return Promise.all(
        roots.map(async ({ connectionId, path }) => mapPath(path, await mappingsOf(connectionId))),
      );
    },
  };
}

async function readNames(folder: string): Promise<Fact<readonly string[]>> {
  try {
    return known(await readdir(folder));
  } catch {
    return unknown('not-readable');
  }
}
