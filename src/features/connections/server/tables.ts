import { boolean, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { PathMapping, ServiceKind } from '../core/connection.ts';
import type { StoredHealth } from './schemas.ts';

export const connections = pgTable('connections_services', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<ServiceKind>().notNull(),
  name: text('name').notNull().unique(),
  url: text('url').notNull(),
  /** Only ever sealed: see platform/secrets.ts. */
  sealedKey: text('sealed_key').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  pathMappings: jsonb('path_mappings').$type<readonly PathMapping[]>().notNull().default([]),
  health: jsonb('health').$type<StoredHealth>().notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});
