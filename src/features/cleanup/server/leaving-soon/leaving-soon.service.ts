import { shelfKindOf, shelfKinds, soonestOfEach } from '../../core/leaving-soon/leaving-soon.ts';
import { showsCollection } from '../../core/policy/settings.ts';
import type { LeavingSource } from './leaving-soon.ports.ts';
import type { UpdateShelf } from './leaving-soon.shelf.ts';
import type { Managers } from '../ports.ts';
import type { RunLog } from '../execution/runs.ports.ts';

export type LeavingSoonDeps = {
  source: Pick<LeavingSource, 'leaving' | 'settings'>;
  updateShelf: UpdateShelf;
  managers: Pick<Managers, 'shelves'>;
  /** The other surface: libraries of links. */
  links: { update(): Promise<{ failed: number }> };
  log: RunLog;
};

export type LeavingSoonService = ReturnType<typeof createLeavingSoonService>;

/** C-07: where people see what leaves, in every media server, kept as the plans say. */
export function createLeavingSoonService({ source, updateShelf, managers, links, log }: LeavingSoonDeps) {
  /** Changes only what differs. One media server that fails is told in the log and does not hold up the others. */
  async function updateCollections(): Promise<{ failed: number }> {
    const leaving = soonestOfEach(await source.leaving());
    const settings = await source.settings();
    let failed = 0;
    for (const { connectionId, shelf } of await managers.shelves()) {
      for (const kind of shelfKinds) {
        // A collection that is not wanted any more is emptied, and one that never was is not made.
        const isShown = showsCollection(settings.surfaces[kind]);
        const items = leaving.filter((item) => isShown && shelfKindOf(item.kind) === kind);
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

  /** One surface that fails, also by a bug, does not hold up the other. */
  async function update(): Promise<{ failed: number }> {
    const done = [await settled(updateCollections), await settled(links.update)];
    for (const one of done) if (one.status === 'rejected') throw one.reason;
    return {
      failed: done.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value.failed : 0), 0),
    };
  }

  return { update };
}

const settled = async <T>(work: () => Promise<T>): Promise<PromiseSettledResult<T>> => {
  const [done] = await Promise.allSettled([work()]);
  return done;
};
