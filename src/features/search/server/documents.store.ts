import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { SearchDocument } from '../core/document.ts';
import { fold, foldedWords } from '../core/text.ts';
import { idList } from './narrowing.store.ts';
import type { IndexedDocument } from './ports.ts';
import { tongueOf, vectorOf } from './stems.store.ts';
import { searchDocuments } from './tables.ts';

const names = (name: string, values: readonly (string | undefined)[]): string[] =>
  values.flatMap((value) => (value ? [`${name}:${fold(value).trim()}`] : []));

const facetsOf = ({ creator, source, type, tags, lists, statuses }: SearchDocument): string[] => [
  ...names('creator', [creator?.name]),
  ...names('source', [source?.name]),
  ...names('type', [type]),
  ...names('tag', tags),
  ...names('list', lists),
  ...names('status', statuses),
];

/** In the order of the documents. */
export async function saveDocuments(
  transaction: Db,
  documents: readonly IndexedDocument[],
): Promise<number[]> {
  const rows = documents.map(({ document, headingLanguages, digest }) => ({
    kind: document.kind,
    ref: document.ref,
    title: document.title,
    type: document.type,
    creator_id: document.creator?.id ?? null,
    creator_name: document.creator?.name ?? null,
    source_name: document.source?.name ?? null,
    tags: document.tags,
    lists: document.lists,
    statuses: document.statuses,
    at: document.at?.toISOString() ?? null,
    facets: facetsOf(document),
    heading: foldedWords([document.title, ...document.tags, document.creator?.name ?? ''].join(' \n ')),
    tongues: headingLanguages.map(tongueOf),
    digest,
  }));
  await saveFacets(transaction, [...new Set(rows.flatMap(({ facets }) => facets))].toSorted());
  const known = await transaction
    .select({ id: searchDocuments.id })
    .from(searchDocuments)
    .where(
      sql`(kind, ref) in (select kind, ref from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(kind text, ref text))`,
    );
  await countHeadings(
    transaction,
    known.map(({ id }) => id),
    -1,
  );
  const saved = await transaction.execute<{ id: number; kind: string; ref: string }>(sql`
    insert into search_documents (kind, ref, title, type, creator_id, creator_name, source_name, tags, lists, statuses,
      at, facets, heading, heading_words, digest)
    select kind, ref, title, type, creator_id, creator_name, source_name, tags, lists, statuses, at, facets,
      (select string_agg(${vectorOf(sql`configuration`, sql`letter`, sql`heading`)}::text, ' ')
        from jsonb_to_recordset(tongues) as each(configuration text, letter text))::tsvector,
      cardinality(string_to_array(heading, ' ')), digest
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(kind text, ref text, title text, type text,
        creator_id text, creator_name text, source_name text, tags text[], lists text[], statuses text[],
        at timestamptz, facets text[], heading text, tongues jsonb, digest text)
    on conflict (kind, ref) do update set title = excluded.title, type = excluded.type,
      creator_id = excluded.creator_id, creator_name = excluded.creator_name, source_name = excluded.source_name,
      tags = excluded.tags, lists = excluded.lists, statuses = excluded.statuses, at = excluded.at,
      facets = excluded.facets, heading = excluded.heading, heading_words = excluded.heading_words,
      digest = excluded.digest
    returning id, kind, ref`);
  const ids = new Map(saved.rows.map(({ id, kind, ref }) => [`${kind} ${ref}`, id]));
  await countHeadings(transaction, [...ids.values()], 1);
  return documents.map(({ document }) => ids.get(`${document.kind} ${document.ref}`) ?? 0);
}

const saveFacets = (transaction: Db, facets: readonly string[]) =>
  transaction.execute(sql`
    insert into search_facets select jsonb_array_elements_text(${JSON.stringify(facets)}::jsonb) on conflict do nothing`);

export async function countHeadings(transaction: Db, ids: readonly number[], sign: 1 | -1): Promise<void> {
  if (ids.length === 0) return;
  await transaction.execute(sql`
    insert into search_totals (id, passages, words, documents, heading_words)
    select 1, 0, 0, ${sign} * count(*), ${sign} * coalesce(sum(heading_words), 0)
    from search_documents where id = any(${idList(ids)})
    on conflict (id) do update set documents = search_totals.documents + excluded.documents,
      heading_words = search_totals.heading_words + excluded.heading_words`);
}
