import { boolean, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { CreatorId, Sha256, SourceId, SyncRunId } from '#core/ids.ts';
import type { SourceCreator } from '../core/post.ts';
import type { SourceSettings } from '../core/source.ts';
import { moment } from './columns.tables.ts';
import { mediaFiles } from './media/media.tables.ts';
import type { StoredSourceState, StoredSyncOutcome, SyncCounts } from './schemas.ts';

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
  /** Of one that is watched. */
  lookedAt: moment('looked_at'),
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
