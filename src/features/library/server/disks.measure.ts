import type { Clock, FileSystem, SourceList, Sources } from './ports.ts';
import type { SyncStore } from './store.ports.ts';
import { writeDisks, type StorageRead } from './sync/disks.ts';
import { guard } from './sync/drain.ts';

export type DiskMeasuringDeps = {
  store: SyncStore;
  sources: Pick<Sources, 'filmCatalogue' | 'showCatalogue'>;
  sourceList: SourceList;
  files: FileSystem;
  clock: Clock;
};

/**
 * Reads anew how full the disks are, and nothing else. Due before a plan is carried out: after a run the last sync still
 * tells of a full disk, and a second run would free the same space once more. A service that does not answer leaves its
 * disks without numbers. Only for whoever holds the library lock, because a sync writes the same rows.
 */
export function createDiskMeasuring({ store, sources, sourceList, files, clock }: DiskMeasuringDeps) {
  return async function measureDisks(): Promise<void> {
    const list = (await sourceList()).filter(({ kind }) => kind === 'radarr' || kind === 'sonarr');
    const answers = await Promise.all(
      list.map(async ({ id, kind, pathMappings }) => {
        const storage = await guard('storage', async () =>
          (await (kind === 'radarr' ? sources.filmCatalogue(id) : sources.showCatalogue(id))).storage(),
        );
        return { from: { connectionId: id, pathMappings }, storage };
      }),
    );
    const read = answers.flatMap(({ from, storage }): StorageRead[] =>
      storage.ok ? [{ from, storage: storage.value }] : [],
    );
    const failed = new Set(answers.flatMap(({ from, storage }) => (storage.ok ? [] : [from.connectionId])));
    await store.write((writer) => writeDisks(writer, read, failed, files, clock.now()));
  };
}
