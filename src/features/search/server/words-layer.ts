import type { Found } from '../core/fuse.ts';
import { AIM_WORDS } from '../core/passages.ts';
import { parseQuery, type SearchQuery } from '../core/query.ts';
import { MOST_RANKED } from '../core/results.ts';
import { respelt } from '../core/spelling.ts';
import { MOST_NARROWED, MOST_PLACES, planWords, type ResolvedUnit } from '../core/words-plan.ts';
import type { ShownStore, Totals, WordsStore } from './ports.ts';
import { createSlips } from './slips.ts';

type Deps = { words: WordsStore; shown: Pick<ShownStore, 'textsWith'> };

/** `used` is what was looked for: the query, or what was probably meant by it. */
export type Worded = {
  found: readonly Found[];
  used: SearchQuery;
  corrected: string | null;
  didYouMean: string | null;
};

/** `isKnown` comes before: whether any of it stands somewhere, or it is probably a slip of the keyboard. */
export type Looked = { isKnown: Promise<boolean>; worded: Promise<Worded> };

/** Finds by words, with slips of the keyboard put right. */
export function createWordsLayer({ words, shown }: Deps) {
  const slips = createSlips({ words, shown });
  const resolve = ({ clauses, without }: SearchQuery): Promise<readonly ResolvedUnit[]> =>
    clauses.length === 0
      ? Promise.resolve([])
      : words.resolve([...clauses.flatMap(({ any }) => any), ...without]);

  async function find(
    query: SearchQuery,
    resolved: readonly ResolvedUnit[],
    totals: Totals,
  ): Promise<readonly Found[]> {
    if (query.clauses.length === 0) return query.filters.length > 0 ? words.newest(query, MOST_RANKED) : [];
    const plan = planWords(query, resolved, {
      passages: totals.passages,
      most: query.filters.length + query.parts.length > 0 ? MOST_NARROWED : MOST_PLACES,
    });
    if (!plan) return [];
    // Measured against what passages are cut to and not against their average, which a crowd of short comments makes so small
    // that every whole passage counts as long-winded.
    const lengths = { ...totals, passageWords: AIM_WORDS };
    return words.find({ plan, totals: lengths, narrowing: query, limit: MOST_RANKED });
  }

  async function answer(
    text: string,
    query: SearchQuery,
    resolving: ReturnType<typeof resolve>,
  ): Promise<Worded> {
    const [resolved, totals] = await Promise.all([resolving, words.totals()]);
    const [found, meantBy] = await Promise.all([find(query, resolved, totals), slips.slipsIn(resolved)]);
    const nothingElse = { found, used: query, corrected: null, didYouMean: null };
    if (meantBy.length === 0) return nothingElse;
    const writing = slips.written(meantBy).then((written) => respelt(text, written));
    if (found.length > 0) {
      const better = await writing;
      return { ...nothingElse, didYouMean: better === text ? null : better };
    }
    // Accents make no difference to what is found, so it need not be known first how the words are written.
    const meant = parseQuery(respelt(text, meantBy));
    const finding = resolve(meant).then((again) => find(meant, again, totals));
    const [corrected, again] = await Promise.all([writing, finding]);
    return again.length > 0
      ? { found: again, used: parseQuery(corrected), corrected, didYouMean: null }
      : nothingElse;
  }

  return function byWords(text: string, query: SearchQuery): Looked {
    const resolving = resolve(query);
    return { isKnown: resolving.then(isAnyKnown, () => true), worded: answer(text, query, resolving) };
  };
}

const isAnyKnown = (resolved: readonly ResolvedUnit[]): boolean =>
  resolved.some(({ passages, isStopWord }) => passages > 0 || isStopWord);
