import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type {
  CollectionId,
  CreatorId,
  PostId,
  PostMediaId,
  RevisionId,
  Sha256,
  SourceId,
  SyncRunId,
} from '#core/ids.ts';
import type { Block } from '../core/content.ts';
import type { GapReason, MediaKind, MediaRole, MediaState } from '../core/media.ts';
import type { Drift, PostKind, SourceCreator } from '../core/post.ts';
import type { SourceSettings } from '../core/source.ts';
import type { StoredSourceState, StoredSyncOutcome, SyncCounts } from './schemas.ts';

/** Milliseconds, as JavaScript has them: with microseconds every comparison with a read value would differ. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const bytes = (name: string) => bigint(name, { mode: 'number' });

export const sources = pgTable('archive_sources', {
  id: text('id').$type<SourceId>().primaryKey(),
  plugin: text('plugin').notNull(),
  name: text('name').notNull().unique(),
  /** Only ever sealed: see platform/secrets.ts. Null once the sign-in was taken away; what was archived stays. */
  sealedCredentials: text('sealed_credentials'),
  settings: jsonb('settings').$type<SourceSettings>().notNull(),
  enabled: boolean('enabled').notNull().default(true),
  cron: text('cron').notNull(),
  timeZone: text('time_zone').notNull(),
  state: jsonb('state').$type<StoredSourceState>().notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** Who may ask a source next, in all processes together: see sources/turns.store.ts. */
export const turns = pgTable('archive_turns', {
  sourceId: text('source_id')
    .$type<SourceId>()
    .primaryKey()
    .references(() => sources.id, { onDelete: 'cascade' }),
  /** Null when nobody asks just now. */
  holder: text('holder'),
  /** A holder that died lets go at this moment. */
  heldUntil: moment('held_until').notNull(),
  freeAt: moment('free_at').notNull(),
});

export const creators = pgTable(
  'archive_creators',
  {
    id: text('id').$type<CreatorId>().primaryKey(),
    sourceId: text('source_id')
      .$type<SourceId>()
      .notNull()
      .references(() => sources.id, { onDelete: 'restrict' }),
    externalId: text('external_id').notNull(),
    name: text('name').notNull(),
    url: text('url'),
    summary: text('summary'),
    tiers: jsonb('tiers').$type<SourceCreator['tiers']>().notNull(),
    membership: text('membership').$type<SourceCreator['membership']>().notNull(),
    /** Whether its posts are fetched; a person may leave a creator out. */
    selected: boolean('selected').notNull().default(true),
    avatarSha: text('avatar_sha')
      .$type<Sha256>()
      .references(() => mediaFiles.sha256, { onDelete: 'restrict' }),
    /** Which picture lies there, as its source tells them apart. Null: the next sync fetches it. */
    avatarVersion: text('avatar_version'),
    coverSha: text('cover_sha')
      .$type<Sha256>()
      .references(() => mediaFiles.sha256, { onDelete: 'restrict' }),
    coverVersion: text('cover_version'),
    /** What the source says, which may be more than can be read. */
    postCount: integer('post_count'),
    /** When its list was last read to the end. */
    listedWholeAt: moment('listed_whole_at'),
    /** When the last reading of its list began that ended properly: what was first seen later may have gaps behind it. */
    caughtUpAt: moment('caught_up_at'),
    syncedAt: moment('synced_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [unique().on(table.sourceId, table.externalId)],
);

export const collections = pgTable(
  'archive_collections',
  {
    id: text('id').$type<CollectionId>().primaryKey(),
    creatorId: text('creator_id')
      .$type<CreatorId>()
      .notNull()
      .references(() => creators.id, { onDelete: 'cascade' }),
    externalId: text('external_id').notNull(),
    title: text('title').notNull(),
    description: text('description'),
    postCount: integer('post_count'),
    vanishedAt: moment('vanished_at'),
  },
  (table) => [unique().on(table.creatorId, table.externalId)],
);

/** One row a post; everything but the dates of our own is derived from `current_revision` and can be derived again. */
export const posts = pgTable(
  'archive_posts',
  {
    id: text('id').$type<PostId>().primaryKey(),
    creatorId: text('creator_id')
      .$type<CreatorId>()
      .notNull()
      .references(() => creators.id, { onDelete: 'cascade' }),
    externalId: text('external_id').notNull(),
    kind: text('kind').$type<PostKind>().notNull(),
    title: text('title'),
    url: text('url'),
    publishedAt: moment('published_at').notNull(),
    editedAt: moment('edited_at'),
    /** As last seen. The blocks may still be those of a readable copy from before. */
    locked: boolean('locked').notNull(),
    /** Whether the blocks are those of a readable copy. */
    readable: boolean('readable').notNull(),
    teaser: text('teaser'),
    blocks: jsonb('blocks').$type<readonly Block[]>().notNull(),
    tags: text('tags').array().notNull(),
    tiers: text('tiers').array().notNull(),
    commentCount: integer('comment_count').notNull(),
    likeCount: integer('like_count'),
    currentRevision: text('current_revision').$type<RevisionId>(),
    parserVersion: integer('parser_version').notNull(),
    /** What lists show of it, to know at the next listing whether it changed: see core/listing.ts. */
    listedAs: text('listed_as').notNull(),
    /** What the parser met in it and did not know; counted for the admin, an early sign that a source changes. */
    drift: jsonb('drift').$type<readonly Drift[]>().notNull().default([]),
    /** As the list told it, until its detail was read: what a source that dies in between has left us. */
    listedRaw: jsonb('listed_raw'),
    /** Its detail is to be asked for: new, changed, or readable again. Jobs come and go, this says what is left to do. */
    detailDue: boolean('detail_due').notNull().default(false),
    /** Null until its detail was read whole. */
    readAt: moment('read_at'),
    commentsReadAt: moment('comments_read_at'),
    /** How many the source counted when they were last read; another count now means they are to be read again. */
    commentsReadCount: integer('comments_read_count'),
    firstSeenAt: moment('first_seen_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    /** A whole list did not have it. It has vanished only when its detail is not found either. */
    missingSince: moment('missing_since'),
    vanishedAt: moment('vanished_at'),
    /** When anything that people read or find of it last became another; the database's own clock. */
    changedAt: moment('changed_at').notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.creatorId, table.externalId),
    // What places of media refer to.
    unique().on(table.id, table.creatorId),
    index('archive_posts_changed').on(table.changedAt, table.id),
    // Read backwards for the newest first: `.desc()` would mean `desc nulls last`, which no `order by … desc` asks for.
    index('archive_posts_newest').on(table.publishedAt, table.id),
    index('archive_posts_of_creator').on(table.creatorId, table.publishedAt, table.id),
    // Everything that a ledger counts, so that it reads this index and no post.
    index('archive_posts_ledger').on(
      table.creatorId,
      table.readable,
      table.detailDue,
      table.locked,
      table.vanishedAt,
      table.readAt,
    ),
    index('archive_posts_of_kind').on(table.kind, table.publishedAt, table.id),
    index('archive_posts_tags').using('gin', table.tags),
    index('archive_posts_drift')
      .on(table.id)
      .where(sql`${table.drift} <> '[]'::jsonb`),
    index('archive_posts_first_seen').on(table.firstSeenAt),
    // Few among many, and asked for newest first: without these a page of them reads every post.
    index('archive_posts_locked')
      .on(table.publishedAt, table.id)
      .where(sql`${table.locked}`),
    index('archive_posts_vanished')
      .on(table.publishedAt, table.id)
      .where(sql`${table.vanishedAt} is not null`),
  ],
);

/** A version of a post as its source told it. Never changed, never removed while its post stands. */
export const revisions = pgTable(
  'archive_revisions',
  {
    id: text('id').$type<RevisionId>().primaryKey(),
    postId: text('post_id')
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    raw: jsonb('raw').notNull(),
    /** Of what a reader would see, so that a new token in an address or another like is no revision. */
    digest: text('digest').notNull(),
    locked: boolean('locked').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  (table) => [index('archive_revisions_of_post').on(table.postId, table.seenAt)],
);

export const collectionPosts = pgTable(
  'archive_collection_posts',
  {
    collectionId: text('collection_id')
      .$type<CollectionId>()
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    postId: text('post_id')
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.postId] }),
    index('archive_collections_of_post').on(table.postId),
    index('archive_collection_posts_in_order').on(table.collectionId, table.position, table.postId),
  ],
);

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

export const comments = pgTable(
  'archive_comments',
  {
    postId: text('post_id')
      .$type<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    externalId: text('external_id').notNull(),
    parentId: text('parent_id'),
    author: text('author').notNull(),
    isCreator: boolean('is_creator').notNull(),
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull(),
    /** The source does not show it any more; we do, with this date. */
    vanishedAt: moment('vanished_at'),
    votes: integer('votes'),
  },
  (table) => [primaryKey({ columns: [table.postId, table.externalId] })],
);

export const syncRuns = pgTable(
  'archive_sync_runs',
  {
    id: text('id').$type<SyncRunId>().primaryKey(),
    sourceId: text('source_id')
      .$type<SourceId>()
      .notNull()
      .references(() => sources.id, { onDelete: 'cascade' }),
    /** Null is the time table. */
    startedBy: text('started_by'),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
    outcome: jsonb('outcome').$type<StoredSyncOutcome>().notNull(),
    counts: jsonb('counts').$type<SyncCounts>().notNull(),
  },
  (table) => [
    index('archive_sync_runs_newest').on(table.sourceId, table.startedAt, table.id),
    index('archive_sync_runs_latest').on(table.startedAt, table.id),
  ],
);
