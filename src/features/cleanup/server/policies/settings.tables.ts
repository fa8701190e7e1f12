import { integer, jsonb, pgTable } from 'drizzle-orm/pg-core';
import type { Settings } from '../../core/policy/settings.ts';

/** One row. A value that is not in it has its usual value, so a newer program can have more of them. */
export const cleanupSettings = pgTable('cleanup_settings', {
  id: integer('id').primaryKey(),
  values: jsonb('values').$type<Partial<Settings>>().notNull(),
});
