import type { ItemId, UserId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { PlanningService } from './planning.service.ts';

/** Stands where the account would stand: whoever presses has none. */
const BY_LINK = 'keep-link' as UserId;

/** What a link in a message does: the item is kept by hand until a day, and never for less long than it was. */
export const createKeepByLink =
  (planning: Pick<PlanningService, 'exclude' | 'exclusionsOf'>) =>
  async ({
    itemId,
    by,
    until,
  }: {
    itemId: ItemId;
    by: string;
    until: Date;
  }): Promise<Result<'kept' | 'asked', { code: 'keep.item-gone' }>> => {
    const isKeptLonger = (await planning.exclusionsOf([itemId])).some(
      (exclusion) => exclusion.until === null || exclusion.until >= until,
    );
    if (isKeptLonger) return ok('kept');
    const kept = await planning.exclude(itemId, { until, note: null, by: { id: BY_LINK, name: by } });
    return kept.ok ? ok('kept') : err({ code: 'keep.item-gone' });
  };
