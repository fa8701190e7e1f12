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

/** While somebody types: titles that hold what stands there, the last word being only begun, and how it may go on. */
export const createSuggest = (words: Pick<WordsStore, 'queries' | 'beginning' | 'titles'>) =>
  async function suggest(text: string): Promise<Suggestions> {
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
    const [asked, known] = await Promise.all([
      words.queries(units),
      last.length < TELLING_LETTERS ? [] : words.beginning(last, SUGGESTED),
    ]);
    const queries = asked.filter(({ isStopWord }) => !isStopWord).map(({ query }) => `(${query})`);
    const titles = queries.length === 0 ? [] : await words.titles(queries.join(' & '), SUGGESTED);
    return { titles, words: known.map(({ word }) => word).filter((word) => word !== last) };
  };
