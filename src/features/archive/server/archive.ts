import type { ArchiveSource } from '../core/source.ts';
import type { Db } from '#server/platform/db.ts';
import type { Plugins } from './ports.ts';
import { createSourceStore } from './sources/sources.store.ts';
import type { StoredSource } from './sources/sources.ports.ts';

export type ArchiveDeps = {
  db: Db;
  /** Every kind of source that there is. */
  plugins: Plugins;
};

/** The rooms of the archive put together: sources and their sync, the media store, and what pages read. */
export function createArchive({ db, plugins }: ArchiveDeps) {
  const sourceStore = createSourceStore(db);
  return {
    plugins,
    sources: {
      list: async (): Promise<ArchiveSource[]> => (await sourceStore.list()).map(shown),
    },
  };
}

/** The sign-in and its sealed form stay in here. */
const shown = ({ sealedCredentials, ...source }: StoredSource): ArchiveSource => ({
  ...source,
  isSignedIn: sealedCredentials !== null,
});
