import { sql, type SQL } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import { NOT_THERE } from '../core/match.ts';
import { analyzeStage } from './stage.store.ts';
import type { DiskOfFolder, LinkWriter } from './store.ports.ts';
import { libraryFiles, libraryItems, libraryRequests } from './tables.ts';

type LinkNotes = Pick<LinkWriter, 'noteEvidence' | 'noteRequested' | 'writeLinks' | 'writeDiskOfItems'>;

/** What was worked out of the items, until all of it is written. */
const told = sql.raw('told_of_items');

export function createLinkNotes(tx: Transaction): LinkNotes {
  const openTold = () =>
    tx.execute(sql`
      create temporary table if not exists ${told} (id text primary key, "watchWhy" text, "lastWatchedAt" timestamptz(3),
        watchers jsonb, "favouriteOf" text[], "mediaIds" text[], "matchedBy" text) on commit drop`);

  return {
    async noteEvidence(evidence) {
      await openTold();
      await tx.execute(sql`
        insert into ${told} select * from json_populate_recordset(null::${told}, ${JSON.stringify(evidence)}::json)`);
    },

    async noteRequested(rows) {
      await tx.execute(sql`
        update ${libraryRequests} t set item_ids = s."itemIds"
        from json_to_recordset(${JSON.stringify(rows)}::json) as s("connectionId" text, "externalId" int, "itemIds" text[])
        where t.connection_id = s."connectionId" and t.external_id = s."externalId"
          and t.item_ids is distinct from s."itemIds"`);
    },

    async writeLinks(disks) {
      await openTold();
      await analyzeStage(tx, told);
      await tx.execute(sql`
        with asked as (
          select item as id, array_agg(distinct r.requested_by order by r.requested_by) as names,
            jsonb_agg(jsonb_build_object('by', r.requested_by, 'mediaUser', r.media_user, 'at',
              to_char(r.requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
              order by r.requested_at, r.connection_id, r.external_id) as requests
          from ${libraryRequests} r, unnest(r.item_ids) as item group by item
        ), newest as (
          select title_id, season_number, max(added_at) as at from ${libraryFiles}
          group by grouping sets ((title_id, season_number), (title_id))
          having grouping(season_number) = 1 or season_number is not null
        ), found as (
          select i.id, newest.at, coalesce(asked.names, '{}') as names, coalesce(asked.requests, '[]') as requests,
            disk."diskId", told."lastWatchedAt", coalesce(told.watchers, '[]') as watchers, told."favouriteOf",
            coalesce(told."mediaIds", '{}') as "mediaIds", told."matchedBy",
            -- What nothing was told of, as a season without its show, is not known, and not what it was.
            case when told.id is null then ${NOT_THERE} else told."watchWhy" end as "watchWhy"
          from ${libraryItems} i left join ${told} told using (id) left join asked using (id)
          left join newest on newest.title_id = coalesce(i.show_id, i.id)
            and newest.season_number is not distinct from i.season_number
          left join ${diskRows(disks)} on disk."connectionId" = i.connection_id and disk.path = i.root_folder
        )
        update ${libraryItems} t set watch_why = s."watchWhy", last_watched_at = s."lastWatchedAt", watchers = s.watchers,
          favourite_of = s."favouriteOf", media_ids = s."mediaIds", matched_by = s."matchedBy", newest_file_at = s.at,
          requested_by = s.names, requests = s.requests, disk_id = s."diskId", synced_at = now()
        from found s where t.id = s.id
          and (t.watch_why, t.last_watched_at, t.watchers, t.favourite_of, t.media_ids, t.matched_by, t.newest_file_at,
               t.requested_by, t.requests, t.disk_id) is distinct from
              (s."watchWhy", s."lastWatchedAt", s.watchers, s."favouriteOf", s."mediaIds", s."matchedBy", s.at,
               s.names, s.requests, s."diskId")`);
    },

    async writeDiskOfItems(disks) {
      await tx.execute(sql`
        update ${libraryItems} t set disk_id = disk."diskId", synced_at = now() from ${diskRows(disks)}
        where t.connection_id = disk."connectionId" and t.root_folder = disk.path
          and t.disk_id is distinct from disk."diskId"`);
    },
  };
}

const diskRows = (disks: readonly DiskOfFolder[]): SQL =>
  sql`json_to_recordset(${JSON.stringify(disks)}::json) as disk("connectionId" text, path text, "diskId" text)`;
