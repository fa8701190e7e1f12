import type { Db } from '#server/platform/db.ts';
import { createChannelsService } from './channels.service.ts';
import { createChannelStore } from './channels.store.ts';
import { createDeliverService } from './deliver.service.ts';
import { createDeliveryStore } from './deliveries.store.ts';
import { notificationJobs } from './jobs.ts';
import { createKeepService } from './keep.service.ts';
import { createKeepLinkStore } from './keep-links.store.ts';
import { createPeopleStore } from './people.store.ts';
import type { Clock, Keep, KnownPeople, SecretBox, Senders, Wake } from './ports.ts';
import { createSettingsService } from './settings.service.ts';
import { createSettingsStore } from './settings.store.ts';
import { createTellService } from './tell.service.ts';

export { notificationsApi } from './api.ts';

export type NotificationsDeps = {
  db: Db;
  senders: Senders;
  secrets: SecretBox;
  hide: (secret: string) => void;
  knownPeople: KnownPeople;
  keep: Keep;
  wake: Wake;
  mayTry: (address: string) => boolean;
  origin: string | null;
  newId: () => string;
  newToken: () => string;
  clock: Clock;
  log: { warn(what: string, facts: object): void };
};

/** Channels, what goes through them, and the links that come back. */
export function createNotifications(deps: NotificationsDeps) {
  const { db, senders, secrets, hide, wake, clock } = deps;
  const store = createChannelStore(db);
  const deliveries = createDeliveryStore(db);
  const people = createPeopleStore(db);

  const settings = createSettingsService({ settings: createSettingsStore(db), people, origin: deps.origin });
  const { publicUrl, keepDays } = settings;
  const channels = createChannelsService({ ...deps, store, publicUrl });
  const keepLinks = createKeepService({ ...deps, links: createKeepLinkStore(db), keepDays });
  const deliver = createDeliverService({
    channels: store,
    deliveries,
    senders,
    secrets,
    hide,
    keepLinks,
    publicUrl,
    wake,
    clock,
    log: deps.log,
  });
  const { tell } = createTellService({ ...deps, channels: store, deliveries, people });
  const jobs = notificationJobs(deliver, async () => {
    await deliver.sweep();
    await keepLinks.forgetOld();
  });

  return { tell, channels, deliver, keepLinks, settings, jobs };
}
