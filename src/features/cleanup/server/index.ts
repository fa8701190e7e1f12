import type { ConnectionId, DiskId, ItemId, PolicyId } from '#core/ids.ts';
import type { Fact } from '#core/fact.ts';
import { addDays } from '#core/time-span.ts';
import {
  isTorrentClient,
  type PathMapping,
  type ServiceKind,
} from '#features/connections/core/connection.ts';
import type { NotificationEvent } from '#features/notifications/core/event.ts';
import type { LibraryService } from '#features/library/server/index.ts';
import type { Db } from '#server/platform/db.ts';
import type { Policy } from '../core/policy/policy.ts';
import { LONGEST_IN_BIN_DAYS, withComingFree } from '../core/space/coming-free.ts';
import { createApprovalStore } from './policies/approvals.store.ts';
import { createByHandService } from './execution/by-hand.service.ts';
import { readGone } from './space/coming-free.store.ts';
import { createExclusionStore } from './keeping/exclusions.store.ts';
import { createExecutionService } from './execution/execution.service.ts';
import { createFreedService } from './space/freed.service.ts';
import { createFreedStore } from './space/freed.store.ts';
import { createKeepRequests, titleIn } from './keeping/keep-requests.service.ts';
import { createKeepUndo } from './keeping/keep-undo.service.ts';
import { createKeepStore } from './keeping/keep.store.ts';
import { createHonestBytes } from './execution/honest-bytes.service.ts';
import { createLeavingSoonService } from './leaving-soon/leaving-soon.service.ts';
import { createShelfUpdate } from './leaving-soon/leaving-soon.shelf.ts';
import { createShelfStore } from './leaving-soon/leaving-soon.store.ts';
import { createLinkService } from './leaving-soon/links.service.ts';
import { createLinkSource } from './leaving-soon/links.source.ts';
import { createLinkStore } from './leaving-soon/links.store.ts';
import { createMediaStore } from './media/media.store.ts';
import { createNews } from './news.ts';
import { createPlanningLibrary } from './planning/planning.library.ts';
import { createPlanningService } from './planning/planning.service.ts';
import type { PolicyStore } from './planning/planning.ports.ts';
import { createClaimRecordStore } from './planning/claim-records.store.ts';
import { createPlanStore } from './planning/plans.store.ts';
import { createPolicyStore } from './policies/policies.store.ts';
import type { Managers, Restorers } from './ports.ts';
import { renderPoster } from './leaving-soon/poster.ts';
import { createDeeds } from './execution/removal.deeds.ts';
import { createGuards, createMembersOf, createRemovalLibrary } from './execution/removal.library.ts';
import { createRemovalSaga } from './execution/removal.saga.ts';
import { createRemovalStore } from './execution/removals.store.ts';
import { createTorrentHands } from './execution/removal.torrents.ts';
import { createRecycleBinService } from './restore/recycle-bin.service.ts';
import { createKeepByHand } from './restore/restore.keep.ts';
import { createRestoreSaga } from './restore/restore.saga.ts';
import { createRestoreService } from './restore/restore.service.ts';
import { createRestoreStore } from './restore/restore.store.ts';
import { createRunSaga } from './execution/run.saga.ts';
import type { Clock, LibraryLock, Pause, RunLog } from './execution/runs.ports.ts';
import { createRunStore } from './execution/runs.store.ts';
import { createSettingsService } from './policies/settings.service.ts';
import { createSettingsStore } from './policies/settings.store.ts';
import { createOwnPaths } from './execution/torrents.paths.ts';
import type { LookAt } from './execution/torrents.ports.ts';
import { createTwins } from './media/twins.store.ts';
import { createUnconfirmedService } from './execution/unconfirmed.service.ts';
import { createVerdictStore } from './planning/verdicts.store.ts';

export { cleanupJobs, keepTimetable } from './jobs.ts';
export { honestBytesApi } from './execution/honest-bytes.api.ts';
export { janitorrApi } from './janitorr/janitorr.api.ts';
export { createJanitorrService } from './janitorr/janitorr.service.ts';
export { createImportSettings } from './janitorr/janitorr.settings.ts';
export { createAskAgain } from './execution/ask-again.ts';
export { keepApi } from './keeping/keep.api.ts';
export { linksApi } from './leaving-soon/links.api.ts';
export { mediaApi } from './media/media.api.ts';
export { planningApi } from './planning/planning.api.ts';
export { planJob } from './planning/planning.jobs.ts';
export { cleanupRunsApi } from './execution/runs.api.ts';
export { restoreApi } from './restore/restore.api.ts';
export { restoreJob } from './restore/restore.jobs.ts';
export { settingsApi } from './policies/settings.api.ts';
export { simulationApi } from './planning/simulation.api.ts';

export type CleanupDeps = {
  db: Db;
  library: LibraryService;
  managers: Managers;
  /** What brings titles back to Radarr and Sonarr. */
  restorers: Restorers;
  connections: () => Promise<
    readonly {
      id: ConnectionId;
      kind: ServiceKind;
      name: string;
      enabled: boolean;
      pathMappings: readonly PathMapping[];
    }[]
  >;
  /** Every label of every Radarr and Sonarr. */
  askTags: () => Promise<Fact<readonly string[]>>;
  /** Reads anew how full the disks are. */
  measureDisks: () => Promise<void>;
  /** Bytes that come to each disk in a day. */
  growth: () => Promise<ReadonlyMap<DiskId, number>>;
  exists: (path: string) => Promise<Fact<boolean>>;
  /** A file as it lies on the disk, whatever its name. */
  lookAt: LookAt;
  lockFor: (holder: string) => LibraryLock;
  requestPlan: (id: PolicyId) => Promise<void>;
  /** The queue's time table follows every change of a policy. */
  timetable: Timetable;
  /** What leaves soon may be another now: pages and collections look again. */
  changed: () => void;
  /** So many days something stays beyond the day it would have gone, when somebody asks to keep it. */
  keepDays: () => Promise<number>;
  /** Tells people what happens; the feature below knows whom and how. */
  tell: (event: NotificationEvent) => Promise<void>;
  time: Clock & { pause: Pause };
  /** Lets others have their turn within long work. */
  breathe: () => Promise<void>;
  newId: () => string;
  log: RunLog;
};

type Timetable = {
  saved: (policy: Policy) => Promise<void>;
  removed: (id: PolicyId) => Promise<void>;
};

const withTimetable = (store: PolicyStore, timetable: Timetable): PolicyStore => ({
  ...store,
  async save(policy) {
    await store.save(policy);
    await timetable.saved(policy);
  },
  async remove(id) {
    await timetable.removed(id);
    return store.remove(id);
  },
});

/** The two halves of clean-up, planning and execution, put together. They meet in the stored plan and in one lock. */
export function createCleanup(deps: CleanupDeps) {
  const { db, library, managers, connections, lockFor, time, newId, log } = deps;
  const enabled = async () => (await connections()).filter((connection) => connection.enabled);
  const mappingsOf = async (id: ConnectionId) =>
    (await connections()).find((connection) => connection.id === id)?.pathMappings ?? [];

  const settings = createSettingsService(createSettingsStore(db), deps.changed);
  const media = createMediaStore(db);
  const verdicts = createVerdictStore(db);
  const planningLibrary = {
    ...createPlanningLibrary({
      library,
      media,
      sourceList: async () => (await enabled()).filter(({ kind }) => !isTorrentClient(kind)),
      askTags: deps.askTags,
      measureDisks: deps.measureDisks,
      clock: time,
    }),
    disks: async () => {
      const now = time.now();
      const gone = await readGone(db, addDays(now, -LONGEST_IN_BIN_DAYS));
      return withComingFree(await library.disks(), gone, now);
    },
  };
  const planning = createPlanningService({
    policies: withTimetable(createPolicyStore(db), deps.timetable),
    plans: createPlanStore(db),
    verdicts,
    exclusions: createExclusionStore(db),
    approvals: createApprovalStore(db),
    claimRecords: createClaimRecordStore(db),
    media,
    library: planningLibrary,
    connections,
    requestPlan: deps.requestPlan,
    weights: async () => (await settings.read()).valueWeights,
    growth: deps.growth,
    breathe: deps.breathe,
    lock: lockFor('cleanup.plan'),
    changed: deps.changed,
    clock: time,
    newId,
  });

  const runs = createRunStore(db);
  const removals = createRemovalStore(db);
  const removalLibrary = createRemovalLibrary({ library, mappingsOf, exists: deps.exists });
  const ownPaths = createOwnPaths({ library, mappingsOf });
  const honestBytes = createHonestBytes({
    library: removalLibrary,
    managers,
    ownPaths,
    lookAt: deps.lookAt,
    time,
  });
  const deeds = createDeeds({
    managers,
    guards: createGuards({ library, isExcluded: planning.isExcluded }),
    library: removalLibrary,
    pause: time.pause,
    torrents: createTorrentHands({ managers, removals, ownPaths, lookAt: deps.lookAt }),
  });
  const saga = createRunSaga({
    runs,
    removals,
    saga: createRemovalSaga({ removals, deeds, clock: time }),
    planning,
    clock: time,
    log,
  });
  const execution = createExecutionService({
    runs,
    planning,
    library: removalLibrary,
    saga,
    lock: lockFor('cleanup.run'),
    time,
    newId,
    log,
  });
  const unconfirmed = createUnconfirmedService({ runs, removals, deeds, clock: time, log });
  const byHand = createByHandService({
    stores: { runs, removals },
    library: removalLibrary,
    clock: time,
    newId,
  });

  const restoreStore = createRestoreStore(db);
  const restores = createRestoreService({
    restores: restoreStore,
    removals,
    restorers: deps.restorers,
    saga: createRestoreSaga({
      restores: restoreStore,
      restorers: deps.restorers,
      keepByHand: createKeepByHand(createExclusionStore(db), time, deps.changed),
      time,
    }),
    lock: lockFor('cleanup.restore'),
    time,
    newId,
    log,
  });
  const recycleBins = createRecycleBinService(deps.restorers, connections);

  const source = {
    leaving: planning.leavingForReal,
    membersOf: createMembersOf(library),
    settings: async () => {
      const { collectionNames, posterLanguage, leavingSoonSurface } = await settings.read();
      return { names: collectionNames, language: posterLanguage, surfaces: leavingSoonSurface };
    },
  };
  const links = createLinkService({
    source: createLinkSource({
      library,
      connections,
      leaving: planning.leavingForReal,
      settings: async () => {
        const { leavingSoonSurface, linkFolder, linkLibraryNames } = await settings.read();
        return { surfaces: leavingSoonSurface, folder: linkFolder, names: linkLibraryNames };
      },
    }),
    store: createLinkStore(db, newId),
    managers,
    clock: time,
    newId,
    log,
  });
  const leavingSoon = createLeavingSoonService({
    source,
    updateShelf: createShelfUpdate({
      source,
      shelves: createShelfStore(db),
      drawPoster: renderPoster,
      clock: time,
    }),
    managers,
    links,
    log,
  });

  const titleOf = async (id: ItemId) => {
    const item = (await planningLibrary.family(id)).find((one) => one.id === id);
    return item ? titleIn(item) : null;
  };
  const keepStore = createKeepStore(db);
  const keepRequests = createKeepRequests({
    store: keepStore,
    leaving: planning.leaving,
    titleOf,
    settings: settings.read,
    keepDays: deps.keepDays,
    changed: deps.changed,
    clock: time,
    newId,
    log,
  });
  const keepUndo = createKeepUndo({
    store: keepStore,
    known: async (ids) => {
      const titles = await Promise.all(ids.map(titleOf));
      return ids.filter((_, index) => titles[index] !== null);
    },
    changed: deps.changed,
    clock: time,
    newId,
  });

  const news = createNews({
    tell: deps.tell,
    policy: planning.policy,
    leaving: planning.leaving,
    markedSince: verdicts.markedSince,
    nameOf: async (id) => (await connections()).find((one) => one.id === id)?.name ?? null,
    log,
  });

  return {
    news,
    freed: createFreedService(createFreedStore(db), { library, clock: time }),
    twinsOf: createTwins(db, connections),
    keeping: { ...keepRequests, ...keepUndo },
    planning,
    execution,
    unconfirmed,
    byHand,
    honestBytes,
    runs,
    removals,
    restores,
    recycleBins,
    leavingSoon,
    links,
    settings,
  };
}
