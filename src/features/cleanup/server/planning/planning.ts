import { addDays } from '#core/time-span.ts';
import { isTorrentClient } from '#features/connections/core/connection.ts';
import { LONGEST_IN_BIN_DAYS, withComingFree } from '../../core/space/coming-free.ts';
import type { CleanupDeps, Timetable } from '../cleanup.ports.ts';
import { createExclusionStore } from '../keeping/exclusions.store.ts';
import { createMediaStore } from '../media/media.store.ts';
import { createApprovalStore } from '../policies/approvals.store.ts';
import { createPolicyStore } from '../policies/policies.store.ts';
import type { SettingsService } from '../policies/settings.service.ts';
import { readGone } from '../space/coming-free.store.ts';
import { createClaimRecordStore } from './claim-records.store.ts';
import { createPlanningLibrary } from './planning.library.ts';
import type { PolicyStore } from './planning.ports.ts';
import { createPlanningService } from './planning.service.ts';
import { createPlanStore } from './plans.store.ts';
import { createVerdictStore } from './verdicts.store.ts';

type Deps = Pick<
  CleanupDeps,
  | 'db'
  | 'library'
  | 'connections'
  | 'askTags'
  | 'measureDisks'
  | 'growth'
  | 'lockFor'
  | 'requestPlan'
  | 'timetable'
  | 'changed'
  | 'time'
  | 'breathe'
  | 'newId'
> & { settings: Pick<SettingsService, 'read'> };

/** The room of plans: policies, what they make of the library, and what is known of each title. */
export function createPlanning(deps: Deps) {
  const { db, library, connections, time } = deps;
  const media = createMediaStore(db);
  const verdicts = createVerdictStore(db);
  const planningLibrary = {
    ...createPlanningLibrary({
      library,
      media,
      sourceList: async () =>
        (await connections()).filter(({ enabled, kind }) => enabled && !isTorrentClient(kind)),
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
    weights: async () => (await deps.settings.read()).valueWeights,
    growth: deps.growth,
    breathe: deps.breathe,
    lock: deps.lockFor('cleanup.plan'),
    changed: deps.changed,
    clock: time,
    newId: deps.newId,
  });
  return { planning, markedSince: verdicts.markedSince, family: planningLibrary.family };
}

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
