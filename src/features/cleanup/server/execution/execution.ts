import type { ConnectionId } from '#core/ids.ts';
import type { CleanupDeps } from '../cleanup.ports.ts';
import type { PlanningService } from '../planning/planning.service.ts';
import { createByHandService } from './by-hand.service.ts';
import { createExecutionService } from './execution.service.ts';
import { createHonestBytes } from './honest-bytes.service.ts';
import { createDeeds } from './removal.deeds.ts';
import { createGuards, createRemovalLibrary } from './removal.library.ts';
import { createRemovalSaga } from './removal.saga.ts';
import { createTorrentHands } from './removal.torrents.ts';
import { createRemovalStore } from './removals.store.ts';
import { createRunSaga } from './run.saga.ts';
import { createRunStore } from './runs.store.ts';
import { createOwnPaths } from './torrents.paths.ts';
import { createUnconfirmedService } from './unconfirmed.service.ts';

type Deps = Pick<
  CleanupDeps,
  'db' | 'library' | 'managers' | 'connections' | 'exists' | 'lookAt' | 'lockFor' | 'time' | 'newId' | 'log'
> & { planning: PlanningService };

/** The room of runs: what a plan wants to go, removed one by one, each step written before it is done. */
export function createExecution({
  db,
  library,
  managers,
  planning,
  lookAt,
  time,
  newId,
  log,
  ...deps
}: Deps) {
  const mappingsOf = async (id: ConnectionId) =>
    (await deps.connections()).find((connection) => connection.id === id)?.pathMappings ?? [];

  const runs = createRunStore(db);
  const removals = createRemovalStore(db);
  const removalLibrary = createRemovalLibrary({ library, mappingsOf, exists: deps.exists });
  const ownPaths = createOwnPaths({ library, mappingsOf });
  const deeds = createDeeds({
    managers,
    guards: createGuards({ library, isExcluded: planning.isExcluded }),
    library: removalLibrary,
    pause: time.pause,
    torrents: createTorrentHands({ managers, removals, ownPaths, lookAt }),
  });
  const saga = createRunSaga({
    runs,
    removals,
    saga: createRemovalSaga({ removals, deeds, clock: time }),
    planning,
    clock: time,
    log,
  });

  return {
    runs,
    removals,
    execution: createExecutionService({
      runs,
      planning,
      library: removalLibrary,
      saga,
      lock: deps.lockFor('cleanup.run'),
      time,
      newId,
      log,
    }),
    unconfirmed: createUnconfirmedService({ runs, removals, deeds, clock: time, log }),
    byHand: createByHandService({
      stores: { runs, removals },
      library: removalLibrary,
      clock: time,
      newId,
    }),
    honestBytes: createHonestBytes({ library: removalLibrary, managers, ownPaths, lookAt, time }),
  };
}
