import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Facet, Facets } from '../core/results.ts';
import { byIndex } from './by-index.store.ts';
import { idList } from './narrowing.store.ts';
import type { ShownStore, StoredPassage } from './ports.ts';
import { askedAnywhere, stemsOf } from './stems.store.ts';
import { searchDocuments } from './tables.ts';

const MOST_FACETS = 12;
/** Enough to see how a word is usually written. */
const MOST_TEXTS = 12;

type FacetRow = { name: keyof Facets; value: string; count: number };

export function createShownStore(db: Db): ShownStore {
  return {
    async documents(ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .select()
        .from(searchDocuments)
        .where(inArray(searchDocuments.id, [...ids]));
      return rows.map(({ id, kind, ref, title, type, creatorId, creatorName, sourceName, at }) => ({
        id,
        kind,
        ref,
        title,
        type,
        creator: creatorId !== null && creatorName !== null ? { id: creatorId, name: creatorName } : null,
        source: sourceName,
        at,
      }));
    },

    async passages(ids, asked) {
      if (ids.length === 0) return [];
      const words = asked.map(({ word, isPrefix }) => ({ word, is_prefix: isPrefix }));
      const { rows } = await db.execute<StoredPassage>(sql`
        with asked as materialized (${stemsOf(JSON.stringify(words))})
        select p.id::int as id, p.part, p.locator, p.text, coalesce((
          select array_agg(distinct place) from unnest(p.words) w, unnest(w.positions) place
          where w.lexeme = any(asked.stems) or w.lexeme ^@ any(asked.begun)), '{}') as hits
        from asked, search_passages p where p.id = any(${idList(ids)})`);
      return rows;
    },

    async firstPassages(documentIds) {
      if (documentIds.length === 0) return [];
      const { rows } = await db.execute<StoredPassage & { documentId: number }>(sql`
        select distinct on (p.document_id) p.document_id as "documentId", p.id::int as id, p.part, p.locator, p.text,
          '{}'::int[] as hits
        from search_passages p where p.document_id = any(${idList(documentIds)})
        order by p.document_id, p.id`);
      return rows;
    },

    async facets(ids) {
      const all: Record<keyof Facets, Facet[]> = { creator: [], source: [], type: [], tag: [] };
      if (ids.length === 0) return all;
      const { rows } = await db.execute<FacetRow>(sql`
        with d as materialized (select creator_name, source_name, type, tags from search_documents
          where id = any(${idList(ids)}))
        ${facetOf('creator', sql`creator_name`)} union all ${facetOf('source', sql`source_name`)}
        union all ${facetOf('type', sql`type`)} union all ${facetOf('tag', sql`tag`, sql`d, unnest(tags) tag`)}`);
      for (const { name, ...facet } of rows) all[name].push(facet);
      return all;
    },

    async textsWith(word) {
      const { rows } = await byIndex(db, (transaction) =>
        transaction.execute<{ text: string }>(sql`
          select text from search_passages where words @@ ${askedAnywhere(sql`${word}`)} limit ${MOST_TEXTS}`),
      );
      return rows.map(({ text }) => text);
    },
  };
}

/** The most frequent values of some documents. */
const facetOf = (name: keyof Facets, value: SQL, from = sql`d`): SQL => sql`(
  select ${name}::text as name, ${value} as value, count(*)::int as count from ${from}
  where ${value} is not null group by ${value} order by count(*) desc, ${value} limit ${MOST_FACETS})`;
