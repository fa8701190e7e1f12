import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';

/** One at a time: two that wait for each other's words would never end. */
const TURN = sql`select pg_advisory_xact_lock(hashtextextended('search.count', 0))`;

/** Of what waits. More would take more memory than a page that is written does, and its connection keeps that. */
const AT_ONCE = 8;

/** Adds what came and went to the counts of stems and words, and each of it once, whoever is killed. */
export async function countUp(db: Db, { all }: { all: boolean }): Promise<void> {
  while (await countSome(db, all ? 1 : AT_ONCE));
}

const countSome = (db: Db, least: number): Promise<boolean> =>
  db.transaction(async (transaction) => {
    await transaction.execute(TURN);
    const { rows } = await transaction.execute<{ id: number }>(
      sql`select id from search_uncounted order by id limit ${AT_ONCE}`,
    );
    if (rows.length < least) return false;
    const chosen = sql`search_uncounted where id = any(${`{${rows.map(({ id }) => id).join(',')}}`}::bigint[])`;
    await transaction.execute(sql`
      insert into search_lexemes (lexeme, passages)
      select lexeme, sum(each.passages) from (select * from ${chosen}) u, unnest(u.lexemes, u.passages) as each(lexeme, passages)
      group by lexeme having sum(each.passages) <> 0 order by lexeme
      on conflict (lexeme) do update set passages = search_lexemes.passages + excluded.passages`);
    // How a word is written is told by many texts, and not by the last one that forgot its accent.
    await transaction.execute(sql`
      insert into search_words (word, passages, written)
      select word, sum(passages), case when coalesce(max(passages) filter (where written is not null), 0)
          > coalesce(max(passages) filter (where written is null), 0) then max(written) end
      from (select words from ${chosen}) u,
        jsonb_to_recordset(u.words) as each(word text collate "C", passages integer, written text)
      group by word having sum(passages) <> 0 order by word
      on conflict (word) do update set passages = search_words.passages + excluded.passages,
        written = case when excluded.passages > search_words.passages then excluded.written else search_words.written end`);
    await transaction.execute(sql`delete from ${chosen}`);
    await transaction.execute(sql`select gin_clean_pending_list('search_words_like')`);
    return true;
  });
