import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { ConnectionId } from '#core/ids.ts';
import type { LinkProblem } from '../../core/leaving-soon/link-problem.ts';
import type { LinkShelf } from './links.ports.ts';

/** One row: who we are in the marker of a folder of links, and which folders have had it. */
export const cleanupLinkOwner = pgTable('cleanup_link_owner', {
  id: integer('id').primaryKey(),
  instanceId: text('instance_id').notNull(),
  folders: text('folders').array().notNull().default([]),
});

/** What was made for each media server in each folder of links. */
export const cleanupLinkShelves = pgTable('cleanup_link_shelves', {
  /** `<connection> <folder>` */
  id: text('id').primaryKey(),
  connectionId: text('connection_id').$type<ConnectionId>().notNull(),
  folder: text('folder').notNull(),
  tree: jsonb('tree').$type<LinkShelf['tree']>().notNull(),
  folders: jsonb('folders').$type<LinkShelf['folders']>().notNull(),
  libraries: jsonb('libraries').$type<LinkShelf['libraries']>().notNull(),
  untold: jsonb('untold').$type<LinkShelf['untold']>().notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }),
  problem: jsonb('problem').$type<LinkProblem>(),
});
