import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import { mediaKey } from '../core/match.ts';
import { readDisks } from './disks.store.ts';
import { createEvidenceReader } from './evidence.store.ts';
import type { LinkWriter } from './store.ports.ts';
import {
  libraryDiskReadings,
  libraryDisks,
  libraryEntries,
  libraryFiles,
  libraryItems,
  libraryRequests,
  librarySources,
} from './tables.ts';

const HOUR = sql`interval '1 hour'`;

export function createLinkWriter(tx: Transaction): LinkWriter {
  return {
    ...createEvidenceReader(tx),

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

    async writeEvidence(evidence) {
      const written = await tx.execute(sql`
        update ${libraryItems} t set watch_why = s."watchWhy", last_watched_at = s."lastWatchedAt", watchers = s.watchers,
          favourite_of = s."favouriteOf", media_ids = s."mediaIds", matched_by = s."matchedBy", synced_at = now()
        from json_to_recordset(${JSON.stringify(evidence)}::json) as s(id text, "watchWhy" text,
          "lastWatchedAt" timestamptz(3), watchers jsonb, "favouriteOf" text[], "mediaIds" text[], "matchedBy" text)
        where t.id = s.id
          and (t.watch_why, t.last_watched_at, t.watchers, t.favourite_of, t.media_ids, t.matched_by) is distinct from
              (s."watchWhy", s."lastWatchedAt", s.watchers, s."favouriteOf", s."mediaIds", s."matchedBy")`);
      return written.rowCount ?? 0;
    },

    requests: () => tx.select().from(libraryRequests),

    async writeRequested(rows) {
      await tx.execute(sql`
        update ${libraryRequests} t set item_ids = s."itemIds"
        from json_to_recordset(${JSON.stringify(rows)}::json) as s("connectionId" text, "externalId" int, "itemIds" text[])
        where t.connection_id = s."connectionId" and t.external_id = s."externalId"
          and t.item_ids is distinct from s."itemIds"`);
      await tx.execute(sql`
        with asked as (
          select item as id, array_agg(distinct r.requested_by order by r.requested_by) as names,
            jsonb_agg(jsonb_build_object('by', r.requested_by, 'mediaUser', r.media_user, 'at',
              to_char(r.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
              order by r.requested_at, r.connection_id, r.external_id) as requests
          from ${libraryRequests} r, unnest(r.item_ids) as item group by item
        ), told as (
          select i.id, coalesce(asked.names, '{}') as names, coalesce(asked.requests, '[]') as requests
          from ${libraryItems} i left join asked using (id)
        )
        update ${libraryItems} t set requested_by = told.names, requests = told.requests, synced_at = now()
        from told where t.id = told.id and (t.requested_by, t.requests) is distinct from (told.names, told.requests)`);
    },

    async writeFileDates() {
      await tx.execute(sql`
        with newest as (
          select title_id, season_number, max(added_at) as at from ${libraryFiles}
          group by grouping sets ((title_id, season_number), (title_id))
          having grouping(season_number) = 1 or season_number is not null
        ), told as (
          select i.id, newest.at from ${libraryItems} i left join newest
            on newest.title_id = coalesce(i.show_id, i.id)
            and newest.season_number is not distinct from i.season_number
        )
        update ${libraryItems} t set newest_file_at = told.at, synced_at = now()
        from told where t.id = told.id and t.newest_file_at is distinct from told.at`);
    },

    disks: () => readDisks(tx),

    async writeDisks(disks, at) {
      await tx.delete(libraryDisks);
      if (disks.length === 0) return;
      await tx.insert(libraryDisks).values(
        disks.map(({ id, path, totalBytes, freeBytes, measuredBy, folders }) => ({
          id,
          path,
          totalBytes: totalBytes.known ? totalBytes.value : null,
          totalWhy: totalBytes.known ? null : totalBytes.why,
          freeBytes: freeBytes.known ? freeBytes.value : null,
          freeWhy: freeBytes.known ? null : freeBytes.why,
          measuredBy,
          folders: [...folders],
          readAt: at,
        })),
      );
      await tx.execute(sql`
        insert into ${libraryDiskReadings} (disk_id, at, total_bytes, free_bytes)
        select d.id, d.read_at, d.total_bytes, d.free_bytes from ${libraryDisks} d
        where d.total_bytes is not null and d.free_bytes is not null and not exists (
          select from ${libraryDiskReadings} r where r.disk_id = d.id and r.at > d.read_at - ${HOUR})`);
    },

    async rootFolders() {
      return tx
        .selectDistinct({ connectionId: libraryItems.connectionId, path: libraryItems.rootFolder })
        .from(libraryItems);
    },

    async writeDiskOfItems(found) {
      await tx.execute(sql`
        update ${libraryItems} t set disk_id = s."diskId", synced_at = now()
        from json_to_recordset(${JSON.stringify(found)}::json) as s("connectionId" text, path text, "diskId" text)
        where t.connection_id = s."connectionId" and t.root_folder = s.path and t.disk_id is distinct from s."diskId"`);
    },
  };
}
