import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Found } from '../core/fuse.ts';
import { MOST_NARROWED, MOST_PLACES, type WordsPlan } from '../core/words-plan.ts';
import { byIndex } from './by-index.store.ts';
import { idList, ofDocuments, ofPassages } from './narrowing.store.ts';
import type { Narrowing, Totals } from './ports.ts';

/** The usual numbers of BM25: how soon a word that is said again adds nothing, and how much a long text counts less. */
const K1 = 1.2;
const B = 0.75;
/** A word in the title says more of what a document is about than one in its text. */
const HEADING_WEIGHT = 1.5;
const BEST_PASSAGES = 3;
/** So many documents are looked at once more, for words that stand beside each other: the pages that people read. */
const LOOKED_AT = 30;
/** Of passages where usual words stand once. */
const SHORTEST = 1000;

export type Wish = { plan: WordsPlan; totals: Totals; narrowing: Narrowing; limit: number };

/**
 * Of a few documents the vectors are read, once: that takes less than asking the index for a word that stands in half of all
 * passages, and looking which of them are of these documents. A vector takes as long to be read as seven to be asked a word,
 * and a document as four places that the index finds.
 */
const fewFor = ({ places, scans }: WordsPlan): number =>
  Math.round(Math.min(Math.max(places / (4 * (7 + scans.length)), FEW), MOST_FEW));
const FEW = 100;
/** Their vectors take 8 MB. */
const MOST_FEW = 2000;

/** Null when filters leave more than a few, or there are none. */
async function fewOf(db: Db, { plan, narrowing: { filters } }: Wish): Promise<readonly number[] | null> {
  if (filters.length === 0) return null;
  const most = fewFor(plan);
  const { rows } = await db.execute<{ id: number }>(
    sql`select d.id from search_documents d where ${ofDocuments({ filters })} limit ${most + 1}`,
  );
  return rows.length > most ? null : rows.map(({ id }) => id);
}

/** Documents best first, in one row: five hundred of them make more work as rows than they make to rank. */
export async function findWords(db: Db, wish: Wish): Promise<Found[]> {
  const { rows } = await byIndex(db, async (transaction) => {
    const few = await fewOf(transaction, wish);
    return transaction.execute<{ found: [number, number[] | null][] | null }>(rankingOf({ ...wish, few }));
  });
  return (rows[0]?.found ?? []).map(([document, passages]) => ({ document, passages: passages ?? [] }));
}

/** What a text of so many words asks of a word before it says as much as in one of average length. */
const lengthOf = (words: SQL, average: number): SQL =>
  sql`(${K1 * (1 - B)}::float8 + ${(K1 * B) / average}::float8 * ${words})`;

/** How much a word adds that stands so often in a text of so many words. */
const standing = (times: SQL, words: SQL, average: number): SQL =>
  sql`(${times} * ${K1 + 1}::float8 / (${times} + ${lengthOf(words, average)}))`;

type Ranking = Wish & { few: readonly number[] | null };

const passagesOf = ({ few }: Ranking): SQL => (few === null ? sql`search_passages p` : sql`few p`);

/** Which passages may be ranked at all. */
const allowed = ({ narrowing, few }: Ranking): SQL =>
  few === null ? sql`${ofPassages(narrowing)} ${within(sql`p.document_id`, narrowing)}` : sql`true`;

const within = (column: SQL, { filters }: Narrowing): SQL =>
  filters.length > 0 ? sql`and ${column} in (select id from narrowed)` : sql``;

/** A plan keeps below it, unless a word has no part that is few enough: `a*`. */
const mostOf = ({ filters, parts }: Narrowing): number =>
  filters.length + parts.length > 0 ? MOST_NARROWED : 2 * MOST_PLACES;

/** What a place adds beyond the scans before it: `standing` of `now` less that of `before`, in as few steps as there are. */
function scannedPlaces(ranking: Ranking): SQL {
  const { plan, totals, narrowing } = ranking;
  const scans = plan.scans.map(({ query, weight, before, now }) => ({
    query,
    more: weight * (K1 + 1) * (now - before),
    before,
    now,
  }));
  return sql`
    select p.id, p.document_id, s.more * p.short / ((s.now + p.short) * (s.before + p.short)) as score
    from (select query::tsquery as query, more, before, now from jsonb_to_recordset(${JSON.stringify(scans)}::jsonb)
        as each(query text, more float8, before float8, now float8) offset 0) s,
      lateral (
        select p.id, p.document_id, ${lengthOf(sql`p.word_count`, totals.passageWords)} as short
        from ${passagesOf(ranking)}
        where p.words @@ s.query and ${allowed(ranking)}
        limit ${mostOf(narrowing)}) p`;
}

function shortestPlaces(ranking: Ranking): SQL {
  const { plan, totals } = ranking;
  if (plan.shortest === null) return sql``;
  const { query, weight } = plan.shortest;
  return sql`
    union all (
      select p.id, p.document_id, ${weight}::float8 * ${standing(sql`1`, sql`p.word_count`, totals.passageWords)}
      from ${passagesOf(ranking)}
      where p.words @@ ${query}::tsquery and ${allowed(ranking)}
      order by p.word_count limit ${SHORTEST})`;
}

function namedDocuments({ plan: { terms, must }, totals, narrowing }: Wish): SQL {
  // Who asks for comments does not want a post because of its title.
  const asked = narrowing.parts.length > 0 ? [] : terms;
  const queries = asked.map(({ query, weight }) => ({
    query: must === null ? query : `(${query}) & (${must})`,
    weight,
  }));
  return sql`
    select d.id, sum(s.weight * ${standing(sql`1`, sql`d.heading_words`, totals.headingWords)}) as score
    from jsonb_to_recordset(${JSON.stringify(queries)}::jsonb) as s(query text, weight float8),
      lateral (select d.id, d.heading_words from search_documents d
        where d.heading @@ s.query::tsquery ${within(sql`d.id`, narrowing)} limit ${2 * MOST_PLACES}) d
    group by d.id`;
}

/** Stems have no sign in them that stands between the words of a phrase. */
const isWhereAsked = ({ scans, shortest, must }: WordsPlan): boolean =>
  [...scans.map(({ query }) => query), shortest?.query, must].some((query) => query?.includes('<'));

/** The documents that filters let through; when they are few, their passages too. */
function narrowed({ narrowing, few, plan }: Ranking): SQL {
  // Only phrases ask where a word stands. A copy, because what stays aside would be read for each word again.
  const words = isWhereAsked(plan) ? sql`setweight(p.words, 'D')` : sql`strip(p.words)`;
  if (few !== null)
    return sql`narrowed as materialized (select unnest(${idList(few)})::int as id),
      few as materialized (select p.id, p.document_id, p.word_count, ${words} as words from search_passages p
        where p.document_id = any(${idList(few)}) and ${ofPassages(narrowing)})`;
  return sql`narrowed as materialized (
    select d.id from search_documents d where ${narrowing.filters.length > 0 ? ofDocuments(narrowing) : sql`false`})`;
}

/** Of the best only, because it is not the index that says where words stand, but their vectors. */
function besideEachOther({ plan: { neighbours } }: Wish): SQL {
  if (neighbours.length === 0) return sql`beside as (select null::bigint as id, 0::real as more where false)`;
  return sql`looked as materialized (
    select p.id from passages p
    where p.document_id in (select id from best order by score desc, id desc limit ${LOOKED_AT})
    order by p.score desc, p.id limit ${2 * LOOKED_AT}
  ), beside as materialized (
    select p.id, sum(n.weight)::real as more
    from (select id, (select setweight(w.words, 'D') from search_passages w where w.id = looked.id) as words from looked offset 0) p,
      (select query::tsquery as query, weight from jsonb_to_recordset(${JSON.stringify(neighbours)}::jsonb)
        as each(query text, weight float8) offset 0) n
    where p.words @@ n.query group by p.id
  )`;
}

const rankingOf = (wish: Ranking): SQL => sql`
  with ${narrowed(wish)}, passages as materialized (
    select id, document_id, sum(score)::real as score from (${scannedPlaces(wish)} ${shortestPlaces(wish)}) places
    group by id, document_id
  ), named as (${namedDocuments(wish)}), best as materialized (
    select coalesce(b.id, n.id) as id,
      (coalesce(b.score, 0) + ${HEADING_WEIGHT}::float8 * coalesce(n.score, 0))::real as score
    from (select document_id as id, max(score) as score from passages group by document_id) b
      full join named n on n.id = b.id
    order by 2 desc, 1 desc limit ${wish.limit}
  ), ${besideEachOther(wish)}
  select json_agg(json_build_array(id, passages) order by score desc, id desc) as found from (
    select best.id, (array_agg(p.id order by p.score + coalesce(beside.more, 0) desc, p.id)
        filter (where p.id is not null))[1:${BEST_PASSAGES}] as passages,
      best.score + coalesce(max(p.score + coalesce(beside.more, 0)) - max(p.score), 0) as score
    from best left join passages p on p.document_id = best.id left join beside on beside.id = p.id
    group by best.id, best.score
  ) ranked`;
