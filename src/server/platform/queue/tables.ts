import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** What somebody set on the Jobs page. A queue without a row has its usual concurrency and is not paused. */
export const platformQueues = pgTable(
  'platform_queues',
  {
    name: text('name').primaryKey(),
    pausedSince: timestamp('paused_since', { withTimezone: true }),
    concurrency: integer('concurrency'),
  },
  (table) => [check('platform_queues_concurrency', sql`${table.concurrency} > 0`)],
);

/** How far jobs are. The queue library has no place for it. */
export const platformJobProgress = pgTable('platform_job_progress', {
  jobId: uuid('job_id').primaryKey(),
  done: integer('done').notNull(),
  total: integer('total'),
  text: text('text'),
  at: timestamp('at', { withTimezone: true }).notNull(),
});

/** Jobs that ended, per queue and minute: counting the jobs themselves would read all of them for every look at the page. */
export const platformJobMinutes = pgTable(
  'platform_job_minutes',
  {
    queue: text('queue').notNull(),
    minute: timestamp('minute', { withTimezone: true }).notNull(),
    done: integer('done').notNull(),
    failed: integer('failed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.queue, table.minute] })],
);
