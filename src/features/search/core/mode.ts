import type { SearchQuery } from './query.ts';
import { fold } from './text.ts';

/** What somebody wants to be asked: the words of the index, what is meant, or both. */
export const modes = ['auto', 'words', 'meaning', 'both'] as const;
export type Mode = (typeof modes)[number];

/** What other programs call them. */
export const modeAliases: Readonly<Record<string, Mode>> = {
  fulltext: 'words',
  semantic: 'meaning',
  hybrid: 'both',
};

export const readMode = (text: string): Mode | null =>
  modes.find((mode) => mode === text) ?? modeAliases[text] ?? null;

/** `if-nothing-found`: only when the words find nothing. */
export type MeaningUse = 'no' | 'yes' | 'if-nothing-found';
export type LayerPlan = { words: boolean; meaning: MeaningUse };

/** So many words are said, and not picked: `winter songs piano` is a list of keywords, one more begins to be a sentence. */
const SENTENCE_WORDS = 4;

const QUESTION_WORDS = new Set(
  (
    'que cual cuales quien quienes como cuando cuanto cuanta cuantos cuantas donde adonde ' +
    'what which who whose whom how when where why'
  ).split(' '),
);

function isQuestion(asked: string): boolean {
  if (/[?¿？؟]/u.test(asked)) return true;
  const [first = '', second] = fold(asked)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  // "por qué" is two words; a question word alone is a word like any other.
  return second !== undefined && (QUESTION_WORDS.has(first) || (first === 'por' && second === 'que'));
}

const countWords = (asked: string): number => asked.split(/\s+/).filter((word) => word !== '').length;

/** Phrases and `begin*` name how something is written, which no meaning knows. */
const isSpelled = ({ clauses }: Pick<SearchQuery, 'clauses'>): boolean =>
  clauses.every(({ any }) => any.every(({ isQuoted, isPrefix }) => isQuoted || isPrefix));

/** Who is asked. A query without words is only narrowed, and nobody ranks. */
export function planLayers(mode: Mode, query: Pick<SearchQuery, 'clauses' | 'asked'>): LayerPlan {
  if (query.clauses.length === 0 || mode === 'words') return { words: true, meaning: 'no' };
  if (mode === 'meaning') return { words: false, meaning: 'yes' };
  if (mode === 'both') return { words: true, meaning: 'yes' };
  if (isSpelled(query)) return { words: true, meaning: 'no' };
  const isSaid = isQuestion(query.asked) || countWords(query.asked) >= SENTENCE_WORDS;
  return { words: true, meaning: isSaid ? 'yes' : 'if-nothing-found' };
}
