import { inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { countedWords } from '../core/counted-words.ts';
import { meantBy } from '../core/meaning.ts';
import { foldedWords } from '../core/text.ts';
import { accented } from '../core/written.ts';
import { hashOf } from './meaning/text-hash.ts';
import { idList } from './narrowing.store.ts';
import type { IndexedDocument } from './ports.ts';
import { markedVectorOf, tongueOf } from './stems.store.ts';
import { searchPassages } from './tables.ts';

type PassageRow = {
  document_id: number;
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

export async function savePassages(
  transaction: Db,
  documents: readonly IndexedDocument[],
  ids: readonly number[],
): Promise<void> {
  const rows = documents.flatMap(({ document, passages }, index) =>
    passages.map(({ part, locator, language, text }): PassageRow => {
      const folded = foldedWords(text);
      return {
        document_id: ids[index] ?? 0,
        part,
        locator,
        language,
        ...tongueOf(language),
        text,
        folded,
        word_count: folded === '' ? 0 : folded.split(' ').length,
        text_hash: hashOf(meantBy(document, { part, text })),
      };
    }),
  );
  await swapPassages(transaction, ids, rows);
}

/** Takes the passages of these documents away, puts the new ones there, and counts both. */
export async function swapPassages(
  transaction: Db,
  documentIds: readonly number[],
  rows: readonly PassageRow[],
): Promise<void> {
  const before = await transaction
    .select({ text: searchPassages.text })
    .from(searchPassages)
    .where(inArray(searchPassages.documentId, [...documentIds]));
  await transaction.execute(sql`
    with gone as (
      delete from search_passages where document_id = any(${idList(documentIds)}) returning words, word_count
    ), came as (
      insert into search_passages (document_id, part, locator, language, text, words, word_count, text_hash)
      select document_id, part, locator, language, text,
        ${markedVectorOf(sql`configuration`, sql`letter`, sql`folded`, sql`word_count`)}, word_count, text_hash
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(document_id integer, part text, locator jsonb,
          language text, configuration text, letter text, text text, folded text, word_count integer, text_hash uuid)
      returning words, word_count
    ), totals as (
      insert into search_totals (id, passages, words, documents, heading_words)
      select 1, coalesce(sum(one), 0), coalesce(sum(one * word_count), 0), 0, 0
      from (select 1 as one, word_count from came union all select -1, word_count from gone) both_ways
      on conflict (id) do update set passages = search_totals.passages + excluded.passages,
        words = search_totals.words + excluded.words
    )
    insert into search_lexemes (lexeme, passages)
    select lexeme, sum(one) from (
      select lexeme, 1 as one from came, unnest(words)
      union all select lexeme, -1 from gone, unnest(words)
    ) both_ways
    group by lexeme having sum(one) <> 0 order by lexeme
    on conflict (lexeme) do update set passages = search_lexemes.passages + excluded.passages`);
  const changes = countedWords(
    before.map(({ text }) => foldedWords(text)),
    rows.map(({ folded }) => folded),
  );
  if (changes.length === 0) return;
  const written = accented(rows.map(({ text }) => text));
  const words = changes.map(({ word, passages }) => ({ word, passages, written: written.get(word) }));
  // How a word is written is told by many texts, and not by the last one that forgot its accent.
  await transaction.execute(sql`
    insert into search_words (word, passages, written)
    select * from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as x(word text, passages integer, written text)
    on conflict (word) do update set passages = search_words.passages + excluded.passages,
      written = case when excluded.passages > search_words.passages then excluded.written else search_words.written end`);
}
