import type { KeepByHand } from './restore.ports.ts';
import type { ExclusionStore } from '../planning/planning.ports.ts';
import type { Clock } from '../execution/runs.ports.ts';

/** What came back is kept by hand, so that the next run does not take it again. Whoever keeps it longer already, does. */
export const createKeepByHand =
  (exclusions: Pick<ExclusionStore, 'of' | 'save'>, clock: Clock, changed: () => void): KeepByHand =>
  async (itemId, { until, by }) => {
    const [kept] = await exclusions.of([itemId]);
    if (kept && (kept.until === null || kept.until >= until)) return;
    await exclusions.save({ itemId, until, note: null, byUserId: by.id, byName: by.name, at: clock.now() });
    changed();
  };
