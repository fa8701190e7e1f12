import { known, unknown, type Fact } from '#core/fact.ts';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { PathMapping } from '#features/connections/core/connection.ts';
import { idsAt } from '#features/library/core/match.ts';
import { deepest, isWithin, mapPath, unmapPath } from '#features/library/core/paths.ts';
import type { ItemDetails, LibraryService } from '#features/library/server/index.ts';
import type { RemovalTarget } from '../../core/removal/saga-draft.ts';
import type { Guards, RemovalLibrary } from './runs.ports.ts';

export type RemovalLibraryDeps = {
  library: Pick<LibraryService, 'findItem' | 'forget' | 'disks' | 'refreshPlaying'>;
  mappingsOf: (id: ConnectionId) => Promise<readonly PathMapping[]>;
  /** Whether a file or folder is there; unknown when it could not be looked at. */
  exists: (path: string) => Promise<Fact<boolean>>;
};

/** The library as the removal of items needs it. */
export function createRemovalLibrary({ library, mappingsOf, exists }: RemovalLibraryDeps): RemovalLibrary {
  async function targetOf(id: ItemId): Promise<RemovalTarget | null> {
    const found = await library.findItem(id);
    if (!found) return null;
    const title = found.item.showId === null ? found : await library.findItem(found.item.showId);
    return title ? toTarget(found, title) : null;
  }

  /** A disk that is not mounted here shows an empty folder, or none: that says nothing about the file (T-60). */
  async function isMountedHere(from: ConnectionId, path: string): Promise<boolean> {
    const disks = await library.disks();
    const folders = disks
      .filter((disk) => disk.measuredBy === 'own')
      .flatMap((disk) => disk.folders.filter((folder) => folder.connectionId === from));
    const root = deepest(path, folders, (folder) => folder.path);
    if (!root) return false;
    const there = await exists(mapPath(root.path, await mappingsOf(from)));
    return there.known && there.value;
  }

  return {
    async targets(ids) {
      const targets: RemovalTarget[] = [];
      for (const id of ids) {
        const target = await targetOf(id);
        if (target) targets.push(target);
      }
      return targets;
    },

    forget: (itemId) => library.forget([itemId]),

    async translatePaths(from, to, paths) {
      const [ours, theirs] = await Promise.all([mappingsOf(from), mappingsOf(to)]);
      return paths.map((path) => unmapPath(mapPath(path, ours), theirs));
    },

    async anyOnDisk(from, paths) {
      const mappings = await mappingsOf(from);
      for (const path of paths) {
        if (!(await isMountedHere(from, path))) return unknown('not-mounted-here');
        const there = await exists(mapPath(path, mappings));
        if (!there.known || there.value) return there;
      }
      return known(false);
    },
  };
}

function toTarget(found: ItemDetails, title: ItemDetails): RemovalTarget {
  const { item } = found;
  return {
    itemId: item.id,
    connectionId: item.connectionId,
    externalId: item.externalId,
    kind: item.kind,
    seasonNumber: item.seasonNumber,
    episodes: item.episodes.map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber })),
    title: item.title,
    identity: { tmdb: title.ids.tmdb, tvdb: title.ids.tvdb, path: title.item.path },
    files: found.files.map(({ externalId, path, sizeBytes }) => ({ externalId, path, sizeBytes })),
    keepsake: {
      year: item.year,
      tags: item.tags.known ? item.tags.value : [],
      qualityProfile: title.qualityProfile,
      rootFolder: title.rootFolder,
      monitored: item.monitored,
      requestedBy: [...new Set(found.requests.map((request) => request.requestedBy))],
      lastWatchedAt: item.watch.known ? item.watch.value.lastWatchedAt : null,
    },
  };
}

export type GuardsDeps = {
  library: Pick<LibraryService, 'refreshPlaying' | 'titlesWithin' | 'disks'> & {
    findItem(id: ItemId): Promise<Pick<ItemDetails, 'item' | 'ownPath' | 'rootFolder'> | null>;
  };
  isExcluded: (ids: readonly ItemId[]) => Promise<boolean>;
};

/** The last look before something is deleted (T-70). */
export function createGuards({ library, isExcluded }: GuardsDeps): Guards {
  return {
    excludedByHand: isExcluded,

    async folderIsShared(itemId) {
      const found = await library.findItem(itemId);
      if (!found) return true; // nobody knows what else is there
      const { connectionId, path } = found.item;
      const own = (await library.disks()).flatMap(({ folders }) =>
        folders.flatMap((folder) => (folder.connectionId === connectionId ? folder.path : [])),
      );
      if ([found.rootFolder, ...own].some((root) => isWithin(root, path))) return true;
      return (await library.titlesWithin(found.ownPath)).some((id) => id !== itemId);
    },

    async playingNow(ids) {
      const asked = await library.refreshPlaying();
      if (!asked.ok) return err({ code: 'step.unreachable', reason: asked.error.code });
      const told = await Promise.all(
        ids.map(async (id) => (await library.findItem(id))?.item.playingNow ?? unknown('not-in-library')),
      );
      if (told.some((playing) => playing.known && playing.value)) return ok(known(true));
      return ok(told[0] ?? unknown('not-in-library'));
    },
  };
}

/** Which ids the items have in one media server; an item that it does not have is left out. */
export const createMembersOf =
  (library: Pick<LibraryService, 'findItem'>) =>
  async (connectionId: ConnectionId, ids: readonly ItemId[]): Promise<Map<ItemId, string>> => {
    const members = new Map<ItemId, string>();
    for (const id of ids) {
      const found = await library.findItem(id);
      const [mediaId] = idsAt(connectionId, found?.mediaIds ?? []);
      if (mediaId !== undefined) members.set(id, mediaId);
    }
    return members;
  };
