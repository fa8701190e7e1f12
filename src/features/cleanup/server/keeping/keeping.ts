import type { ItemId } from '#core/ids.ts';
import type { CleanupDeps } from '../cleanup.ports.ts';
import type { PlanningService } from '../planning/planning.service.ts';
import type { PlanningLibrary } from '../planning/planning.ports.ts';
import type { SettingsService } from '../policies/settings.service.ts';
import { createKeepRequests, titleIn } from './keep-requests.service.ts';
import { createKeepUndo } from './keep-undo.service.ts';
import { createKeepStore } from './keep.store.ts';

type Deps = Pick<CleanupDeps, 'db' | 'keepDays' | 'changed' | 'time' | 'newId' | 'log'> & {
  planning: Pick<PlanningService, 'leaving'>;
  settings: Pick<SettingsService, 'read'>;
  family: PlanningLibrary['family'];
};

/** The room of what somebody asked to keep, and of taking that back. */
export function createKeeping({ db, planning, settings, family, time: clock, ...deps }: Deps) {
  const { changed, newId, log } = deps;
  const titleOf = async (id: ItemId) => {
    const item = (await family(id)).find((one) => one.id === id);
    return item ? titleIn(item) : null;
  };
  const store = createKeepStore(db);
  const requests = createKeepRequests({
    store,
    leaving: planning.leaving,
    titleOf,
    settings: settings.read,
    keepDays: deps.keepDays,
    changed,
    clock,
    newId,
    log,
  });
  const undo = createKeepUndo({
    store,
    known: async (ids) => {
      const titles = await Promise.all(ids.map(titleOf));
      return ids.filter((_, index) => titles[index] !== null);
    },
    changed,
    clock,
    newId,
  });
  return { ...requests, ...undo };
}
