import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Found } from '../core/fuse.ts';
import type { Unit } from '../core/query.ts';
import { WINDOW, type WordsPlan } from '../core/words-plan.ts';
import { ofDocuments, ofPassages } from './narrowing.store.ts';
import type { Narrowing, TitleHit, WordsStore } from './ports.ts';

/** The usual numbers of BM25: how soon a word that is said again adds nothing, and how much a long text counts less. */
const K1 = 1.2;
const B = 0.75;
/** A word in the title says more of what a document is about than one in its text. */
const HEADING_WEIGHT = 1.5;
const BEST_PASSAGES = 3;

export function createWordsStore(db: Db): WordsStore {
  return {
    resolve: (units) => resolveUnits(db, units),

    async passages() {
      const { rows } = await db.execute<{ passages: number }>(sql`select passages from search_totals`);
      return rows[0]?.passages ?? 0;
    },

    find: (plan, narrowing, limit) => findWords(db, { plan, narrowing, limit }),

    async newest(narrowing, limit) {
      const hasPart =
        narrowing.parts.length === 0
          ? sql`true`
          : sql`exists (select from search_passages p where p.document_id = d.id and ${ofPassages(narrowing)})`;
      const { rows } = await db.execute<{ id: number }>(sql`
        select d.id from search_documents d
        where ${ofDocuments(narrowing)} and ${hasPart}
        order by d.at desc nulls last, d.id desc limit ${limit}`);
      return rows.map(({ id }) => ({ document: id, passage: null }));
    },

    async alike(word) {
      const { rows } = await db.execute<{ word: string; passages: number }>(sql`
        select word, passages from search_words
        where word % ${word} and passages > 0
        order by similarity(word, ${word}) desc, passages desc, word limit 20`);
      return rows;
    },

    async beginning(word, limit) {
      const { rows } = await db.execute<{ word: string; passages: number }>(sql`
        select word, passages from search_words
        where word like ${`${word}%`} and passages > 0
        order by passages desc, word limit ${limit}`);
      return rows;
    },

    async titles(query, limit) {
      const { rows } = await db.execute<TitleHit>(sql`
        select kind, ref, title, type from (
          select * from search_documents where heading @@ ${query}::tsquery limit ${WINDOW}
        ) holding order by heading_words, at desc nulls last, id limit ${limit}`);
      return rows;
    },
  };
}

type ResolvedRow = {
  number: number;
  configuration: string;
  query: string;
  lexemes: string[];
  passages: number;
};

/** What a unit is in each language. A word that one of them leaves out is a stop word. */
async function resolveUnits(db: Db, units: readonly Unit[]) {
  const asked = units.map(({ words, isPrefix }, number) => ({
    number,
    text: words.join(' '),
    is_prefix: isPrefix,
  }));
  const { rows } = await db.execute<ResolvedRow>(sql`
    select u.number, c.configuration, q.query::text as query, q.lexemes,
      (select coalesce(${isAnyPrefix(units)}, 0)::int) as passages
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as u(number integer, text text, is_prefix boolean),
      unnest(array['kc_spanish', 'kc_english', 'kc_simple']) as c(configuration),
      lateral (select
        case when u.is_prefix then to_tsquery(c.configuration::regconfig, u.text || ':*')
          else phraseto_tsquery(c.configuration::regconfig, u.text) end as query,
        tsvector_to_array(to_tsvector(c.configuration::regconfig, u.text)) as lexemes) q`);
  return units.map((unit, number) => {
    const own = rows.filter((row) => row.number === number);
    const queries = [...new Set(own.map(({ query }) => query).filter((query) => query !== ''))];
    return {
      unit,
      query: queries.length === 0 ? null : queries.map((query) => `(${query})`).join(' | '),
      isStopWord: unit.words.length === 1 && !unit.isPrefix && own.some(({ query }) => query === ''),
      passages: passagesOf(own),
    };
  });
}

/** A phrase is at most as frequent as its rarest word. */
const isAnyPrefix = (units: readonly Unit[]): SQL =>
  units.some(({ isPrefix }) => isPrefix)
    ? sql`case when u.is_prefix
        then (select sum(l.passages) from search_lexemes l where l.lexeme like q.lexemes[1] || '%')
        else (select min(l.passages) from search_lexemes l where l.lexeme = any(q.lexemes)) end`
    : sql`(select min(coalesce(l.passages, 0)) from unnest(q.lexemes) as w(lexeme)
        left join search_lexemes l on l.lexeme = w.lexeme)`;

/** Languages that agree on a stem count it once. */
const passagesOf = (rows: readonly ResolvedRow[]): number =>
  [...new Map(rows.map(({ query, passages }) => [query, passages])).values()].reduce(
    (sum, passages) => sum + passages,
    0,
  );

type Wish = { plan: WordsPlan; narrowing: Narrowing; limit: number };

const matching = (words: SQL, query: string, must: string | null): SQL =>
  sql`${words} @@ ${must === null ? query : `(${query}) & (${must})`}::tsquery`;

/**
 * How often a word stands in a passage, read off `ts_rank`: with all weights 1 the rank of one word that stands n times
 * is (1 + 1/4 + … + 1/n²) / 1.64493406685, and what that sum lacks to its end is about 1 / (n + ½). Of alternatives it
 * gives the mean, although a passage has the stem of one language only. Unpacking the vector takes ten times as long.
 */
const timesOf = (query: string): SQL => sql`
  (1 / (1.64493406685 * (1 - least(
    ts_rank('{1,1,1,1}', p.words, ${query}::tsquery) * (numnode(${query}::tsquery) + 1) / 2, 0.995))) - 0.5)`;

const termScore = ({ query, weight }: WordsPlan['terms'][number]): SQL => sql`
  case when p.words @@ ${query}::tsquery then ${weight}::float8 * ${K1 + 1}::float8 /
    (1 + ${K1}::float8 * (${1 - B}::float8 + ${B}::float8 * p.word_count / average.words) / ${timesOf(query)}) else 0 end`;

const headingScore = ({ query, weight }: WordsPlan['terms'][number]): SQL => sql`
  case when d.heading @@ ${query}::tsquery then ${weight}::float8 * ${K1 + 1}::float8 /
    (1 + ${K1}::float8 * (${1 - B}::float8 + ${B}::float8 * d.heading_words / average.heading)) else 0 end`;

async function findWords(db: Db, { plan, narrowing, limit }: Wish): Promise<Found[]> {
  const { candidates, terms, must } = plan;
  const narrowed = sql`${ofDocuments(narrowing)} and ${ofPassages(narrowing)}`;
  const needsDocument = narrowing.filters.length > 0;
  const passageWindows = candidates.map(
    (query) => sql`(select p.id from search_passages p
      ${needsDocument ? sql`join search_documents d on d.id = p.document_id` : sql``}
      where ${matching(sql`p.words`, query, must)} and ${narrowed} limit ${WINDOW})`,
  );
  const headingWindows = candidates.map(
    (query) => sql`(select d.id from search_documents d
      where ${matching(sql`d.heading`, query, must)} and ${ofDocuments(narrowing)} limit ${WINDOW})`,
  );
  // Who asks for comments does not want a post because of its title.
  const headings =
    narrowing.parts.length === 0 ? sql.join(headingWindows, sql` union `) : sql`select 0 as id where false`;
  const { rows } = await db.execute<{ document: number; passages: string[] | null }>(sql`
    with average as materialized (
      select greatest(words::float8 / nullif(passages, 0), 1) as words,
        greatest(heading_words::float8 / nullif(documents, 0), 1) as heading
      from search_totals
    ), passages as materialized (
      select p.id, p.document_id, ${sql.join(terms.map(termScore), sql` + `)} as score
      from search_passages p, average
      where p.id in (${sql.join(passageWindows, sql` union `)})
    ), best as (
      select document_id, max(score) as score,
        (array_agg(id order by score desc, id))[1:${BEST_PASSAGES}] as passages
      from passages group by document_id
    ), named as (${headings})
    select d.id as document, best.passages
    from (select document_id as id from best union select id from named) found
      join search_documents d on d.id = found.id
      left join best on best.document_id = d.id, average
    order by coalesce(best.score, 0) + ${HEADING_WEIGHT}::float8 * (${sql.join(terms.map(headingScore), sql` + `)}) desc,
      d.id desc
    limit ${limit}`);
  return rows.flatMap(({ document, passages }): Found[] =>
    (passages ?? [null]).map((passage) => ({ document, passage: passage === null ? null : Number(passage) })),
  );
}
