import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import { mediaKey } from '../core/match.ts';
import { createDiskWriter } from './disks.store.ts';
import { createEvidenceReader } from './evidence.store.ts';
import { createLinkNotes } from './link-notes.store.ts';
import type { LinkWriter } from './store.ports.ts';
import { libraryEntries, libraryFiles, libraryItems, libraryRequests, librarySources } from './tables.ts';

export function createLinkWriter(tx: Transaction): LinkWriter {
  return {
    ...createEvidenceReader(tx),
    ...createDiskWriter(tx),
    ...createLinkNotes(tx),

    async linkInputs() {
      const { rows } = await tx.execute<{ inputs: string }>(sql`
        select jsonb_build_array(
          (select count(*) from ${libraryItems}), (select count(*) from ${libraryFiles}),
          (select count(*) from ${libraryEntries}), (select count(*) from ${libraryRequests}),
          (select jsonb_agg(jsonb_build_array(s.connection_id, s.users) order by s.connection_id)
            from ${librarySources} s))::text as inputs`);
      return rows[0]?.inputs ?? '';
    },

    async titles() {
      const rows = await tx
        .select({
          id: libraryItems.id,
          kind: libraryItems.kind,
          externalId: libraryItems.externalId,
          title: libraryItems.title,
          year: libraryItems.year,
          path: libraryItems.ownPath,
          tmdb: libraryItems.tmdbId,
          tvdb: libraryItems.tvdbId,
          imdb: libraryItems.imdbId,
        })
        .from(libraryItems)
        .where(ne(libraryItems.kind, 'season'))
        .orderBy(asc(libraryItems.id));
      return rows.map(({ imdb, kind, ...row }) => ({
        ...row,
        kind: kind === 'film' ? 'film' : 'show',
        ids: { tmdb: row.tmdb, tvdb: row.tvdb, imdb },
      }));
    },

    async mediaTitles() {
      const rows = await tx
        .select({
          connectionId: libraryEntries.connectionId,
          externalId: libraryEntries.externalId,
          kind: libraryEntries.kind,
          ownPath: libraryEntries.ownPath,
          tmdbId: libraryEntries.tmdbId,
          tvdbId: libraryEntries.tvdbId,
          imdbId: libraryEntries.imdbId,
        })
        .from(libraryEntries)
        .where(inArray(libraryEntries.kind, ['film', 'show']))
        .orderBy(asc(libraryEntries.connectionId), asc(libraryEntries.externalId));
      return rows.map((row) => ({
        key: mediaKey(row.connectionId, row.externalId),
        kind: row.kind === 'film' ? 'film' : 'show',
        path: row.ownPath,
        ids: { tmdb: row.tmdbId, tvdb: row.tvdbId, imdb: row.imdbId },
      }));
    },

    async seasonsOf(shows) {
      const rows = await tx
        .select({
          id: libraryItems.id,
          showId: libraryItems.showId,
          number: libraryItems.seasonNumber,
          fileCount: libraryItems.fileCount,
        })
        .from(libraryItems)
        .where(and(eq(libraryItems.kind, 'season'), inArray(libraryItems.showId, [...shows])));
      return rows.flatMap(({ showId, number, ...row }) =>
        showId === null || number === null ? [] : [{ ...row, showId, number }],
      );
    },

    requests: () => tx.select().from(libraryRequests),
  };
}
