import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { ConnectionId, DiskId, ItemId } from '#core/ids.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';
import type { Disk } from '../core/disk.ts';
import type { RootFolder } from '../core/disks.ts';
import type { ShowType, TitleKind } from '../core/item.ts';
import type { MediaKey } from '../core/match.ts';
import type { SyncProblem } from '../core/source.ts';
import type { StoredRequester, StoredWatcher } from './ports.ts';

/** Milliseconds, as JavaScript has them: with microseconds every comparison with a read value would differ. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const bytes = (name: string) => bigint(name, { mode: 'number' });
/** Of the row as its service told it. One that comes with the same digest again is not compared, nor written. */
const digest = () => text('digest');

/** One row per film, show and season. The upper half is what Radarr or Sonarr tell, the lower is worked out. */
export const libraryItems = pgTable(
  'library_items',
  {
    id: text('id').$type<ItemId>().primaryKey(),
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    externalId: integer('external_id').notNull(),
    kind: text('kind').$type<TitleKind>().notNull(),
    showId: text('show_id').$type<ItemId>(),
    seasonNumber: integer('season_number'),
    /** Seasons carry the title of their show. */
    title: text('title').notNull(),
    sortTitle: text('sort_title').notNull(),
    /** Null when it is the title, or nobody told it; of seasons, too. */
    originalTitle: text('original_title'),
    year: integer('year'),
    overview: text('overview'),
    /** As the service sees it. */
    path: text('path').notNull(),
    /** As this program sees it. */
    ownPath: text('own_path').notNull(),
    rootFolder: text('root_folder').notNull(),
    monitored: boolean('monitored').notNull(),
    continuing: boolean('continuing').notNull(),
    showType: text('show_type').$type<ShowType>(),
    status: text('status').notNull(),
    qualityProfile: text('quality_profile'),
    tags: text('tags').array().notNull(),
    tmdbId: integer('tmdb_id'),
    tvdbId: integer('tvdb_id'),
    imdbId: text('imdb_id'),
    genres: text('genres').array().notNull(),
    rating: doublePrecision('rating'),
    votes: integer('votes'),
    runtimeMinutes: integer('runtime_minutes'),
    /** Where a poster can be fetched from; null when the service did not say. */
    poster: text('poster'),
    addedAt: moment('added_at').notNull(),
    fileCount: integer('file_count').notNull(),
    sizeBytes: bytes('size_bytes'),
    airedCount: integer('aired_count'),
    totalCount: integer('total_count'),
    fingerprint: text('fingerprint'),
    digest: digest(),

    diskId: text('disk_id').$type<DiskId>(),
    newestFileAt: moment('newest_file_at'),
    oldestImportAt: moment('oldest_import_at'),
    /** Null `watchWhy` means that watching is known. */
    watchWhy: text('watch_why').default('not-in-media-server'),
    lastWatchedAt: moment('last_watched_at'),
    watchers: jsonb('watchers').$type<StoredWatcher[]>().notNull().default([]),
    /** Null when nobody could be asked. */
    favouriteOf: text('favourite_of').array(),
    requestedBy: text('requested_by').array().notNull().default([]),
    requests: jsonb('requests').$type<StoredRequester[]>().notNull().default([]),
    mediaIds: text('media_ids').array().$type<MediaKey[]>().notNull().default([]),
    matchedBy: text('matched_by').$type<'path' | 'ids'>(),
    /** When a sync last changed this row; an unchanged row is not written. */
    syncedAt: moment('synced_at').notNull().defaultNow(),
  },
  (t) => [
    index('library_items_title_words').using('gin', t.title.op('gin_trgm_ops')),
    // Without the kind in front: one index serves the page of everything and that of one kind.
    index('library_items_by_title').on(t.sortTitle, t.id),
    // One for each way: what has no value comes last in both, so an index read backwards serves neither. Without its own, a
    // page of 50 000 items reads the whole table, which is larger than the memory of the database.
    index('library_items_by_smallest').on(t.sizeBytes, t.id),
    // What is behind the id is for counting what a filter by dates finds.
    index('library_items_by_oldest_file').on(t.newestFileAt, t.id, t.kind),
    index('library_items_by_longest_unwatched').on(t.lastWatchedAt, t.id, t.kind, t.watchWhy),
    index('library_items_by_year').on(t.year, t.id),
    index('library_items_by_newest_year').on(t.year.desc().nullsLast(), t.id),
    // Counting what a filter finds, joining standings and sorting what is left read this and no rows: 436 blocks instead of
    // 11 000. The id comes first: in its order the join with the standings takes half the time.
    index('library_items_to_count').on(
      t.id,
      t.kind,
      t.sizeBytes,
      t.newestFileAt,
      t.lastWatchedAt,
      t.watchWhy,
      t.sortTitle,
      t.year,
    ),
    // Who counts those of one standing needs only this much of an item: 361 blocks instead of 1 900.
    index('library_items_by_kind').on(t.kind, t.id),
    index('library_items_by_size').on(t.sizeBytes.desc().nullsLast(), t.id),
    index('library_items_by_added').on(t.addedAt, t.id),
    index('library_items_by_watched').on(t.lastWatchedAt.desc().nullsLast(), t.id),
    index('library_items_by_newest_file').on(t.newestFileAt.desc().nullsLast(), t.id),
    index('library_items_by_connection').on(t.connectionId, t.kind),
    index('library_items_by_show').on(t.showId, t.seasonNumber),
    index('library_items_by_disk').on(t.diskId),
    index('library_items_tags').using('gin', t.tags),
    index('library_items_requested_by').using('gin', t.requestedBy),
    index('library_items_media_ids').using('gin', t.mediaIds),
  ],
);

export const libraryEpisodes = pgTable(
  'library_episodes',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    externalId: integer('external_id').notNull(),
    titleId: text('title_id').$type<ItemId>().notNull(),
    seasonNumber: integer('season_number').notNull(),
    episodeNumber: integer('episode_number').notNull(),
    title: text('title').notNull(),
    airedAt: moment('aired_at'),
    monitored: boolean('monitored').notNull(),
    /** The number of the file at the service; several episodes may share one (T-05). */
    fileId: integer('file_id'),
    digest: digest(),
    /** Worked out: the newest import of it that the history told of. */
    lastImportAt: moment('last_import_at'),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.externalId] }),
    index('library_episodes_by_title').on(t.titleId, t.seasonNumber, t.episodeNumber),
  ],
);

export const libraryFiles = pgTable(
  'library_files',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    externalId: integer('external_id').notNull(),
    titleId: text('title_id').$type<ItemId>().notNull(),
    seasonNumber: integer('season_number'),
    path: text('path').notNull(),
    sizeBytes: bytes('size_bytes').notNull(),
    addedAt: moment('added_at').notNull(),
    quality: text('quality'),
    digest: digest(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.externalId] }),
    index('library_files_by_title').on(t.titleId, t.seasonNumber),
  ],
);

/** What a media server has. Kept, so that a new film finds its marks although the media server is down. */
export const libraryEntries = pgTable(
  'library_entries',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    externalId: text('external_id').notNull(),
    kind: text('kind').$type<'film' | 'show' | 'season' | 'episode'>().notNull(),
    title: text('title').notNull(),
    ownPath: text('own_path'),
    tmdbId: integer('tmdb_id'),
    tvdbId: integer('tvdb_id'),
    imdbId: text('imdb_id'),
    showExternalId: text('show_external_id'),
    seasonNumber: integer('season_number'),
    episodeNumber: integer('episode_number'),
    /** Of an entry that holds several episodes (T-05). */
    lastEpisodeNumber: integer('last_episode_number'),
    /** Shown through a link: another look at what is in the library, and none of it (J-34). */
    linked: boolean('linked').notNull().default(false),
    digest: digest(),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.externalId] }),
    index('library_entries_by_show').on(t.connectionId, t.showExternalId),
  ],
);

/** Sparse: a row only where somebody played, began or marked as favourite. */
export const libraryMarks = pgTable(
  'library_marks',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    mediaExternalId: text('media_external_id').notNull(),
    userExternalId: text('user_external_id').notNull(),
    userName: text('user_name').notNull(),
    played: boolean('played').notNull(),
    playCount: integer('play_count').notNull(),
    lastPlayedAt: moment('last_played_at'),
    favourite: boolean('favourite').notNull(),
    positionPercent: doublePrecision('position_percent').notNull(),
    digest: digest(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.mediaExternalId, t.userExternalId] })],
);

/**
 * The answer that a list of a media server was last read from, as a digest of each page. While it stays the same it is not
 * read again: of ten people nine have watched nothing since, and reading all of them was most of a sync.
 */
export const libraryListReads = pgTable(
  'library_list_reads',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    /** `entries`, or `marks/` and the id of the user. */
    list: text('list').notNull(),
    /** What our side put into the rows, or took from them since: with another name or path mapping it is read anew. */
    seenAs: text('seen_as').notNull(),
    digests: text('digests').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.list] })],
);

export const libraryRequests = pgTable(
  'library_requests',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    externalId: integer('external_id').notNull(),
    kind: text('kind').$type<'film' | 'show'>().notNull(),
    requestedBy: text('requested_by').notNull(),
    /** The same person's name at the media server, if the request server knows it. */
    mediaUser: text('media_user'),
    requestedAt: moment('requested_at').notNull(),
    tmdbId: integer('tmdb_id'),
    tvdbId: integer('tvdb_id'),
    is4k: boolean('is_4k').notNull(),
    serviceId: integer('service_id'),
    serviceExternalId: integer('service_external_id'),
    seasons: integer('seasons').array().notNull(),
    digest: digest(),
    /** Worked out: the items it asked for. */
    itemIds: text('item_ids').array().$type<ItemId[]>().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.externalId] }),
    index('library_requests_items').using('gin', t.itemIds),
  ],
);

export const libraryDisks = pgTable('library_disks', {
  id: text('id').$type<DiskId>().primaryKey(),
  path: text('path').notNull(),
  totalBytes: bytes('total_bytes'),
  totalWhy: text('total_why'),
  freeBytes: bytes('free_bytes'),
  freeWhy: text('free_why'),
  measuredBy: text('measured_by').$type<Disk['measuredBy']>().notNull(),
  folders: jsonb('folders').$type<RootFolder[]>().notNull(),
  readAt: moment('read_at').notNull(),
});

/** For trends and the forecast; at most one reading per disk and hour. */
export const libraryDiskReadings = pgTable(
  'library_disk_readings',
  {
    diskId: text('disk_id').$type<DiskId>().notNull(),
    at: moment('at').notNull(),
    totalBytes: bytes('total_bytes').notNull(),
    freeBytes: bytes('free_bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.diskId, t.at] })],
);

export const librarySources = pgTable('library_sources', {
  connectionId: text('connection_id').$type<ConnectionId>().primaryKey(),
  kind: text('kind').$type<ServiceKind>().notNull(),
  name: text('name').notNull(),
  lastSuccessAt: moment('last_success_at'),
  lastAttemptAt: moment('last_attempt_at'),
  problem: jsonb('problem').$type<SyncProblem>(),
  problemSince: moment('problem_since'),
  count: integer('count').notNull(),
  /** Media servers: ids of what was being played, and when that was asked. */
  playing: text('playing').array().notNull().default([]),
  playingReadAt: moment('playing_read_at'),
  /** Media servers: the names of those who could sign in at the last good sync. */
  users: text('users').array().notNull().default([]),
});
