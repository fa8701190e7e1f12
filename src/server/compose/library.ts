import { join } from 'node:path';
import { isMediaServer } from '#features/connections/core/connection.ts';
import {
  createCreditService,
  createCreditStore,
  createDiskMeasuring,
  createForecastService,
  createLibraryLocks,
  createLibraryReader,
  createLibraryService,
  createPosterService,
  createRequesterNames,
  createRunStore,
  createStorageReader,
  createSync,
  createSyncStore,
  creditsJob,
  libraryApi,
  postersApi,
  syncJob,
  type ForecastDeps,
  type SyncDeps,
} from '#features/library/server/index.ts';
import { freeSpace } from '../platform/files.ts';
import type { Connections } from './connections.ts';
import type { Platform } from './platform.ts';

export type Library = ReturnType<typeof composeLibrary>;

type Above = {
  standIns: NonNullable<SyncDeps['standIns']>;
  /** What comes in is what the disks show, and what clean-up took away again. */
  freedSince: ForecastDeps['freedSince'];
  /** The services were read: what was under way with them may be certain now. */
  wasRead: (signal: AbortSignal) => Promise<void>;
  /** Something else may be to go now. */
  planSoon: () => Promise<void>;
  titlesChanged: () => Promise<void>;
};

export function composeLibrary(platform: Platform, connections: Connections, above: Above) {
  const { db, pool, events, queue, clock, newId } = platform;
  const { librarySources: sourceList } = connections;
  const { sources, creditServer, posterSource } = connections.clients;
  const lockFor = createLibraryLocks(pool);
  const reader = createLibraryReader(db);
  const store = createSyncStore(db);
  const files = { freeSpace };

  const storedRuns = createRunStore(db);
  const runs: typeof storedRuns = {
    ...storedRuns,
    saveProgress: async (...progress) => {
      await storedRuns.saveProgress(...progress);
      events.publish('library');
    },
  };
  const sync = createSync({
    store,
    runs,
    sources,
    sourceList,
    files,
    lock: lockFor('library.sync'),
    clock,
    standIns: above.standIns,
  });
  const service = createLibraryService({
    reader,
    runs,
    sync,
    sourceList,
    sources,
    startSync: async (id) => void (await queue.add(librarySync, { syncId: id })),
    clock,
    newId,
  });
  const forecasting = createForecastService({ reader, freedSince: above.freedSince, clock });

  const titlesChanged = async () => {
    events.publish('library');
    await above.titlesChanged();
  };
  const askCredits = creditsJob({
    credits: createCreditService({
      store: createCreditStore(db),
      open: creditServer,
      mediaServers: async () => (await connections.enabled()).filter(({ kind }) => isMediaServer(kind)),
      clock,
    }),
    tellSearch: titlesChanged,
    clock,
  });
  const librarySync = syncJob({
    runSync: async (id, signal = new AbortController().signal) => {
      await service.runSync(id, signal);
      await above.wasRead(signal);
      events.publish('library');
      await above.planSoon();
      // One that waits may wait for an hour, for a media server that is down.
      if ((await queue.add(askCredits, {})) === null) await titlesChanged();
    },
  });
  const posters = createPosterService({
    folder: join(platform.config.DATA_DIR, 'cache', 'posters'),
    source: posterSource,
    clock,
  });

  return {
    service,
    forecasting,
    distrust: reader.distrust,
    lockFor,
    measureDisks: createDiskMeasuring({ store, sources, sourceList, files, clock }),
    requesterNames: createRequesterNames(db),
    storage: createStorageReader(db),
    jobs: [librarySync, askCredits],
    api: [libraryApi(service, forecasting.forecasts), postersApi(posters)],
  };
}
