import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { ItemId, UserId } from '#core/ids.ts';
import type { KeepState, KeptTitle } from '../../core/keeping/keep-requests.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Who asked to keep what, and what came of it: also the record of who decided. */
export const cleanupKeepRequests = pgTable(
  'cleanup_keep_requests',
  {
    id: text('id').primaryKey(),
    itemId: text('item_id').$type<ItemId>().notNull(),
    item: jsonb('item').$type<KeptTitle>().notNull(),
    personKey: text('person_key').notNull(),
    byUserId: text('by_user_id').$type<UserId>().notNull(),
    byName: text('by_name').notNull(),
    askedAt: moment('asked_at').notNull(),
    wantedUntil: moment('wanted_until').notNull(),
    state: text('state').$type<KeepState>().notNull(),
    until: moment('until'),
    /** With dates as text. */
    answer: jsonb('answer'),
    before: jsonb('before'),
  },
  (table) => [
    index('cleanup_keep_requests_by_person').on(table.personKey, table.askedAt),
    index('cleanup_keep_requests_by_state').on(table.state, table.askedAt),
  ],
);

/** What was changed a few minutes ago and can be set back; see KeepUndo. */
export const cleanupKeepUndos = pgTable('cleanup_keep_undos', {
  id: text('id').primaryKey(),
  personKey: text('person_key').notNull(),
  at: moment('at').notNull(),
  /** With dates as text. */
  memory: jsonb('memory').notNull(),
});
