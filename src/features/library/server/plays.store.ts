import { count, desc, eq, getTableColumns, max, sql } from 'drizzle-orm';
import type { ConnectionId } from '#core/ids.ts';
import type { Db, Transaction } from '#server/platform/db.ts';
import type { PlayRead, PlayWriter } from './plays.ports.ts';
import { libraryPlayQuestions, libraryPlayReads, libraryPlays } from './plays.tables.ts';
import { libraryEntries, libraryItems, librarySources } from './tables.ts';

const columns = Object.entries(getTableColumns(libraryPlays));
const names = sql.raw(columns.map(([, column]) => `"${column.name}"`).join(', '));
const shape = sql.raw(columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', '));
const stage = sql.raw('stage_library_plays');
const keys = sql.raw('connection_id, part, user_name');

/** What the plug-in calls itself: the plays it tells of come through the connection of its media server. */
export const PLUG_IN = 'Playback Reporting';

export function createPlayWriter(tx: Transaction): PlayWriter {
  return {
    async clearPlays() {
      await tx.execute(
        sql`create temporary table if not exists ${stage} (like ${libraryPlays} including indexes) on commit drop`,
      );
      await tx.execute(sql`truncate ${stage}`);
    },

    async stagePlays(rows) {
      const told = sql`json_to_recordset(${JSON.stringify(rows)}::json) as s(${shape})`;
      await tx.execute(sql`
        insert into ${stage} as t (${names})
        select distinct on ("connectionId", part, "userName") * from ${told} order by "connectionId", part, "userName", at desc
        on conflict (${keys}) do update set at = excluded.at where excluded.at > t.at`);
    },

    async hadPlays(connectionId) {
      const [row] = await tx
        .select({ rows: count() })
        .from(libraryPlays)
        .where(eq(libraryPlays.connectionId, connectionId));
      return row?.rows ?? 0;
    },

    async mergePlays(connectionId) {
      const changed = await tx.execute(sql`
        update ${libraryPlays} t set at = s.at from ${stage} s
        where t.connection_id = ${connectionId} and s.connection_id = t.connection_id and s.part = t.part
          and s.user_name = t.user_name and s.at > t.at`);
      const added = await tx.execute(sql`
        insert into ${libraryPlays} (${names}) select ${names} from ${stage} on conflict (${keys}) do nothing`);
      return { added: added.rowCount ?? 0, changed: changed.rowCount ?? 0, removed: 0 };
    },

    async playRead(connectionId) {
      const [row] = await tx
        .select()
        .from(libraryPlayReads)
        .where(eq(libraryPlayReads.connectionId, connectionId));
      return row ?? null;
    },

    async savePlayRead(read) {
      await tx
        .insert(libraryPlayReads)
        .values(read)
        .onConflictDoUpdate({ target: libraryPlayReads.connectionId, set: read });
    },

    async titlesToAsk(connectionId, { most, unwatchedSince, notAskedSince }) {
      const { rows } = await tx.execute<{ id: string }>(sql`
        select e.external_id as id from ${libraryEntries} e
        join ${librarySources} s on s.connection_id = e.connection_id and s.kind = 'jellyfin'
        left join ${libraryPlayQuestions} q on q.connection_id = ${connectionId} and q.media_external_id = e.external_id
        left join lateral (
          select i.last_watched_at as at from ${libraryItems} i
          where i.media_ids @> array[e.connection_id || ':' || e.external_id] limit 1
        ) watched on true
        where e.kind in ('film', 'show') and coalesce(q.asked_at < ${notAskedSince}, true)
          and coalesce(watched.at < ${unwatchedSince}, true)
        order by q.asked_at asc nulls first, watched.at asc nulls first, e.external_id limit ${most}`);
      return [...new Set(rows.map(({ id }) => id))];
    },

    async noteAsked(connectionId, titles, askedAt) {
      if (titles.length === 0) return;
      await tx
        .insert(libraryPlayQuestions)
        .values(titles.map((mediaExternalId) => ({ connectionId, mediaExternalId, askedAt })))
        .onConflictDoUpdate({
          target: [libraryPlayQuestions.connectionId, libraryPlayQuestions.mediaExternalId],
          set: { askedAt },
        });
    },

    async namePlays() {
      await nameByOwnId(tx);
      await nameByShow(tx);
    },

    async titlePlays() {
      const title = sql<string | null>`case ${libraryPlays.kind}
        when 'film' then ${libraryPlays.mediaExternalId} else ${libraryPlays.showExternalId} end`;
      const group = {
        connectionId: libraryPlays.connectionId,
        sourceName: librarySources.name,
        ofOwnServer: libraryPlays.ofOwnServer,
        kind: libraryPlays.kind,
        externalId: title.as('title_external_id'),
        tmdb: libraryPlays.tmdbId,
        tvdb: libraryPlays.tvdbId,
        imdb: libraryPlays.imdbId,
        title: libraryPlays.title,
        year: libraryPlays.year,
        seasonNumber: libraryPlays.seasonNumber,
        user: libraryPlays.userName,
      };
      const rows = await tx
        .select({ ...group, at: max(libraryPlays.at) })
        .from(libraryPlays)
        .innerJoin(librarySources, eq(librarySources.connectionId, libraryPlays.connectionId))
        .groupBy(...Object.values({ ...group, externalId: title }))
        .orderBy(desc(max(libraryPlays.at)));
      return rows.flatMap(({ at, kind, connectionId, ofOwnServer, sourceName, tmdb, tvdb, imdb, ...row }) =>
        at === null
          ? []
          : [
              {
                ...row,
                at,
                kind: kind === 'film' ? 'film' : 'show',
                ...sourceOfPlays({ connectionId, ofOwnServer, sourceName }),
                ids: { tmdb, tvdb, imdb },
              },
            ],
      );
    },
  };
}

type Told = { connectionId: ConnectionId; ofOwnServer: boolean; sourceName: string };

/** Who told of a play, and whose ids it has. */
export const sourceOfPlays = ({ connectionId, ofOwnServer, sourceName }: Told) => ({
  serverId: ofOwnServer ? connectionId : null,
  source: ofOwnServer ? PLUG_IN : sourceName,
});

export const createPlayReads = (db: Db) => ({
  playReads: (): Promise<PlayRead[]> => db.select().from(libraryPlayReads),
});

/** A play at a media server is told through its own connection; the ids of Jellystat and the like are anybody's. */
const sameServer = sql`(not p.of_own_server or e.connection_id = p.connection_id)`;

async function nameByOwnId(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update ${libraryPlays} t set kind = n.kind, show_external_id = n.show, season_number = n.season,
      episode_number = n.episode, tmdb_id = n.tmdb, tvdb_id = n.tvdb, imdb_id = n.imdb
    from (
      select distinct on (p.connection_id, p.part, p.user_name) p.connection_id, p.part, p.user_name, e.kind,
        coalesce(e.show_external_id, p.show_external_id) as show, coalesce(e.season_number, p.season_number) as season,
        coalesce(e.episode_number, p.episode_number) as episode,
        coalesce(s.tmdb_id, case e.kind when 'film' then e.tmdb_id end, p.tmdb_id) as tmdb,
        coalesce(s.tvdb_id, case e.kind when 'film' then e.tvdb_id end, p.tvdb_id) as tvdb,
        coalesce(s.imdb_id, case e.kind when 'film' then e.imdb_id end, p.imdb_id) as imdb
      from ${libraryPlays} p
      join ${libraryEntries} e on e.external_id = p.media_external_id and e.kind in ('film', 'episode') and ${sameServer}
      left join ${libraryEntries} s on s.connection_id = e.connection_id and s.external_id = e.show_external_id
      order by p.connection_id, p.part, p.user_name, e.connection_id
    ) n
    where t.connection_id = n.connection_id and t.part = n.part and t.user_name = n.user_name
      and (t.kind, t.show_external_id, t.season_number, t.episode_number, t.tmdb_id, t.tvdb_id, t.imdb_id)
        is distinct from (n.kind, n.show, n.season, n.episode, n.tmdb, n.tvdb, n.imdb)`);
}

/** Where the episode is gone, or the source tells only the show. */
async function nameByShow(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update ${libraryPlays} t set tmdb_id = n.tmdb, tvdb_id = n.tvdb, imdb_id = n.imdb
    from (
      select distinct on (p.connection_id, p.part, p.user_name) p.connection_id, p.part, p.user_name,
        coalesce(e.tmdb_id, p.tmdb_id) as tmdb, coalesce(e.tvdb_id, p.tvdb_id) as tvdb,
        coalesce(e.imdb_id, p.imdb_id) as imdb
      from ${libraryPlays} p
      join ${libraryEntries} e on e.external_id = p.show_external_id and e.kind = 'show' and ${sameServer}
      where p.kind = 'episode'
      order by p.connection_id, p.part, p.user_name, e.connection_id
    ) n
    where t.connection_id = n.connection_id and t.part = n.part and t.user_name = n.user_name
      and (t.tmdb_id, t.tvdb_id, t.imdb_id) is distinct from (n.tmdb, n.tvdb, n.imdb)`);
}
