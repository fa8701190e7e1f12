import { jsonb, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import type { PostMediaId, SourceId } from '#core/ids.ts';
import type { MediaSettings } from '../../core/media-store.ts';

/** One row: the folder that is ours, and what people set. */
export const mediaStore = pgTable('archive_media_store', {
  id: smallint('id').primaryKey(),
  /** Also in the mark of the folder: an empty mount point looks like an empty store. */
  storeId: text('store_id'),
  settings: jsonb('settings').$type<Partial<MediaSettings>>().notNull(),
});

/** A download under way, in whatever process. It is kept by being touched, so that one of a killed process ends. */
export const mediaPlaces = pgTable('archive_media_places', {
  postMediaId: text('post_media_id').$type<PostMediaId>().primaryKey(),
  sourceId: text('source_id').$type<SourceId>().notNull(),
  holder: text('holder').notNull(),
  heldUntil: timestamp('held_until', { withTimezone: true, precision: 3 }).notNull(),
});
