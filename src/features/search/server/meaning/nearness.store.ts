import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Demands, VectorModel } from '../../core/meaning.ts';
import { ofDocuments, ofPassages } from '../narrowing.store.ts';
import type { Narrowing } from '../ports.ts';
import type { CandidatesOf } from './candidates.ts';

/** Where a text that is near stands. */
export type Near = { document: number; passage: number; hash: string };

/** What a filter leaves of all passages is compared one by one up to so many. */
const FEW = 5_000;

type Wish = { narrowing: Narrowing; demands: Demands };

/** So many that are roughly nearest are compared exactly. Signs alone have the ten nearest among their first hundred. */
const COMPARED = 300;
/** Filters that leave a fifth have that many among these. */
const LOOKED_THROUGH = 1500;

/** What these tables are asked needs no compiler and no second process for its milliseconds. */
const PLANNING = sql`select set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`;
/** Reading the words of all passages costs ten times what planners think: theirs is the index. */
const BY_WORDS = sql`select set_config('enable_seqscan', 'off', true)`;

const isNarrowed = ({ filters, parts }: Narrowing): boolean => filters.length + parts.length > 0;
const hasWords = ({ phrases, unwanted }: Demands): boolean => phrases.length > 0 || unwanted !== null;

/** Apart, because a phrase of several words has what an index finds for it read, and what it finds beside it too. */
const isSaid = (readings: readonly string[]): SQL =>
  sql`(${sql.join(
    readings.map((query) => sql`p.words @@ ${query}::tsquery`),
    sql` or `,
  )})`;

/** Of passages `p`: everything that has to hold of what is found. */
function holds(wish: Wish): SQL {
  const { narrowing, demands } = wish;
  const inDocuments =
    narrowing.filters.length > 0
      ? sql`p.document_id in (select d.id from search_documents d where ${ofDocuments(narrowing)})`
      : sql`true`;
  return sql.join(
    [ofPassages(narrowing), inDocuments, ...demands.phrases.map(isSaid), notUnwanted(wish)],
    sql` and `,
  );
}

/** Asked of one passage after the other, and never of all: a subquery that gives a value is no join to a planner. */
const notUnwanted = ({ demands: { unwanted } }: Pick<Wish, 'demands'>): SQL =>
  unwanted === null
    ? sql`true`
    : sql`(select not w.words @@ ${unwanted}::tsquery from search_passages w where w.id = p.id)
        and p.document_id not in (select d.id from search_documents d where d.heading @@ ${unwanted}::tsquery)`;

/** Of candidates `c`, by their texts: the same, as indexes can tell it. What shares its text is looked at once more after. */
function mayBe({ narrowing, demands: { phrases, unwanted } }: Wish): SQL {
  const kept = isNarrowed(narrowing)
    ? [
        sql`c.text_hash in (select p.text_hash from search_passages p where ${holds({ narrowing, demands: none })})`,
      ]
    : [];
  const said =
    phrases.length === 0
      ? []
      : [
          sql`c.text_hash in (select p.text_hash from search_passages p where ${sql.join(phrases.map(isSaid), sql` and `)})`,
        ];
  const left =
    unwanted === null
      ? []
      : [
          sql`c.text_hash not in (
            select p.text_hash from search_passages p where p.words @@ ${unwanted}::tsquery
            union all select p.text_hash from search_documents d join search_passages p on p.document_id = d.id
            where d.heading @@ ${unwanted}::tsquery)`,
        ];
  return sql.join([sql`true`, ...kept, ...said, ...left], sql` and `);
}

const none: Demands = { phrases: [], unwanted: null };

const mayBeFew = ({ narrowing, demands }: Wish): boolean =>
  isNarrowed(narrowing) || demands.phrases.length > 0;
const isFree = ({ narrowing, demands }: Wish): boolean => !isNarrowed(narrowing) && !hasWords(demands);

/** The places of some hundred texts that are nearest to a vector, as far as what stands beside it allows. */
export function createNearness(db: Db, candidatesOf: CandidatesOf) {
  return async function nearness(
    model: VectorModel,
    vector: Float32Array,
    wish: Wish,
  ): Promise<readonly Near[]> {
    const { table, own, nearness: by, settings } = candidatesOf(model);

    /** Of all texts, or only of those that may be meant, the nearest, and of these what is allowed. */
    async function ask(transaction: Db, { most, isExact }: { most: number; isExact: boolean }) {
      const { rows } = await transaction.execute<Near>(sql`
        with near as materialized (
          select text_hash, row_number() over () as place from (
            select c.text_hash from ${table(model)} c where ${own(model)} and ${isExact ? mayBe(wish) : sql`true`}
            order by ${by(vector, isExact)} limit ${most}) nearest
        ), placed as materialized ( -- or planners read the words of all passages to see which may be joined
          select p.*, near.place from near join search_passages p on p.text_hash = near.text_hash
        )
        select p.document_id as document, p.id::int as passage, p.text_hash as hash
        from (select * from placed order by place, id offset 0) p -- one after the other, until there are enough
        where ${holds(wish)}
        order by p.place, p.id limit ${isFree(wish) ? 2 * COMPARED : COMPARED}`);
      return rows;
    }

    /** What is rare among all is compared one by one; null when it is not rare. */
    async function askFew(transaction: Db): Promise<readonly Near[] | null> {
      // Without what is not wanted, which most passages are: reading the words of all of them would take longer than all the rest.
      const asked = { ...wish, demands: { ...wish.demands, unwanted: null } };
      const { rows } = await transaction.execute<{ isFew: boolean } & (Near | { passage: null })>(sql`
        with allowed as materialized (
          select p.id, p.document_id, p.text_hash from search_passages p where ${holds(asked)} limit ${FEW + 1}
        ), counted as materialized (select count(*) <= ${FEW} as few from allowed
        ), near as materialized (
          select id, document_id, text_hash, row_number() over () as place from (
            select a.* from allowed a join ${table(model)} c on c.text_hash = a.text_hash
            where ${own(model)} and (select few from counted)
            order by ${by(vector, true)}, a.id) nearest
        ), kept as (
          select p.* from (select * from near order by place offset 0) p
          where ${notUnwanted(wish)} order by p.place limit ${COMPARED}
        )
        select few as "isFew", document_id as document, id::int as passage, text_hash as hash
        from counted left join kept on true order by place`);
      if (rows[0]?.isFew !== true) return null;
      return rows.filter((row) => row.passage !== null);
    }

    return db.transaction(async (transaction) => {
      await transaction.execute(PLANNING);
      if (settings) await transaction.execute(settings);
      if (isFree(wish)) return ask(transaction, { most: COMPARED, isExact: false });
      if (hasWords(wish.demands)) await transaction.execute(BY_WORDS);
      const few = mayBeFew(wish) ? await askFew(transaction) : null;
      if (few) return few;
      const found = await ask(transaction, { most: LOOKED_THROUGH, isExact: false });
      return found.length >= COMPARED ? found : ask(transaction, { most: COMPARED, isExact: true });
    });
  };
}
