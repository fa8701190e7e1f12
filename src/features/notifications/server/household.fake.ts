import { randomBytes } from 'node:crypto';
import { ok } from '#core/result.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import type { Db } from '#server/platform/db.ts';
import type { Channel, ChannelId } from '../core/channel.ts';
import type { KnownPerson } from '../core/recipients.ts';
import type { ChannelDraft } from './channel-draft.ts';
import { createNotifications } from './index.ts';
import type { Keep } from './ports.ts';
import { fakeSenders } from './senders.fake.ts';
import {
  notificationChannels,
  notificationKeepLinks,
  notificationPeople,
  notificationServiceChecks,
  notificationSettings,
  notificationTold,
} from './tables.ts';

export const never = new AbortController().signal;

/** It hears of everything. */
export const gotify: ChannelDraft = {
  name: 'House',
  enabled: true,
  topics: ['plan-made', 'leaving-soon', 'run-done', 'run-stopped', 'service-down', 'service-up'],
  language: 'en',
  tellsRequesters: false,
  settings: { kind: 'gotify', url: 'http://gotify.lan', priority: 5 },
  secret: 'AxToken',
};
/** It carries what requesters are told, and nothing else. */
export const mail: ChannelDraft = {
  ...gotify,
  name: 'Mail',
  topics: [],
  tellsRequesters: true,
  settings: {
    kind: 'email',
    host: 'mail.lan',
    port: 587,
    security: 'starttls',
    user: 'keeper',
    from: 'k@example.org',
    to: ['admin@example.org'],
  },
  secret: 'password of the mail server',
};

/** The whole feature over a real database; only the services outside, the clock and what keeping does are made up. */
export async function openHousehold(db: Db) {
  for (const table of [
    notificationChannels,
    notificationTold,
    notificationServiceChecks,
    notificationKeepLinks,
    notificationPeople,
    notificationSettings,
  ])
    await db.delete(table);

  const outside = fakeSenders();
  const known: KnownPerson[] = [];
  const woken: { channelId: ChannelId; at: Date | null }[] = [];
  const kept: Parameters<Keep>[0][] = [];
  const clock = { at: new Date('2026-11-21T10:00:00Z') };
  let ids = 0;
  let keep: Keep = async (wish) => {
    kept.push(wish);
    return ok('kept');
  };
  const notifications = createNotifications({
    db,
    senders: outside.senders,
    secrets: createSecrets(randomBytes(32), 'notifications'),
    hide: () => undefined,
    knownPeople: async () => known,
    keep: (wish) => keep(wish),
    wake: async (channelId, at) => void woken.push({ channelId, at }),
    mayTry: (address) => address !== 'a guesser',
    origin: 'https://keep.example.org',
    newId: () => `id${String((ids += 1)).padStart(6, '0')}`,
    newToken: () => randomBytes(32).toString('base64url'),
    clock: { now: () => clock.at },
    log: { warn: () => undefined },
  });

  return {
    ...notifications,
    ...outside,
    known,
    woken,
    kept,
    clock,
    keepWith: (other: Keep) => {
      keep = other;
    },
    later: (ms: number) => {
      clock.at = new Date(clock.at.getTime() + ms);
    },
    added: async (draft: ChannelDraft): Promise<Channel> => {
      const made = await notifications.channels.create(draft);
      if (!made.ok) throw new Error(made.error.code);
      return made.value;
    },
    /** The titles of what was sent. */
    said: () => outside.sent.map(({ message }) => message.title),
    states: async () => (await notifications.deliver.list()).map(({ state }) => state),
    /** As the job does for every channel. */
    deliverAll: async () => {
      for (const { id } of await notifications.channels.list())
        await notifications.deliver.deliver(id, never);
    },
  };
}

export type Household = Awaited<ReturnType<typeof openHousehold>>;
