import type { Found } from '../core/fuse.ts';
import { AIM_WORDS } from '../core/passages.ts';
import { parseQuery, type SearchQuery } from '../core/query.ts';
import { MOST_RANKED } from '../core/results.ts';
import { mostSlips, nearest } from '../core/spelling.ts';
import { fold, wordsOf } from '../core/text.ts';
import { MOST_NARROWED, MOST_PLACES, planWords, type ResolvedUnit } from '../core/words-plan.ts';
import { writtenForm } from '../core/written.ts';
import type { ShownStore, Totals, WordsStore } from './ports.ts';

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

const MOST_RESPELT = 6;
const SLIPS = [1, 2] as const;

/** Finds by words, with slips of the keyboard put right. */
export function createWordsLayer({ words, shown }: Deps) {
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

  async function nearestTo(word: string): Promise<string | null> {
    for (const slips of SLIPS.slice(0, mostSlips(word))) {
      const near = nearest(word, await words.alike(word, slips), slips);
      if (near !== null) return near;
    }
    return null;
  }

  /** The text with each word that stands nowhere replaced by its nearest; null when there is nothing better. */
  async function respell(text: string, resolved: readonly ResolvedUnit[]): Promise<string | null> {
    const unknown = resolved.filter(
      ({ unit, passages, isStopWord }) => passages === 0 && !isStopWord && unit.words.length === 1,
    );
    let better = text;
    for (const { unit } of unknown.slice(0, MOST_RESPELT)) {
      const word = unit.words[0] ?? '';
      const near = await nearestTo(word);
      if (near !== null) better = replaceWord(better, word, writtenForm(near, await shown.textsWith(near)));
    }
    return better === text ? null : better;
  }

  async function answer(
    text: string,
    query: SearchQuery,
    resolving: ReturnType<typeof resolve>,
  ): Promise<Worded> {
    const [resolved, totals] = await Promise.all([resolving, words.totals()]);
    const [found, better] = await Promise.all([find(query, resolved, totals), respell(text, resolved)]);
    if (found.length > 0 || better === null)
      return { found, used: query, corrected: null, didYouMean: better };
    const used = parseQuery(better);
    const again = await find(used, await resolve(used), totals);
    return again.length > 0
      ? { found: again, used, corrected: better, didYouMean: null }
      : { found: [], used: query, corrected: null, didYouMean: null };
  }

  return function byWords(text: string, query: SearchQuery): Looked {
    const resolving = resolve(query);
    return { isKnown: resolving.then(isAnyKnown, () => true), worded: answer(text, query, resolving) };
  };
}

const isAnyKnown = (resolved: readonly ResolvedUnit[]): boolean =>
  resolved.some(({ passages, isStopWord }) => passages > 0 || isStopWord);

/** Only whole words, and whatever accents they were typed with. */
function replaceWord(text: string, folded: string, by: string): string {
  const found = wordsOf(text).find(
    (word) => word.folded === folded && fold(text.slice(word.from, word.to)) === folded,
  );
  return found ? text.slice(0, found.from) + by + text.slice(found.to) : text;
}
