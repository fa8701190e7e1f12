import type { Mode } from '#features/search/core/mode.ts';
import { parseQuery } from '#features/search/core/query.ts';
import { PAGE_SIZE } from '#features/search/core/results.ts';
import { planWords, type WordsPlan } from '#features/search/core/words-plan.ts';
import type { WordsStore } from '#features/search/server/ports.ts';
import type { SearchService } from '#features/search/server/search.service.ts';
import { sql, type Db } from '#server/platform/db.ts';

/** Finds at most fifty documents, best first, by their ids. Another layer of the search joins as one more of these. */
export type Engine = (text: string) => Promise<readonly string[]>;

export const PLACES = 50;

/** As people get it: page after page, with slips of the keyboard put right. */
export const searchEngine =
  (search: SearchService['search'], mode: Mode): Engine =>
  async (text) => {
    const found: string[] = [];
    for (let page = 1; page <= PLACES / PAGE_SIZE; page += 1) {
      const { documents } = await search({ text, page, mode });
      found.push(...documents.map(({ id }) => id));
      if (documents.length < PAGE_SIZE) break;
    }
    return found;
  };

const whole = ({ terms, must }: WordsPlan): string => {
  const any = terms.map(({ query }) => `(${query})`).join(' | ');
  return must === null ? any : `(${any}) & (${must})`;
};

/**
 * PostgreSQL's own rank, with the same stems and without stop words, over the same passages. Titles, tags and names are one
 * more passage, or what only they tell would not be found.
 */
export const tsRankEngine =
  (db: Db, words: Pick<WordsStore, 'resolve'>): Engine =>
  async (text) => {
    const query = parseQuery(text);
    const units = [...query.clauses.flatMap(({ any }) => any), ...query.without];
    // Only its words are used, so how many passages there are plays no part.
    const plan = planWords(query, await words.resolve(units), { passages: 1 });
    if (!plan) return [];
    const isAnywhere = query.parts.length === 0;
    const asked = sql`${whole(plan)}::tsquery`;
    const { rows } = await db.execute<{ ref: string }>(sql`
      select d.ref from (
        select document_id, ts_rank(words, ${asked}) as rank from search_passages
        where words @@ ${asked} and (${isAnywhere} or part = any(${`{${query.parts.join(',')}}`}::text[]))
        union all select id, ts_rank(heading, ${asked}) from search_documents where ${isAnywhere} and heading @@ ${asked}
      ) found join search_documents d on d.id = found.document_id
      group by d.id, d.ref order by max(rank) desc, d.id limit ${PLACES}`);
    return rows.map(({ ref }) => ref);
  };
