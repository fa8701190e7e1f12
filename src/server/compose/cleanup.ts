import { setImmediate } from 'node:timers/promises';
import type { PolicyId } from '#core/ids.ts';
import {
  cleanupJobs,
  cleanupRunsApi,
  createAskAgain,
  createCleanup,
  honestBytesApi,
  keepApi,
  keepTimetable,
  linksApi,
  mediaApi,
  planJob,
  planningApi,
  restoreApi,
  restoreJob,
  settingsApi,
  simulationApi,
} from '#features/cleanup/server/index.ts';
import { exists, fileAt } from '../platform/files.ts';
import { pause } from '../platform/pause.ts';
import { withEffects } from './cleanup-effects.ts';
import type { Connections } from './connections.ts';
import { composeJanitorr } from './cleanup-janitorr.ts';
import type { Library } from './library.ts';
import type { Notifications } from './notifications.ts';
import type { Platform } from './platform.ts';

type Below = { connections: Connections; library: Library; notifications: Notifications };

export type Cleanup = ReturnType<typeof composeCleanup>;

export function composeCleanup(platform: Platform, below: Below) {
  const { db, events, queue, clock, newId } = platform;
  const { service: connections, clients } = below.connections;
  const { service: library, forecasting, lockFor, measureDisks } = below.library;
  const { service: notifications } = below.notifications;
  const log = platform.logOf('cleanup');

  const cleanup = createCleanup({
    db,
    library,
    managers: clients.managers,
    restorers: clients.restorers,
    connections: connections.list,
    askTags: clients.askTags,
    measureDisks,
    growth: forecasting.growth,
    breathe: () => setImmediate(),
    exists,
    lookAt: fileAt,
    lockFor: (holder) => lockFor(holder).run,
    requestPlan: async (id) => void (await queue.add(plan, { policyId: id })),
    timetable: { saved: (policy) => timetable.saved(policy), removed: (id) => timetable.removed(id) },
    changed: () => {
      events.publish('plans');
      void queue.add(jobs.updateLeavingSoon, {});
    },
    keepDays: notifications.settings.keepDays,
    tell: notifications.tell,
    time: { ...clock, pause },
    newId,
    log,
  });
  const { planning, runs, removals, byHand, restores, settings } = cleanup;
  const runsChanged = () => events.publish('runs');
  const readLibrary = async () => void (await library.requestSync({ acceptShrink: false }));

  const felt = withEffects(cleanup, {
    runsChanged,
    askAgain: createAskAgain(clients.availability, log),
    readLibrary,
  });
  const plan = planJob(felt.planning);
  const jobs = cleanupJobs(felt.execution, felt.leavingSoon, (signal) => library.freshen(signal));
  const restoring = restoreJob(felt.restores);
  const timetable = keepTimetable(queue, jobs);

  const startRun = async (policyId: PolicyId, byName: string) =>
    (await queue.add(jobs.run, { policyId, startedBy: 'person', byName })) !== null;
  const resume = async () => (await queue.add(jobs.resume, {})) !== null;
  const startRestore = async () => (await queue.add(restoring, {})) !== null;

  const janitorr = composeJanitorr(platform, { connections, planning, settings, readLibrary });

  return {
    ...cleanup,
    startRun,
    resume,
    startRestore,
    janitorr: janitorr.service,
    planSoon: async () => void (await queue.add(plan, {})),
    /** The services were read: what became of removals that nobody could confirm may be certain now. */
    lookAgain: async (signal: AbortSignal) => {
      if ((await cleanup.unconfirmed.lookAgain(signal)) > 0) runsChanged();
    },
    /** What a worker does first. */
    begin: async () => {
      for (const { policy } of await planning.listPolicies()) await timetable.saved(policy);
      await resume(); // what a crash left under way comes first
      await startRestore();
    },
    jobs: [plan, ...Object.values(jobs), restoring],
    api: [
      planningApi(planning),
      simulationApi(planning),
      mediaApi({ planning, library, clock }),
      keepApi(cleanup.keeping),
      honestBytesApi(cleanup.honestBytes),
      cleanupRunsApi({
        byHand,
        runs,
        removals,
        policy: planning.policy,
        approve: planning.approve,
        start: { run: startRun, resume },
      }),
      restoreApi({ restores, start: startRestore }),
      settingsApi(settings),
      linksApi(cleanup.links),
      janitorr.api,
    ],
  };
}
