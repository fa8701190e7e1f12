import { inArray, sql } from 'drizzle-orm';
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

export type ReadPassages = { rows: readonly PassageRow[]; words: readonly CountedWord[] };

/** Everything of them that needs no database: a transaction would hold others up meanwhile. */
export function readPassages(documents: readonly IndexedDocument[]): ReadPassages {
  const passages = documents.flatMap(({ document, passages: own }, place) =>
    own.map((passage) => ({ ...passage, ...readText(passage.text), document, place })),
  );
  return {
    rows: passages.map(({ document, place, part, locator, language, text, words }): PassageRow => ({
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
    words: countedWords(passages),
  };
}

/** Takes the passages of these documents away, puts the new ones there, and leaves word of both for the counts. */
export async function swapPassages(
  transaction: Db,
  documentIds: readonly number[],
  { rows, words }: ReadPassages = { rows: [], words: [] },
): Promise<void> {
  const before = await transaction
    .select({ text: searchPassages.text })
    .from(searchPassages)
    .where(inArray(searchPassages.documentId, [...documentIds]));
  const changes = [...countedAway(before.map(({ text }) => readText(text))), ...words];
  const placed = rows.map(({ place, ...row }) => ({ ...row, document_id: documentIds[place] }));
  await transaction.execute(sql`
    with gone as (
      delete from search_passages where document_id = any(${idList(documentIds)}) returning words, word_count
    ), came as (
      insert into search_passages (document_id, part, locator, language, text, words, word_count, text_hash)
      select document_id, part, locator, language, text,
        ${markedVectorOf(sql`configuration`, sql`letter`, sql`folded`, sql`word_count`)}, word_count, text_hash
      from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as x(document_id integer, part text, locator jsonb,
          language text, configuration text, letter text, text text, folded text, word_count integer, text_hash uuid)
      returning words, word_count
    ), totals as (
      insert into search_totals (id, passages, words, documents, heading_words)
      select 1, coalesce(sum(one), 0), coalesce(sum(one * word_count), 0), 0, 0
      from (select 1 as one, word_count from came union all select -1, word_count from gone) both_ways
      on conflict (id) do update set passages = search_totals.passages + excluded.passages,
        words = search_totals.words + excluded.words
    )
    insert into search_uncounted (lexemes, passages, words)
    select coalesce(array_agg(lexeme), '{}'), coalesce(array_agg(change), '{}'), ${JSON.stringify(changes)}::jsonb from (
      select lexeme, sum(one)::integer as change from (
        select lexeme, 1 as one from came, unnest(words)
        union all select lexeme, -1 from gone, unnest(words)
      ) both_ways
      group by lexeme having sum(one) <> 0) changes`);
}
