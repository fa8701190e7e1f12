import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { countedAway, countedWords, type CountedWord } from '../core/counted-words.ts';
import { meantBy } from '../core/meaning.ts';
import { folded, readText } from '../core/text.ts';
import { hashOf } from './meaning/text-hash.ts';
import { idList } from './narrowing.store.ts';
import type { IndexedDocument } from './ports.ts';
import { markedVectorOf, tongueOf } from './stems.store.ts';
import { searchPassages } from './tables.ts';

type PassageRow = {
  /** The place of its document among those that are saved with it. */
  place: number;
  part: string;
  locator: object;
  language: string;
  configuration: string;
  letter: string;
  text: string;
  folded: string;
  word_count: number;
  text_hash: string;
};

/** Some passages, and the words in them. */
export type ReadPassages = { rows: readonly PassageRow[]; words: readonly CountedWord[] };

/**
 * In one statement. A connection keeps the memory that its largest statement took: 10 MB with so many, 35 with six hundred,
 * and each connection of a program comes to write some day.
 */
const AT_ONCE = 100;

/** Everything of them that needs no database: a transaction would hold others up meanwhile. */
export function readPassages(documents: readonly IndexedDocument[]): ReadPassages[] {
  const passages = documents.flatMap(({ document, passages: own }, place) =>
    own.map((passage) => ({ ...passage, document, place })),
  );
  return Array.from({ length: Math.ceil(passages.length / AT_ONCE) }, (_, index) => {
    const some = passages
      .slice(index * AT_ONCE, (index + 1) * AT_ONCE)
      .map((passage) => ({ ...passage, ...readText(passage.text) }));
    return {
      rows: some.map(({ document, place, part, locator, language, text, words }): PassageRow => ({
        place,
        part,
        locator,
        language,
        ...tongueOf(language),
        text,
        folded: folded({ words }),
        word_count: words.length,
        text_hash: hashOf(meantBy(document, { part, text })),
      })),
      words: countedWords(some),
    };
  });
}

/** Takes the passages of these documents away, puts the new ones there, and leaves word of both for the counts. */
export async function swapPassages(
  transaction: Db,
  documentIds: readonly number[],
  fresh: readonly ReadPassages[] = [],
): Promise<void> {
  const before = await transaction
    .select({ text: searchPassages.text })
    .from(searchPassages)
    .where(inArray(searchPassages.documentId, [...documentIds]));
  if (before.length > 0) {
    const words = countedAway(before.map(({ text }) => readText(text)));
    await transaction.execute(sql`
      with gone as (
        delete from search_passages where document_id = any(${idList(documentIds)}) returning words, word_count
      ) ${counted(sql`gone`, -1, words)}`);
  }
  for (const { rows, words } of fresh) {
    const placed = rows.map(({ place, ...row }) => ({ ...row, document_id: documentIds[place] }));
    await transaction.execute(sql`
      with came as (
        insert into search_passages (document_id, part, locator, language, text, words, word_count, text_hash)
        select document_id, part, locator, language, text,
          ${markedVectorOf(sql`configuration`, sql`letter`, sql`folded`, sql`word_count`)}, word_count, text_hash
        from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as x(document_id integer, part text, locator jsonb,
            language text, configuration text, letter text, text text, folded text, word_count integer, text_hash uuid)
        returning words, word_count
      ) ${counted(sql`came`, 1, words)}`);
  }
}

/** How much there is now, and what waits to be counted. */
const counted = (passages: SQL, sign: 1 | -1, words: readonly CountedWord[]): SQL => sql`, totals as (
    insert into search_totals (id, passages, words, documents, heading_words)
    select 1, ${sign} * count(*), ${sign} * coalesce(sum(word_count), 0), 0, 0 from ${passages}
    on conflict (id) do update set passages = search_totals.passages + excluded.passages,
      words = search_totals.words + excluded.words
  )
  insert into search_uncounted (lexemes, passages, words)
  select coalesce(array_agg(lexeme), '{}'), coalesce(array_agg(change), '{}'), ${JSON.stringify(words)}::jsonb
  from (select lexeme, (${sign} * count(*))::integer as change from ${passages}, unnest(words) group by lexeme) changes`;
