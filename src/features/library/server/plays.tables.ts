import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { ConnectionId } from '#core/ids.ts';
import type { SyncProblem } from '../core/source.ts';

/** Milliseconds, as JavaScript has them. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/**
 * The last play of each film or episode by each person, as one play source knows it. Rows are added and moved on, never
 * taken away: that a source has forgotten a play does not mean that nobody watched (J-33).
 */
export const libraryPlays = pgTable(
  'library_plays',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    /** The film or episode at the source; where it has no number of its own, what is known of it. */
    part: text('part').notNull(),
    userName: text('user_name').notNull(),
    at: moment('at').notNull(),
    kind: text('kind').$type<'film' | 'episode'>().notNull(),
    /** The connection is the media server itself, so that its ids mean nothing elsewhere. */
    ofOwnServer: boolean('of_own_server').notNull(),
    mediaExternalId: text('media_external_id'),
    showExternalId: text('show_external_id'),
    /** Of the film or the show. Learnt from the media server while it still knew the id (T-26). */
    tmdbId: integer('tmdb_id'),
    tvdbId: integer('tvdb_id'),
    imdbId: text('imdb_id'),
    title: text('title'),
    year: integer('year'),
    seasonNumber: integer('season_number'),
    episodeNumber: integer('episode_number'),
  },
  (t) => [
    primaryKey({ columns: [t.connectionId, t.part, t.userName] }),
    // By each of what a show is known by: right before an episode goes its plays are asked for, and all of them were read.
    index('library_plays_by_show').on(t.showExternalId),
    index('library_plays_by_tmdb').on(t.tmdbId),
    index('library_plays_by_tvdb').on(t.tvdbId),
    index('library_plays_by_imdb').on(t.imdbId),
  ],
);

/** How the plays of a connection were last read; of a media server, those of its plug-in. */
export const libraryPlayReads = pgTable('library_play_reads', {
  connectionId: text('connection_id').$type<ConnectionId>().primaryKey(),
  lastSuccessAt: moment('last_success_at'),
  /** When everything was last read, and not only what is new. */
  wholeAt: moment('whole_at'),
  problem: jsonb('problem').$type<SyncProblem>(),
});

/** Which titles a source without a list of its own was asked about, and when. */
export const libraryPlayQuestions = pgTable(
  'library_play_questions',
  {
    connectionId: text('connection_id').$type<ConnectionId>().notNull(),
    mediaExternalId: text('media_external_id').notNull(),
    askedAt: moment('asked_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.connectionId, t.mediaExternalId] })],
);
