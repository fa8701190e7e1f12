import { count, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db, Transaction } from '#server/platform/db.ts';
import { createPlayNames } from './play-names.store.ts';
import type { PlayRead, PlayWriter } from './plays.ports.ts';
import { libraryPlayQuestions, libraryPlayReads, libraryPlays } from './plays.tables.ts';
import { libraryEntries, libraryItems, librarySources } from './tables.ts';

type PlayQuestions = Pick<PlayWriter, 'titlesToAsk' | 'noteAsked'>;
type PlayNames = Pick<PlayWriter, 'namePlays' | 'titlePlays'>;

const columns = Object.entries(getTableColumns(libraryPlays));
const names = sql.raw(columns.map(([, column]) => `"${column.name}"`).join(', '));
const shape = sql.raw(columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', '));
const stage = sql.raw('stage_library_plays');
const keys = sql.raw('connection_id, part, user_name');

export const createPlayWriter = (tx: Transaction): PlayWriter => ({
  ...createPlayStage(tx),
  ...createPlayQuestions(tx),
  ...createPlayNames(tx),
});

/** What play sources tell, put aside and then added at once. */
function createPlayStage(tx: Transaction): Omit<PlayWriter, keyof PlayQuestions | keyof PlayNames> {
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
  };
}

function createPlayQuestions(tx: Transaction): PlayQuestions {
  return {
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
  };
}

export const createPlayReads = (db: Db) => ({
  playReads: (): Promise<PlayRead[]> => db.select().from(libraryPlayReads),
});
