import { and, count, eq, getTableColumns, ne, sql } from 'drizzle-orm';
import type { Transaction } from '#server/platform/db.ts';
import { identity, sameKeys, sharePlans } from './share-plans.store.ts';
import { openStage, type Stage } from './stage.store.ts';
import type { Share, ShareRows, ShareWriter } from './store.ports.ts';
import { libraryEntries, libraryEpisodes, libraryFiles, libraryItems, libraryMarks } from './tables.ts';

/** Seasons come with their show and links with their film: neither is missed by itself. */
const openStages = async (tx: Transaction): Promise<{ [S in Share]: Stage<ShareRows[S]> }> => ({
  items: await openStage<ShareRows['items']>(tx, sharePlans.items, ({ kind }) => kind !== 'season'),
  episodes: await openStage<ShareRows['episodes']>(tx, sharePlans.episodes),
  files: await openStage<ShareRows['files']>(tx, sharePlans.files),
  entries: await openStage<ShareRows['entries']>(tx, sharePlans.entries, ({ linked }) => !linked),
  marks: await openStage<ShareRows['marks']>(tx, sharePlans.marks),
  requests: await openStage<ShareRows['requests']>(tx, sharePlans.requests),
});

export async function openShareWriter(tx: Transaction): Promise<ShareWriter> {
  const stages = await openStages(tx);
  /** Users whose marks stay as they are stored. */
  const sameUsers = new Set<string>();
  let areEntriesSame = false;

  return {
    stage: (share, rows) => stages[share].add(rows),

    keepMarks: (userExternalId) => void sameUsers.add(userExternalId),
    keepEntries: () => void (areEntriesSame = true),

    async clear() {
      sameUsers.clear();
      areEntriesSame = false;
      for (const stage of Object.values(stages)) await stage.clear();
    },

    async had(share, connectionId) {
      const columns = getTableColumns(sharePlans[share].table);
      const own = columns['connectionId'] && eq(columns['connectionId'], connectionId);
      const only =
        share === 'items'
          ? ne(libraryItems.kind, 'season')
          : share === 'entries'
            ? eq(libraryEntries.linked, false)
            : undefined;
      const [row] = await tx.select({ rows: count() }).from(sharePlans[share].table).where(and(own, only));
      return row?.rows ?? 0;
    },

    async survivors(share, connectionId) {
      const { table, keys, stage } = sharePlans[share];
      const same =
        share === 'items'
          ? sql`t.kind <> 'season' and ${identity('t')} is not distinct from ${identity('s')}`
          : sql`not (t.linked or s.linked)`;
      const { rows } = await tx.execute<{ same: number }>(sql`
        select count(*)::int as same from ${table} t join ${stage} s on ${sameKeys(keys)}
        where t.connection_id = ${connectionId} and ${same}`);
      return stages[share].unchanged() + (rows[0]?.same ?? 0);
    },

    async merge(share, connectionId, within) {
      if (share === 'entries' && areEntriesSame) return { added: 0, changed: 0, removed: 0 };
      const scope =
        share === 'marks' && sameUsers.size > 0
          ? sql`not (t.user_external_id = any(${sql.param([...sameUsers])}::text[]))`
          : within && sql`t.title_id = any(${sql.param(within)}::text[])`;
      return stages[share].merge(connectionId, scope);
    },

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
        select 1 from ${libraryItems} t join ${sharePlans.items.stage} s using (id)
        where t.connection_id = ${connectionId} and t.kind <> 'season' and t.oldest_import_at is not null
          and ${identity('t')} is distinct from ${identity('s')} limit 1`);
      return rows.length > 0;
    },

    async marksPerUser(connectionId) {
      const isGone = areEntriesSame ? sql`false` : await stages.entries.isGone(connectionId);
      const { rows } = await tx.execute<{ user: string; all: number; there: number }>(sql`
        with there as (
          select t.external_id from ${libraryEntries} t
          where t.connection_id = ${connectionId} and not (${isGone})
          union select s.external_id from ${sharePlans.entries.stage} s
        )
        select m.user_external_id as user, count(*)::int as all, count(there.external_id)::int as there
        from ${libraryMarks} m left join there on there.external_id = m.media_external_id
        where m.connection_id = ${connectionId} group by m.user_external_id`);
      return new Map(rows.map(({ user, ...marks }) => [user, marks]));
    },

    async noteImports(connectionId, { first, lastOfEpisodes }) {
      await stages.items.noteImports(connectionId, first);
      await stages.episodes.noteImports(connectionId, lastOfEpisodes);
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
