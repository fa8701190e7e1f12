import type { Db } from '#server/platform/db.ts';
import { createDiskReader } from './disks.store.ts';
import { createEpisodeReader } from './episodes.store.ts';
import { createItemReader } from './items.store.ts';
import { createLinkWriter } from './link.store.ts';
import { createListReadWriter } from './list-reads.store.ts';
import { createPlayReads, createPlayWriter } from './plays.store.ts';
import { openShareWriter } from './share.store.ts';
import { createSourceStore } from './sources.store.ts';
import type { LibraryReader, SyncStore } from './store.ports.ts';

export function createLibraryReader(db: Db): LibraryReader {
  const items = createItemReader(db);
  const { sources, savePlaying, distrust } = createSourceStore(db);
  return {
    ...items,
    ...createEpisodeReader(db, items),
    ...createDiskReader(db),
    ...createPlayReads(db),
    sources,
    savePlaying,
    distrust,
  };
}

export const createSyncStore = (db: Db): SyncStore => ({
  write: (work) =>
    db.transaction(async (tx) =>
      work({
        ...(await openShareWriter(tx)),
        ...createListReadWriter(tx),
        ...createLinkWriter(tx),
        ...createPlayWriter(tx),
        ...createSourceStore(tx),
      }),
    ),
});
