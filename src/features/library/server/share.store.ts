import { and, count, eq, getTableColumns, getTableName, ne, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { ItemId } from '#core/ids.ts';
import type { Transaction } from '#server/platform/db.ts';
import type { Changes } from './ports.ts';
import type { Share, ShareWriter, Worked } from './store.ports.ts';
import {
  libraryEntries,
  libraryEpisodes,
  libraryFiles,
  libraryItems,
  libraryMarks,
  libraryRequests,
} from './tables.ts';

const worked: Record<Worked, true> = {
  diskId: true,
  newestFileAt: true,
  oldestImportAt: true,
  watchWhy: true,
  lastWatchedAt: true,
  watchers: true,
  favouriteOf: true,
  requestedBy: true,
  requests: true,
  mediaIds: true,
  matchedBy: true,
  syncedAt: true,
};

type Plan = {
  table: PgTable;
  keys: readonly string[];
  names: readonly string[];
  /** The rows as they come, in the order of the columns: keys of the object with types of the database. */
  shape: SQL;
  stage: SQL;
  also?: SQL;
};

/** Numbers can be given anew after a service lost its database; then the old import date is another film's. */
const identity = (row: string): SQL =>
  sql.raw(`case ${row}.kind when 'film' then ${row}.tmdb_id else ${row}.tvdb_id end`);
const alsoItems = sql`, synced_at = now(), oldest_import_at =
  case when ${identity('t')} is distinct from ${identity('s')} then null else t.oldest_import_at end`;

/** The same number may come to stand for another episode. */
const alsoEpisodes = sql`, last_import_at = case when
  (t.title_id, t.season_number, t.episode_number) is distinct from (s.title_id, s.season_number, s.episode_number)
  then null else t.last_import_at end`;

const shares: Record<Share, Plan> = {
  items: { ...plan(libraryItems, ['id'], Object.keys(worked)), also: alsoItems },
  episodes: {
    ...plan(libraryEpisodes, ['connection_id', 'external_id'], ['lastImportAt']),
    also: alsoEpisodes,
  },
  files: plan(libraryFiles, ['connection_id', 'external_id']),
  entries: plan(libraryEntries, ['connection_id', 'external_id']),
  marks: plan(libraryMarks, ['connection_id', 'media_external_id', 'user_external_id']),
  requests: plan(libraryRequests, ['connection_id', 'external_id'], ['itemIds']),
};

function plan(table: PgTable, keys: readonly string[], without: readonly string[] = []): Plan {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => !without.includes(key));
  return {
    table,
    keys,
    names: columns.map(([, column]) => column.name),
    shape: sql.raw(columns.map(([key, column]) => `"${key}" ${column.getSQLType()}`).join(', ')),
    stage: sql`${sql.identifier(`stage_${getTableName(table)}`)}`,
  };
}

const list = (names: readonly string[], row = ''): SQL =>
  sql.raw(names.map((name) => (row ? `${row}."${name}"` : `"${name}"`)).join(', '));
const sameKeys = (keys: readonly string[]): SQL =>
  sql.raw(keys.map((key) => `t."${key}" = s."${key}"`).join(' and '));

/** One statement takes this many rows as one JSON value: enough to be quick, small enough for a small machine. */
const BATCH = 1_000;

export async function openShareWriter(tx: Transaction): Promise<ShareWriter> {
  for (const { table, keys, names, stage } of Object.values(shares)) {
    await tx.execute(
      sql`create temporary table ${stage} on commit drop as select ${list(names)} from ${table} with no data`,
    );
    await tx.execute(sql`create unique index on ${stage} (${list(keys)})`);
  }

  return {
    async stage(share, rows) {
      const { shape, stage } = shares[share];
      for (let from = 0; from < rows.length; from += BATCH) {
        const json = JSON.stringify(rows.slice(from, from + BATCH));
        await tx.execute(
          sql`insert into ${stage} select * from json_to_recordset(${json}::json) as s(${shape}) on conflict do nothing`,
        );
      }
    },

    async clear() {
      const stages = Object.values(shares).map(({ stage }) => sql`${stage}`);
      await tx.execute(sql`truncate ${sql.join(stages, sql`, `)}`);
    },

    async had(share, connectionId) {
      const columns = getTableColumns(shares[share].table);
      const own = columns['connectionId'] && eq(columns['connectionId'], connectionId);
      const only =
        share === 'items'
          ? ne(libraryItems.kind, 'season')
          : share === 'entries'
            ? eq(libraryEntries.linked, false)
            : undefined;
      const [row] = await tx.select({ rows: count() }).from(shares[share].table).where(and(own, only));
      return row?.rows ?? 0;
    },

    async survivors(share, connectionId) {
      const { table, keys, stage } = shares[share];
      const same =
        share === 'items'
          ? sql`t.kind <> 'season' and ${identity('t')} is not distinct from ${identity('s')}`
          : sql`not (t.linked or s.linked)`;
      const { rows } = await tx.execute<{ same: number }>(sql`
        select count(*)::int as same from ${table} t join ${stage} s on ${sameKeys(keys)}
        where t.connection_id = ${connectionId} and ${same}`);
      return rows[0]?.same ?? 0;
    },

    merge: async (share, connectionId, within) => merge(tx, shares[share], connectionId, within),

    async fingerprints(connectionId) {
      const rows = await tx
        .select({ id: libraryItems.id, fingerprint: libraryItems.fingerprint })
        .from(libraryItems)
        .where(and(eq(libraryItems.connectionId, connectionId), eq(libraryItems.kind, 'show')));
      return new Map(
        rows.flatMap(({ id, fingerprint }) => (fingerprint === null ? [] : [[id, fingerprint] as const])),
      );
    },

    async isRenumbered(connectionId) {
      const { rows } = await tx.execute(sql`
        select 1 from ${libraryItems} t join ${shares.items.stage} s using (id)
        where t.connection_id = ${connectionId} and t.kind <> 'season' and t.oldest_import_at is not null
          and ${identity('t')} is distinct from ${identity('s')} limit 1`);
      return rows.length > 0;
    },

    async marksPerUser(connectionId) {
      const { rows } = await tx.execute<{ user: string; marks: number }>(sql`
        select t.user_external_id as user, count(*)::int as marks from ${libraryMarks} t
        join ${shares.entries.stage} s on s.connection_id = t.connection_id and s.external_id = t.media_external_id
        where t.connection_id = ${connectionId} group by t.user_external_id`);
      return new Map(rows.map(({ user, marks }) => [user, marks]));
    },

    async noteImports(connectionId, { first, lastOfEpisodes }) {
      const rows = JSON.stringify([...first].map(([id, at]) => ({ id, at })));
      await tx.execute(sql`
        update ${libraryItems} t set oldest_import_at = s.at
        from json_to_recordset(${rows}::json) as s(id text, at timestamptz(3))
        where t.id = s.id and (t.oldest_import_at is null or t.oldest_import_at > s.at)`);
      const episodes = JSON.stringify([...lastOfEpisodes].map(([id, at]) => ({ id, at })));
      await tx.execute(sql`
        update ${libraryEpisodes} t set last_import_at = s.at
        from json_to_recordset(${episodes}::json) as s(id int, at timestamptz(3))
        where t.connection_id = ${connectionId} and t.external_id = s.id
          and (t.last_import_at is null or t.last_import_at < s.at)`);
    },

    async dropOrphans(connectionId) {
      for (const table of [libraryEpisodes, libraryFiles]) {
        await tx.execute(sql`
          delete from ${table} t where t.connection_id = ${connectionId}
            and not exists (select from ${libraryItems} i where i.id = t.title_id)`);
      }
    },
  };
}

async function merge(
  tx: Transaction,
  { table, keys, names, stage, also }: Plan,
  connectionId: string,
  within?: readonly ItemId[],
): Promise<Changes> {
  const values = names.filter((name) => !keys.includes(name));
  const inside = within ? sql`and t.title_id = any(${sql.param(within)}::text[])` : sql``;
  const assign = sql.raw(values.map((name) => `"${name}" = s."${name}"`).join(', '));
  await tx.execute(sql`analyze ${stage}`);
  const removed = await tx.execute(sql`
    delete from ${table} t where t.connection_id = ${connectionId} ${inside}
      and not exists (select from ${stage} s where ${sameKeys(keys)})`);
  const changed = await tx.execute(sql`
    update ${table} t set ${assign} ${also ?? sql``} from ${stage} s
    where ${sameKeys(keys)} and (${list(values, 't')}) is distinct from (${list(values, 's')})`);
  const added = await tx.execute(sql`
    insert into ${table} (${list(names)}) select ${list(names)} from ${stage} s
    where not exists (select from ${table} t where ${sameKeys(keys)})`);
  return { added: added.rowCount ?? 0, changed: changed.rowCount ?? 0, removed: removed.rowCount ?? 0 };
}
