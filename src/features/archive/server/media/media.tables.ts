import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, smallint, text } from 'drizzle-orm/pg-core';
import type { PostMediaId, Sha256, SourceId } from '#core/ids.ts';
import type { MediaKind } from '../../core/media.ts';
import type { MediaSettings } from '../../core/media-store.ts';
import { bytes, moment } from '../columns.tables.ts';

/** Bytes in the store, once however often they are used. A row without a reference is an orphan and goes after its grace. */
export const mediaFiles = pgTable(
  'archive_media_files',
  {
    sha256: text('sha256').$type<Sha256>().primaryKey(),
    sizeBytes: bytes('size_bytes').notNull(),
    /** By its own bytes, not by what somebody said. */
    mimeType: text('mime_type').notNull(),
    kind: text('kind').$type<MediaKind>().notNull(),
    storedAt: moment('stored_at').notNull(),
    /** When its bytes were last hashed anew. */
    verifiedAt: moment('verified_at').notNull(),
    /** Set when the bytes were gone or others; cleared when they came again. */
    damagedAt: moment('damaged_at'),
    orphanedAt: moment('orphaned_at'),
  },
  (table) => [
    // Asked at every health check, and nearly always none.
    index('archive_media_files_damaged')
      .on(table.sha256)
      .where(sql`${table.damagedAt} is not null`),
  ],
);

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
  heldUntil: moment('held_until').notNull(),
});
