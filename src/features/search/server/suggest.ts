import type { Unit } from '../core/query.ts';
import { wordsOf } from '../core/text.ts';
import type { TitleHit, WordsStore } from './ports.ts';

const SUGGESTED = 6;
/** What stands further back says little of how it goes on. */
const READ_CHARACTERS = 200;
const READ_WORDS = 8;
/** One letter begins too much to say anything. */
const TELLING_LETTERS = 2;
export type Suggestions = { titles: readonly TitleHit[]; words: readonly string[] };

type Words = Pick<WordsStore, 'queries' | 'beginning' | 'titles'>;

/** While somebody types: titles that hold what stands there, the last word being only begun, and how it may go on. */
export function createSuggest(words: Words) {
  async function titlesWith(units: readonly Unit[]): Promise<readonly TitleHit[]> {
    const asked = await words.queries(units);
    const queries = asked.filter(({ isStopWord }) => !isStopWord).map(({ query }) => `(${query})`);
    if (queries.length === 0) return [];
    // The same film in two services is one for somebody who types its title.
    const found = await words.titles(queries.join(' & '), 2 * SUGGESTED);
    const different = Map.groupBy(found, ({ kind, type, title }) => JSON.stringify([kind, type, title]));
    return [...different.values()].flatMap((same) => same.slice(0, 1)).slice(0, SUGGESTED);
  }

  async function wordsFrom(begun: string): Promise<readonly string[]> {
    if (begun.length < TELLING_LETTERS) return [];
    const known = await words.beginning(begun, SUGGESTED);
    return known.filter(({ word }) => word !== begun).map(({ word, written }) => written ?? word);
  }

  return async function suggest(text: string): Promise<Suggestions> {
    const typed = wordsOf(text.slice(-READ_CHARACTERS))
      .map(({ folded }) => folded)
      .slice(-READ_WORDS);
    const last = typed.at(-1);
    if (last === undefined || (typed.length === 1 && last.length < TELLING_LETTERS))
      return { titles: [], words: [] };
    const units = typed.map((word, index): Unit => ({
      words: [word],
      isPrefix: index === typed.length - 1,
      isQuoted: false,
    }));
    const [titles, found] = await Promise.all([titlesWith(units), wordsFrom(last)]);
    return { titles, words: found };
  };
}
