import type { ConnectionId } from '#core/ids.ts';
import type { PathMapping } from '#features/connections/core/connection.ts';
import { mapPath } from '#features/library/core/paths.ts';
import type { LibraryService } from '#features/library/server/index.ts';
import type { OwnPaths } from './torrents.ports.ts';

export type OwnPathsDeps = {
  library: Pick<LibraryService, 'disks'>;
  mappingsOf: (id: ConnectionId) => Promise<readonly PathMapping[]>;
};

/** T-60: every service has its own names for the same folders; ours are where the disks are looked at. */
export function createOwnPaths({ library, mappingsOf }: OwnPathsDeps): OwnPaths {
  return {
    async ofConnection(id, paths) {
      const mappings = await mappingsOf(id);
      return paths.map((path) => mapPath(path, mappings));
    },

    async rootFolders() {
      const roots: string[] = [];
      for (const { connectionId, path } of (await library.disks()).flatMap((disk) => disk.folders))
        roots.push(mapPath(path, await mappingsOf(connectionId)));
      return roots;
    },
  };
}
