import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** The memory of the undoing of removals (C-14), and its history once it has ended. */
export const cleanupRestores = pgTable(
  'cleanup_restores',
  {
    id: text('id').primaryKey(),
    removalId: text('removal_id').notNull(),
    /** Everything that does not change while it is under way. */
    wish: jsonb('wish').notNull(),
    state: jsonb('state').notNull(),
    startedAt: moment('started_at').notNull(),
    outcome: text('outcome'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    // Of two people who undo the same removal at once only one may win. A refused or failed one may be tried again.
    uniqueIndex('cleanup_restores_one')
      .on(table.removalId)
      .where(sql`outcome is null or outcome = 'restored'`),
    index('cleanup_restores_removal').on(table.removalId, table.startedAt),
    index('cleanup_restores_under_way')
      .on(table.startedAt)
      .where(sql`ended_at is null`),
  ],
);
