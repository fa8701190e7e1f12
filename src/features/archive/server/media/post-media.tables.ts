import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { CreatorId, PostId, PostMediaId, Sha256 } from '#core/ids.ts';
import type { GapReason, MediaKind, MediaRole, MediaState } from '../../core/media.ts';
import { bytes, moment } from '../columns.tables.ts';
import { mediaFiles } from './media.tables.ts';
import { posts } from '../posts.tables.ts';

/** A place of a post where media stands; what was expected, and how it went. */
export const postMedia = pgTable(
  'archive_post_media',
  {
    id: text('id').$type<PostMediaId>().primaryKey(),
    postId: text('post_id').$type<PostId>().notNull(),
    /** Of the post: a ledger reads what one creator has side by side, and not post by post. */
    creatorId: text('creator_id').$type<CreatorId>().notNull(),
    externalId: text('external_id').notNull(),
    position: integer('position').notNull(),
    kind: text('kind').$type<MediaKind>().notNull(),
    role: text('role').$type<MediaRole>().notNull(),
    fileName: text('file_name'),
    mimeType: text('mime_type'),
    expectedBytes: bytes('expected_bytes'),
    width: integer('width'),
    height: integer('height'),
    durationMs: integer('duration_ms'),
    caption: text('caption'),
    /** Captions: the external id of what they belong to, and their language. */
    of: text('of'),
    language: text('language'),
    state: text('state').$type<MediaState>().notNull(),
    sha256: text('sha256')
      .$type<Sha256>()
      .references(() => mediaFiles.sha256, { onDelete: 'restrict' }),
    /** How many bytes have this hash, which never changes: a ledger adds up without looking for each file. */
    storedBytes: bytes('stored_bytes'),
    gap: jsonb('gap').$type<GapReason>(),
    tries: integer('tries').notNull().default(0),
    triedAt: moment('tried_at'),
    /** The newest revision does not name it any more; the bytes stay. */
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [
    unique().on(table.postId, table.externalId),
    foreignKey({
      name: 'archive_post_media_of_post',
      columns: [table.postId, table.creatorId],
      foreignColumns: [posts.id, posts.creatorId],
    }).onDelete('cascade'),
    index('archive_post_media_of_file').on(table.sha256),
    index('archive_post_media_open').on(table.state),
    index('archive_post_media_gaps')
      .on(table.postId)
      .where(sql`${table.state} = 'gap' and ${table.withdrawnAt} is null`),
    // Everything that a ledger counts, beside one another: a creator's media lie all over the table.
    index('archive_post_media_counted')
      .on(table.creatorId, table.state, table.sha256, table.storedBytes)
      .where(sql`${table.withdrawnAt} is null`),
    check('archive_post_media_bytes', sql`(${table.sha256} is null) = (${table.storedBytes} is null)`),
  ],
);
