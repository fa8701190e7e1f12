import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { ConnectionId, ItemId, PlanId, PolicyId, RunId } from '#core/ids.ts';
import type { Removal, Run } from '../../core/removal/removal.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** No references to policies, plans or items: a run is told long after they are gone (C-14). */
export const cleanupRuns = pgTable(
  'cleanup_runs',
  {
    id: text('id').$type<RunId>().primaryKey(),
    policyId: text('policy_id').$type<PolicyId>(),
    policyName: text('policy_name'),
    planId: text('plan_id').$type<PlanId>(),
    mode: text('mode').$type<Run['mode']>().notNull(),
    startedBy: text('started_by').$type<Run['startedBy']>().notNull(),
    byName: text('by_name'),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
    outcome: jsonb('outcome').notNull(),
  },
  (table) => [
    index('cleanup_runs_started_at').on(table.startedAt),
    index('cleanup_runs_under_way')
      .on(table.startedAt)
      .where(sql`ended_at is null`),
  ],
);

/** The saga's memory while a removal is under way, and the history once it has ended. */
export const cleanupRemovals = pgTable(
  'cleanup_removals',
  {
    id: text('id').primaryKey(),
    runId: text('run_id')
      .$type<RunId>()
      .notNull()
      .references(() => cleanupRuns.id),
    position: integer('position').notNull(),
    itemId: text('item_id').$type<ItemId>().notNull(),
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    externalId: integer('external_id').notNull(),
    kind: text('kind').$type<Removal['kind']>().notNull(),
    seasonNumber: integer('season_number'),
    episodes: jsonb('episodes').$type<Removal['episodes']>().notNull(),
    title: text('title').notNull(),
    identity: jsonb('identity').$type<Removal['identity']>().notNull(),
    plannedFiles: jsonb('planned_files').$type<Removal['plannedFiles']>().notNull(),
    plannedBytes: bigint('planned_bytes', { mode: 'number' }).notNull(),
    options: jsonb('options').$type<Removal['options']>().notNull(),
    keepsake: jsonb('keepsake').notNull(),
    state: jsonb('state').notNull(),
    trail: jsonb('trail').notNull(),
    /** The kind of end, for the history's filter; null until then. */
    outcome: text('outcome'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('cleanup_removals_run').on(table.runId, table.position),
    index('cleanup_removals_item').on(table.itemId),
    index('cleanup_removals_history').on(table.endedAt, table.id),
  ],
);

/** What we know of our collections in each media server. */
export const cleanupShelves = pgTable('cleanup_shelves', {
  /** `<connection>-<kind>` */
  id: text('id').primaryKey(),
  connectionId: text('connection_id').$type<ConnectionId>().notNull(),
  kind: text('kind').$type<'films' | 'shows'>().notNull(),
  collectionId: text('collection_id').notNull(),
  members: jsonb('members').$type<readonly string[]>().notNull(),
  posterKey: text('poster_key'),
});
