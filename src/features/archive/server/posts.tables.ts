import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { CollectionId, CreatorId, PostId, RevisionId } from '#core/ids.ts';
import type { Block } from '../core/content.ts';
import type { Drift, PostKind } from '../core/post.ts';
import { moment } from './columns.tables.ts';
import { creators } from './tables.ts';

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
