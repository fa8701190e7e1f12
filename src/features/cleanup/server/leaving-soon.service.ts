import { shelfKindOf, shelfKinds, soonestOfEach } from '../core/leaving-soon.ts';
import type { LeavingSource } from './leaving-soon.ports.ts';
import type { UpdateShelf } from './leaving-soon.shelf.ts';
import type { Managers } from './ports.ts';
import type { RunLog } from './runs.ports.ts';

export type LeavingSoonDeps = {
  source: Pick<LeavingSource, 'leaving' | 'settings'>;
  updateShelf: UpdateShelf;
  managers: Pick<Managers, 'shelves'>;
  log: RunLog;
};

export type LeavingSoonService = ReturnType<typeof createLeavingSoonService>;

/** C-07: the collections in which people see what leaves, in every media server, kept as the plans say. */
export function createLeavingSoonService({ source, updateShelf, managers, log }: LeavingSoonDeps) {
  /** Changes only what differs. One media server that fails is told in the log and does not hold up the others. */
  async function update(): Promise<{ failed: number }> {
    const leaving = soonestOfEach(await source.leaving());
    const settings = await source.settings();
    let failed = 0;
    for (const { connectionId, shelf } of await managers.shelves()) {
      for (const kind of shelfKinds) {
        const items = leaving.filter((item) => shelfKindOf(item.kind) === kind);
        const done = await updateShelf({ connectionId, shelf, kind, settings }, items);
        if (done.ok) continue;
        failed += 1;
        log.warn('A Leaving Soon collection could not be updated', {
          connectionId,
          kind,
          problem: done.error,
        });
      }
    }
    return { failed };
  }

  return { update };
}
