import type { CleanupDeps } from '../cleanup.ports.ts';
import { createExclusionStore } from '../keeping/exclusions.store.ts';
import { createRecycleBinService } from './recycle-bin.service.ts';
import { createKeepByHand } from './restore.keep.ts';
import { createRestoreSaga } from './restore.saga.ts';
import { createRestoreService, type RestoreServiceDeps } from './restore.service.ts';
import { createRestoreStore } from './restore.store.ts';

type Deps = Pick<
  CleanupDeps,
  'db' | 'restorers' | 'connections' | 'lockFor' | 'changed' | 'time' | 'newId' | 'log'
> &
  Pick<RestoreServiceDeps, 'removals'>;

/** The room of what comes back, and of the bins that it may come back from. */
export function createRestoring({ db, restorers, removals, time, ...deps }: Deps) {
  const restores = createRestoreStore(db);
  return {
    restores: createRestoreService({
      restores,
      removals,
      restorers,
      saga: createRestoreSaga({
        restores,
        restorers,
        keepByHand: createKeepByHand(createExclusionStore(db), time, deps.changed),
        time,
      }),
      lock: deps.lockFor('cleanup.restore'),
      time,
      newId: deps.newId,
      log: deps.log,
    }),
    recycleBins: createRecycleBinService(restorers, deps.connections),
  };
}
