import type { CleanupDeps } from './cleanup.ports.ts';
import { createExecution } from './execution/execution.ts';
import { createKeeping } from './keeping/keeping.ts';
import { createLeavingSoon } from './leaving-soon/leaving-soon.ts';
import { createTwins } from './media/twins.store.ts';
import { createNews } from './news.ts';
import { createPlanning } from './planning/planning.ts';
import { createSettingsService } from './policies/settings.service.ts';
import { createSettingsStore } from './policies/settings.store.ts';
import { createRestoring } from './restore/restoring.ts';
import { createFreedService } from './space/freed.service.ts';
import { createFreedStore } from './space/freed.store.ts';

/** The rooms of clean-up put together. Planning and execution, its two halves, meet in the stored plan and in one lock. */
export function createCleanup(deps: CleanupDeps) {
  const { db, library, connections, time, log } = deps;
  const settings = createSettingsService(createSettingsStore(db), deps.changed);
  const { planning, markedSince, family } = createPlanning({ ...deps, settings });
  const executing = createExecution({ ...deps, planning });
  const { removals } = executing;

  return {
    settings,
    planning,
    ...executing,
    ...createRestoring({ ...deps, removals }),
    ...createLeavingSoon({ ...deps, planning, settings }),
    keeping: createKeeping({ ...deps, planning, settings, family }),
    news: createNews({
      tell: deps.tell,
      policy: planning.policy,
      leaving: planning.leaving,
      markedSince,
      nameOf: async (id) => (await connections()).find((one) => one.id === id)?.name ?? null,
      log,
    }),
    freed: createFreedService(createFreedStore(db), { library, clock: time }),
    twinsOf: createTwins(db, connections),
  };
}
