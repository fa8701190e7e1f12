import { DatabaseSync } from 'node:sqlite';
import { parseQuery, type Unit } from '#features/search/core/query.ts';
import { sql, type Db } from '#server/platform/db.ts';
import { PLACES, type Engine } from './engines.ts';

type Row = { ref: string; part: string; text: string };

const phrase = ({ words }: Unit): string => `"${words.join(' ')}"`;

/** As FTS5 writes it: any of the words, and every phrase. */
function matchOf(text: string): string {
  const { clauses } = parseQuery(text);
  const any = clauses.map((clause) => `(${clause.any.map(phrase).join(' OR ')})`).join(' OR ');
  const phrases = clauses
    .filter((clause) => clause.any.every(({ isQuoted }) => isQuoted))
    .map((clause) => clause.any.map(phrase).join(' OR '));
  return [any, ...phrases].map((one) => `(${one})`).join(' AND ');
}

/** SQLite's full-text search over the same passages, ranked by its `bm25`; titles, tags and names are one more passage. */
export async function openFts5(db: Db): Promise<{ find: Engine; close: () => void }> {
  const { rows } = await db.execute<Row>(sql`
    select d.ref, p.part, p.text from search_passages p join search_documents d on d.id = p.document_id
    union all select ref, 'heading', concat_ws(E'\n', title, array_to_string(tags, E'\n'), creator_name)
    from search_documents`);
  const sqlite = new DatabaseSync(':memory:');
  sqlite.exec(`create virtual table passages using fts5(ref unindexed, part unindexed, text,
    tokenize = "unicode61 remove_diacritics 2")`);
  const insert = sqlite.prepare('insert into passages (ref, part, text) values (?, ?, ?)');
  for (const { ref, part, text } of rows) insert.run(ref, part, text);
  const select = sqlite.prepare(
    'select ref, part, bm25(passages) as score from passages where passages match ? order by score',
  );
  return {
    find: (text) => {
      const { parts } = parseQuery(text);
      const found = select.all(matchOf(text)) as (Row & { score: number })[];
      const wanted = found.filter(({ part }) => parts.length === 0 || parts.some((one) => one === part));
      return Promise.resolve([...new Set(wanted.map(({ ref }) => ref))].slice(0, PLACES));
    },
    close: () => sqlite.close(),
  };
}
