import { boolean, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { RunId } from '#core/ids.ts';
import type { SourceResult, SyncState, SyncStep } from './runs.ports.ts';

/** Milliseconds, as JavaScript has them. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Each sync that was asked for, and how it went. */
export const librarySyncs = pgTable(
  'library_syncs',
  {
    id: text('id').$type<RunId>().primaryKey(),
    state: text('state').$type<SyncState>().notNull(),
    acceptShrink: boolean('accept_shrink').notNull().default(false),
    requestedAt: moment('requested_at').notNull(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    /** The last sign of life; a running sync without one for long has died. */
    aliveAt: moment('alive_at').notNull(),
    step: text('step').$type<SyncStep>(),
    done: integer('done').notNull().default(0),
    total: integer('total'),
    results: jsonb('results').$type<SourceResult[]>().notNull().default([]),
  },
  (t) => [index('library_syncs_by_time').on(t.requestedAt)],
);
