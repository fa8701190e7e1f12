import type { DiskId } from '#core/ids.ts';
import type { LibraryService } from '#features/library/server/index.ts';
import { freedByMonth, freedOnDisks, monthsBefore, type FreedMonth } from '../../core/space/freed.ts';
import type { FreedStore } from './freed.store.ts';
import type { Clock } from '../execution/runs.ports.ts';

const MONTHS_TOLD = 12;

/** What clean-up freed, told by the history. */
export const createFreedService = (
  store: FreedStore,
  { library, clock }: { library: Pick<LibraryService, 'disks'>; clock: Clock },
) => ({
  async onDisks(since: Date): Promise<{ at: Date; diskId: DiskId; bytes: number }[]> {
    const [freed, disks] = await Promise.all([store.freedSince(since), library.disks()]);
    return freedOnDisks(freed, disks);
  },

  async byMonth(): Promise<FreedMonth[]> {
    const now = clock.now();
    return freedByMonth(await store.freedSince(monthsBefore(now, MONTHS_TOLD - 1)), {
      now,
      months: MONTHS_TOLD,
    });
  },
});
