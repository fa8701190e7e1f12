import { randomBytes } from 'node:crypto';
import {
  createNotifications,
  notificationsApi,
  type NotificationsDeps,
} from '#features/notifications/server/index.ts';
import { createRateLimit, networkOf } from '../platform/rate-limit.ts';
import { hideFromLogs } from '../platform/redact.ts';
import { createSenders } from './clients.ts';
import type { Platform } from './platform.ts';

export type Notifications = ReturnType<typeof composeNotifications>;

type Above = Pick<NotificationsDeps, 'knownPeople' | 'keep'>;

/** What goes out within this time counts as new. */
const SOON_MS = 15_000;

export function composeNotifications(platform: Platform, { knownPeople, keep }: Above) {
  const { db, http, queue, clock, config } = platform;
  /** Nobody presses thirty buttons in a minute, and who guesses gets no further than that. */
  const mayTryLink = createRateLimit({ most: 30, perMs: 60_000, now: clock.now });
  const service = createNotifications({
    db,
    senders: createSenders(http),
    secrets: platform.secretsFor('notifications'),
    hide: hideFromLogs,
    knownPeople,
    keep,
    // What waits for a later try must not hold up what is new, so the two have keys of their own.
    wake: async (channelId, at) => {
      const isLater = at !== null && at.getTime() - clock.now().getTime() > SOON_MS;
      await queue.add(
        service.jobs.deliver,
        { channelId },
        { ...(at ? { startAfter: at } : {}), ...(isLater ? { key: `${channelId}/later` } : {}) },
      );
    },
    mayTry: (address) => mayTryLink(networkOf(address)),
    origin: config.ORIGIN ?? null,
    newId: platform.newId,
    newToken: () => randomBytes(32).toString('base64url'),
    clock,
    log: platform.logOf('notifications'),
  });
  return {
    service,
    jobs: Object.values(service.jobs),
    api: [notificationsApi(service)],
  };
}
