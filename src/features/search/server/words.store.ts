import { sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Unit } from '../core/query.ts';
import { REPEATS } from '../core/repeats.ts';
import { halvesOf, type KnownWord } from '../core/spelling.ts';
import type { Reading, ResolvedUnit } from '../core/words-plan.ts';
import { ofDocuments, ofPassages } from './narrowing.store.ts';
import type { TitleHit, Totals, WordsStore } from './ports.ts';
import { findWords } from './ranking.store.ts';
import { askedWith, TONGUES } from './stems.store.ts';

/** What begins with less begins too many words to be counted while somebody waits. */
const TELLING_LETTERS = 3;
/** Of those that hold what is typed so far, the shortest are suggested; with more of them a letter says nothing yet. */
const MOST_TITLES = 3000;

/** Two slips in a long word may leave no more of its pieces, and many words are so. */
const ALIKE = 0.3;
/** Shorter words are too many to be meant. */
const GUESSED_LETTERS = 4;

export function createWordsStore(db: Db): WordsStore {
  return {
    resolve: (units) => resolveUnits(db, units, true),

    async queries(units) {
      const resolved = await resolveUnits(db, units, false);
      return resolved.flatMap(({ query, isStopWord }) => (query === null ? [] : [{ query, isStopWord }]));
    },

    async totals() {
      const { rows } = await db.execute<Totals>(sql`
        select passages, greatest(words::float8 / nullif(passages, 0), 1) as "passageWords",
          greatest(heading_words::float8 / nullif(documents, 0), 1) as "headingWords" from search_totals`);
      return rows[0] ?? { passages: 0, passageWords: 1, headingWords: 1 };
    },

    find: (wish) => findWords(db, wish),

    async newest(narrowing, limit) {
      const hasPart =
        narrowing.parts.length === 0
          ? sql`true`
          : sql`exists (select from search_passages p where p.document_id = d.id and ${ofPassages(narrowing)})`;
      const { rows } = await db.execute<{ id: number }>(sql`
        select d.id from search_documents d
        where ${ofDocuments(narrowing)} and ${hasPart}
        order by d.at desc nulls last, d.id desc limit ${limit}`);
      return rows.map(({ id }) => ({ document: id, passages: [] }));
    },

    alike: (word, slips) => (slips === 1 ? withOneSlip(db, word) : withSlips(db, word)),

    async beginning(word, limit) {
      const { rows } = await db.execute<KnownWord & { written: string | null }>(sql`
        select word, passages, written from search_words
        where ${beginsWith(sql`word`, sql`${word}::text`)} and passages > 0 and length(word) >= ${GUESSED_LETTERS}
        order by passages desc, word limit ${limit}`);
      return rows;
    },

    async titles(query, limit) {
      const { rows } = await db.execute<TitleHit>(sql`
        select kind, ref, title, type from (
          select id, kind, ref, title, type, heading_words, at from search_documents
          where heading @@ ${query}::tsquery limit ${MOST_TITLES}
        ) holding order by heading_words, at desc nulls last, id limit ${limit}`);
      return rows;
    },
  };
}

type ResolvedRow = {
  number: number;
  letter: string;
  query: string;
  stems: string[];
  passages: number;
  written: number | null;
  repeated: number[];
};

const LAST_LETTER = sql`chr(1114111)`;
const beginsWith = (column: SQL, begin: SQL): SQL =>
  sql`${column} >= ${begin} and ${column} < (${begin} || ${LAST_LETTER})`;

/** What one slip leaves as it is: the first half or the second, or it swapped the letters where they meet. */
async function withOneSlip(db: Db, word: string): Promise<KnownWord[]> {
  const { first, last, swapped } = halvesOf(word);
  const { length } = Array.from(word);
  const lengths = [length - 1, length, length + 1].filter((one) => one >= GUESSED_LETTERS);
  const known = sql`passages > 0 and length(word) = any(${`{${lengths.join(',')}}`}::int[])`;
  const { rows } = await db.execute<KnownWord>(sql`
    select word, passages from search_words where ${known} and ${beginsWith(sql`word`, sql`${first}::text`)}
    union select word, passages from search_words
      where ${known} and ${beginsWith(sql`reverse(word)`, sql`reverse(${last}::text)`)}
    union select word, passages from search_words where ${known} and word = ${swapped}`);
  return rows;
}

/** By the pieces of three letters that both have: more slips, and much more to look at. */
const withSlips = (db: Db, word: string): Promise<KnownWord[]> =>
  db.transaction(async (transaction) => {
    await transaction.execute(sql`select set_config('pg_trgm.similarity_threshold', ${String(ALIKE)}, true)`);
    const { rows } = await transaction.execute<KnownWord>(sql`
      select word, passages from search_words
      where word % ${word} and passages > 0 and length(word) >= ${GUESSED_LETTERS}
      order by similarity(word, ${word}) desc, passages desc, word limit 20`);
    return rows;
  });

/** What a unit is in each language. A word that one of them leaves out is a stop word there. */
async function resolveUnits(db: Db, units: readonly Unit[], isCounted: boolean): Promise<ResolvedUnit[]> {
  const asked = units.map(({ words, isPrefix }, number) => ({
    number,
    text: words.join(' '),
    is_prefix: isPrefix,
  }));
  const { rows } = await db.execute<ResolvedRow>(sql`
    select u.number, c.letter, ${askedWith(sql`c.letter`, sql`q.query`)} as query, q.stems,
      case when ${isCounted} and q.query::text = '' then (select passages from search_words where word = u.text) end as written,
      ${isCounted ? passagesOf(sql`case when u.is_prefix then q.stems[1] end`, sql`q.stems`) : sql`0`} as passages,
      array(select ${passagesOf(sql`case when u.is_prefix then r.mark end`, sql`array[r.mark]`)}
        from (select '+' || times || q.stems[1] as mark, place
          from unnest(${`{${REPEATS.join(',')}}`}::text[]) with ordinality as each(times, place)) r
        where ${isCounted} and (not u.is_prefix or length(u.text) >= ${TELLING_LETTERS}) order by r.place) as repeated
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as u(number integer, text text, is_prefix boolean), ${TONGUES},
      lateral (select
        case when u.is_prefix then to_tsquery(c.configuration::regconfig, u.text || ':*')
          else phraseto_tsquery(c.configuration::regconfig, u.text) end as query,
        array(select c.letter || lexeme from unnest(to_tsvector(c.configuration::regconfig, u.text))) as stems
        offset 0) q`); // or each of them is worked out wherever it is named
  const byUnit = Map.groupBy(rows, (row) => row.number);
  return units.map((unit, number) => resolvedOf(unit, byUnit.get(number) ?? []));
}

const readingOf = (rows: readonly ResolvedRow[]): Reading => ({
  query: rows.map(({ query }) => `(${query})`).join(' | '),
  stems: rows.flatMap(({ stems }) => stems),
  passages: sum(rows.map(({ passages }) => passages)),
  repeated: rows.every(({ repeated }) => repeated.length > 0)
    ? REPEATS.map((_, index) => sum(rows.map(({ repeated }) => repeated[index] ?? 0)))
    : [],
});

const phraseOf = ({ query, stems, passages, repeated }: ResolvedRow): Reading =>
  stems.length === 1 ? { query, stems, passages, repeated } : { query, stems: [], passages, repeated: [] };

function resolvedOf(unit: Unit, rows: readonly ResolvedRow[]): ResolvedUnit {
  const known = rows.filter(({ query }) => query !== '');
  const isWord = known.every(({ stems }) => stems.length === 1);
  const isSingle = unit.words.length === 1 && !unit.isPrefix;
  // A text is of one language, so none is counted twice.
  const passages = sum(known.map((row) => row.passages));
  const isAnywhere = known.some((row) => row.passages > 0);
  return {
    unit,
    query: known.length === 0 ? null : known.map(({ query }) => `(${query})`).join(' | '),
    isStopWord: isSingle && known.length < rows.length,
    isStopWordOfAll: isSingle && known.length < 2,
    passages,
    written: Math.max(passages, ...rows.map(({ written }) => written ?? 0)),
    readings: isWord
      ? [readingOf(known)]
      : known.filter((row) => !isAnywhere || row.passages > 0).map(phraseOf),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** A phrase is at most as frequent as its rarest word. A pattern that is not known beforehand would read all stems. */
const passagesOf = (begin: SQL, stems: SQL): SQL => sql`(coalesce(
  case when ${begin} is null
    then (select min(coalesce(l.passages, 0)) from unnest(${stems}) as w(stem) left join search_lexemes l on l.lexeme = w.stem)
    else (select sum(l.passages) from search_lexemes l
      where ${beginsWith(sql`l.lexeme`, begin)}) end, 0)::int)`;
