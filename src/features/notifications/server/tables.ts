import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { ChannelId, ChannelSettings, Language, Topic } from '../core/channel.ts';
import type { SendProblem } from '../core/send-problem.ts';
import type { NotificationSettings } from '../core/settings.ts';
import type { DeliveryState } from './ports.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const notificationChannels = pgTable('notifications_channels', {
  id: text('id').$type<ChannelId>().primaryKey(),
  name: text('name').notNull().unique(),
  enabled: boolean('enabled').notNull(),
  topics: text('topics').array().$type<Topic[]>().notNull(),
  language: text('language').$type<Language>().notNull(),
  tellsRequesters: boolean('tells_requesters').notNull(),
  settings: jsonb('settings').$type<ChannelSettings>().notNull(),
  /** Only ever sealed: see platform/secrets.ts. */
  sealedSecret: text('sealed_secret'),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

/** What is to be said, not how: the text is made when it is sent, so that no link that keeps a film ever lies here. */
export const notificationDeliveries = pgTable(
  'notifications_deliveries',
  {
    id: text('id').primaryKey(),
    channelId: text('channel_id')
      .$type<ChannelId>()
      .notNull()
      .references(() => notificationChannels.id, { onDelete: 'cascade' }),
    address: text('address'),
    notice: jsonb('notice').notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    problem: jsonb('problem').$type<SendProblem>(),
    tries: integer('tries').notNull(),
    createdAt: moment('created_at').notNull(),
    nextTryAt: moment('next_try_at').notNull(),
    claimedAt: moment('claimed_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('notifications_deliveries_created').on(table.createdAt),
    index('notifications_deliveries_open')
      .on(table.channelId, table.nextTryAt)
      .where(sql`ended_at is null`),
  ],
);

/** What was said, so that it is not said twice: `leaving <to whom> <item> <mark>`, `plan <policy>`, `run <id>`. */
export const notificationTold = pgTable('notifications_told', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
  at: moment('at').notNull(),
});

export const notificationServiceChecks = pgTable('notifications_service_checks', {
  id: text('id').$type<ConnectionId>().primaryKey(),
  failures: integer('failures').notNull(),
  isToldDown: boolean('is_told_down').notNull(),
});

/** The token of a link is nowhere but in the message; here is only its SHA-256. */
export const notificationKeepLinks = pgTable(
  'notifications_keep_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    itemId: text('item_id').$type<ItemId>().notNull(),
    person: text('person').notNull(),
    title: text('title').notNull(),
    dueAt: moment('due_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    /** Somebody pressed the button; without an outcome it was perhaps never carried out. */
    claimedAt: moment('claimed_at'),
    outcome: text('outcome'),
  },
  (table) => [index('notifications_keep_links_item').on(table.itemId, table.person)],
);

export const notificationPeople = pgTable('notifications_people', {
  /** In lower case, as names are compared. */
  key: text('key').primaryKey(),
  name: text('name').notNull(),
  email: text('email'),
  ntfyTopic: text('ntfy_topic'),
  telegramChat: text('telegram_chat'),
});

/** One row. A value that is not in it has its usual value. */
export const notificationSettings = pgTable('notifications_settings', {
  id: integer('id').primaryKey(),
  values: jsonb('values').$type<Partial<NotificationSettings>>().notNull(),
});
