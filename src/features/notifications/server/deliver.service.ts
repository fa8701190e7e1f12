import { err, ok, type Result } from '#core/result.ts';
import type { ChannelId } from '../core/channel.ts';
import type { DeliveryStore, Wake } from './ports.ts';
import { createSendClaimed, type SendClaimedDeps } from './send-claimed.ts';

export type DeliverDeps = SendClaimedDeps & { deliveries: DeliveryStore; wake: Wake };

export type DeliverService = ReturnType<typeof createDeliverService>;

const SHOWN = 50;
const DAY_MS = 86_400_000;
/** Long enough to look back on, and what was said longer than a year ago may be said again. */
const KEPT_DAYS = { deliveries: 90, told: 400 };

export function createDeliverService(deps: DeliverDeps) {
  const { deliveries, wake, clock } = deps;
  const sendClaimed = createSendClaimed(deps);

  async function wakeWaiting(): Promise<void> {
    for (const { channelId, dueAt } of await deliveries.waiting()) await wake(channelId, dueAt);
  }

  return {
    /** The job: everything that is due on one channel. What fails for now is tried again later. */
    async deliver(channelId: ChannelId, signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        const claimed = await deliveries.claim(channelId, clock.now());
        if (claimed.length === 0) break;
        await sendClaimed(channelId, claimed);
      }
      await wakeWaiting();
    },

    /** For jobs that were lost with their process; and what is old is forgotten. */
    async sweep(): Promise<void> {
      const now = clock.now().getTime();
      await wakeWaiting();
      await deliveries.prune({
        deliveries: new Date(now - KEPT_DAYS.deliveries * DAY_MS),
        told: new Date(now - KEPT_DAYS.told * DAY_MS),
      });
    },

    list: () => deliveries.list(SHOWN),

    async retry(id: string): Promise<Result<void, { code: 'notifications.nothing-to-retry' }>> {
      const channelId = await deliveries.again(id, clock.now());
      if (channelId === null) return err({ code: 'notifications.nothing-to-retry' });
      await wake(channelId, null);
      return ok(undefined);
    },
  };
}
