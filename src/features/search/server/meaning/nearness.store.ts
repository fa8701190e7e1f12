import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Demands, VectorModel } from '../../core/meaning.ts';
import { byIndex } from '../by-index.store.ts';
import { ofDocuments, ofPassages } from '../narrowing.store.ts';
import type { Narrowing } from '../ports.ts';
import type { CandidatesOf } from './candidates.ts';

/** Where a text that is near stands. */
export type Near = { document: number; passage: number; hash: string };

type Wish = { narrowing: Narrowing; demands: Demands };

/**
 * What a filter leaves of all passages is compared one by one up to `few`. So many that are roughly nearest are `compared`
 * exactly: signs alone have the ten nearest among their first hundred. Filters that leave a fifth have that many among those
 * that are `lookedThrough`.
 */
export type NearnessLimits = { few: number; compared: number; lookedThrough: number };
/** What filters leave of all documents, when so few of the nearest are allowed that looking them through would be for nothing. */
const RARE = 0.15;
const LIMITS: NearnessLimits = { few: 5_000, compared: 300, lookedThrough: 1_500 };

const isNarrowed = ({ filters, parts }: Narrowing): boolean => filters.length + parts.length > 0;
const hasWords = ({ phrases, unwanted }: Demands): boolean => phrases.length > 0 || unwanted !== null;

/** Apart, because a phrase of several words has what an index finds for it read, and what it finds beside it too. */
const isSaid = (readings: readonly string[]): SQL =>
  sql`(${sql.join(
    readings.map((query) => sql`p.words @@ ${query}::tsquery`),
    sql` or `,
  )})`;

/** Of passages `p`, one after the other: everything that has to hold of what is found. */
const holds = ({ narrowing, demands }: Wish): SQL =>
  sql.join(
    [
      ofPassages(narrowing),
      narrowing.filters.length > 0
        ? sql`(select ${ofDocuments(narrowing)} from search_documents d where d.id = p.document_id)`
        : sql`true`,
      ...demands.phrases.map(isSaid),
      notUnwanted(demands),
    ],
    sql` and `,
  );

/** Asked of one passage after the other, and never of all: a subquery that gives a value is no join to a planner. */
const notUnwanted = ({ unwanted }: Pick<Demands, 'unwanted'>): SQL =>
  unwanted === null
    ? sql`true`
    : sql`(select not w.words @@ ${unwanted}::tsquery from search_passages w where w.id = p.id)
        and p.document_id not in (select d.id from search_documents d where d.heading @@ ${unwanted}::tsquery)`;

const filteredDocuments = (narrowing: Narrowing): SQL =>
  narrowing.filters.length > 0
    ? sql`p.document_id in (select d.id from search_documents d where ${ofDocuments(narrowing)})`
    : sql`true`;

/** Of candidates `c`, by their texts: the same, as indexes can tell it. What shares its text is looked at once more after. */
function mayBe({ narrowing, demands: { phrases, unwanted } }: Wish): SQL {
  const kept = isNarrowed(narrowing)
    ? [
        sql`c.text_hash in (
            select p.text_hash from search_passages p where ${ofPassages(narrowing)} and ${filteredDocuments(narrowing)})`,
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
          // A comment that stands below an unwanted title may stand below others too.
          sql`c.text_hash not in (
            select p.text_hash from search_passages p where p.words @@ ${unwanted}::tsquery
            union all select p.text_hash from search_documents d join search_passages p on p.document_id = d.id
            where d.heading @@ ${unwanted}::tsquery and not exists (
              select from search_passages o join search_documents other on other.id = o.document_id
              where o.text_hash = p.text_hash and not other.heading @@ ${unwanted}::tsquery))`,
        ];
  return sql.join([sql`true`, ...kept, ...said, ...left], sql` and `);
}

/**
 * Texts by an index, whatever planners think how many there are: the list of an array is not joined with all of them.
 * `p` are passages, or candidates.
 */
const among = (column: SQL, hashes: SQL): SQL => sql`${column} = any(array(${hashes}))`;

/** The passages that may be meant, as far as there are few; with what is not wanted, which is asked of the nearest only. */
function allowedFew({ narrowing, demands }: Wish, most: number): SQL {
  const isNarrow = narrowing.filters.length > 0;
  const inFew = isNarrow
    ? sql`${among(sql`p.document_id`, sql`select id from documents`)} and (select count(*) <= ${most} from documents)`
    : sql`true`;
  return sql`documents as materialized (
      select d.id from search_documents d where ${isNarrow ? ofDocuments(narrowing) : sql`false`} limit ${most + 1}
    ), allowed as materialized (
      select p.id, p.document_id, p.text_hash from search_passages p
      where ${sql.join([inFew, ofPassages(narrowing), ...demands.phrases.map(isSaid)], sql` and `)} limit ${most + 1}
    ), counted as materialized (
      select d.number <= ${most} and (select count(*) from allowed) <= ${most} as few,
        d.number between 1 and least(${most}, ${RARE}::float8 * (select documents from search_totals)) as rare
      from (select count(*) as number from documents) d)`;
}

const mayBeFew = ({ narrowing, demands }: Wish): boolean =>
  isNarrowed(narrowing) || demands.phrases.length > 0;
const isFree = ({ narrowing, demands }: Wish): boolean => !isNarrowed(narrowing) && !hasWords(demands);

/** The places of some hundred texts that are nearest to a vector, as far as what stands beside it allows. */
export function createNearness(
  db: Db,
  candidatesOf: CandidatesOf,
  { few: mostFew, compared, lookedThrough }: NearnessLimits = LIMITS,
) {
  return async function nearness(
    model: VectorModel,
    vector: Float32Array,
    wish: Wish,
  ): Promise<readonly Near[]> {
    const { table, own, all, nearness: by, settings } = candidatesOf(model);

    /** Of all texts, or only of those that may be meant, the nearest, and of these what is allowed. */
    async function ask(transaction: Db, { most, isExact }: { most: number; isExact: boolean }) {
      // Passage by passage from the nearest on, until there are enough.
      const { rows } = await transaction.execute<Near>(sql`
        with near as materialized (
          select text_hash, row_number() over () as place from (
            select c.text_hash from ${table(model)} c where ${isExact ? sql`${own(model)} and ${mayBe(wish)}` : all(model)}
            order by ${by(vector, isExact)} limit ${most}) nearest
        )
        select p.document_id as document, p.id::int as passage, p.text_hash as hash
        from (select * from near order by place offset 0) near, lateral (
          select p.* from search_passages p where p.text_hash = near.text_hash order by p.id offset 0) p
        where ${holds(wish)} limit ${isFree(wish) ? 2 * compared : compared}`);
      return rows;
    }

    /** What is few is compared one by one; else no more is told than whether it is rare among all. */
    async function askFew(transaction: Db): Promise<{ near: readonly Near[] | null; isRare: boolean }> {
      type Row = { isFew: boolean; isRare: boolean } & (Near | { passage: null });
      const { rows } = await transaction.execute<Row>(sql`
        with ${allowedFew(wish, mostFew)}, scored as materialized (
          select c.text_hash, row_number() over (order by ${by(vector, true)}) as place from ${table(model)} c
          where ${own(model)} and ${among(sql`c.text_hash`, sql`select text_hash from allowed where (select few from counted)`)}
        ), kept as (
          select p.* from (
            select a.*, s.place from allowed a join scored s on s.text_hash = a.text_hash order by s.place, a.id offset 0) p
          where ${notUnwanted(wish.demands)} limit ${compared}
        )
        select few as "isFew", rare as "isRare", document_id as document, id::int as passage, text_hash as hash
        from counted left join kept on true order by place, id`);
      if (rows[0]?.isFew !== true) return { near: null, isRare: rows[0]?.isRare ?? false };
      return { near: rows.filter((row) => row.passage !== null), isRare: true };
    }

    return byIndex(db, async (transaction) => {
      if (settings) await transaction.execute(settings);
      if (isFree(wish)) return ask(transaction, { most: compared, isExact: false });
      const few = mayBeFew(wish) ? await askFew(transaction) : { near: null, isRare: false };
      if (few.near) return few.near;
      const found = few.isRare ? [] : await ask(transaction, { most: lookedThrough, isExact: false });
      return found.length >= compared ? found : ask(transaction, { most: compared, isExact: true });
    });
  };
}
