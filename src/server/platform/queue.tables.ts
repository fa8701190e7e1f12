import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Queues somebody paused on the Jobs page. Every worker process looks here; the queue library knows no pause. */
export const platformPausedQueues = pgTable('platform_paused_queues', {
  name: text('name').primaryKey(),
  since: timestamp('since', { withTimezone: true }).notNull().defaultNow(),
});
