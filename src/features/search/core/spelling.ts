import { fold, wordsOf } from './text.ts';

/** A swap of neighbours, a letter too many, too few or another: how many it takes from one word to the other. */
export function distance(a: string, b: string): number {
  // Three rows are turned over, because a slip is compared with some thousand words while somebody waits.
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  let row: number[] = [];
  const far = (of: readonly number[], column: number): number => of[column] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const changed = far(last, j - 1) + Number(a[i - 1] !== b[j - 1]);
      const swapped = isSwap ? far(beforeLast, j - 2) + 1 : Infinity;
      row[j] = Math.min(far(last, j) + 1, far(row, j - 1) + 1, changed, swapped);
    }
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return far(last, b.length);
}

export type KnownWord = { word: string; passages: number };

/** In a short word a second slip leaves too little. */
export const mostSlips = (typed: string): 1 | 2 => (typed.length < 6 ? 1 : 2);

/** The nearest wins, then the more usual. */
export function nearest(typed: string, known: readonly KnownWord[], most: number): string | null {
  const [best] = known
    .flatMap(({ word, passages }) => {
      const far = distance(typed, word);
      return far > 0 && far <= most ? [{ word, passages, far }] : [];
    })
    .sort((a, b) => a.far - b.far || b.passages - a.passages || (a.word < b.word ? -1 : 1));
  return best?.word ?? null;
}

/**
 * One slip leaves the first half of a word as it is, or the second; or it swapped the two letters where the halves meet, and
 * then there is only one word that can be meant.
 */
export function halvesOf(word: string): { first: string; last: string; swapped: string } {
  const letters = Array.from(word);
  const half = Math.floor(letters.length / 2);
  const [left = '', right = ''] = letters.slice(half - 1, half + 1);
  return {
    first: letters.slice(0, half).join(''),
    last: letters.slice(half).join(''),
    swapped: [...letters.slice(0, half - 1), right, left, ...letters.slice(half + 1)].join(''),
  };
}

/** A word that stands nowhere, and what it probably is. */
export type Slip = { word: string; by: string };

/** The text with these words put right, and everything else as it was typed. */
export const respelt = (text: string, slips: readonly Slip[]): string =>
  slips.reduce((better, { word, by }) => replaceWord(better, word, by), text);

/** Only whole words, and whatever accents they were typed with. */
function replaceWord(text: string, folded: string, by: string): string {
  const found = wordsOf(text).find(
    (word) => word.folded === folded && fold(text.slice(word.from, word.to)) === folded,
  );
  return found ? text.slice(0, found.from) + by + text.slice(found.to) : text;
}
