import type { ReadText } from './text.ts';
import { accented } from './written.ts';

/** How many passages more, or fewer, have a folded word; `written` only where most of them write it with accents. */
export type CountedWord = { word: string; passages: number; written?: string };

/** What is longer or has a number in it was not typed by anybody who writes words. */
const isCounted = (word: string): boolean => word.length <= 30 && /^\p{L}+$/u.test(word);

/** In how many of these passages each word stands. */
export function countedWords(passages: readonly ReadText[]): CountedWord[] {
  const counts = new Map<string, number>();
  const lastIn = new Map<string, number>();
  passages.forEach(({ words }, passage) => {
    for (const { folded } of words) {
      if (lastIn.get(folded) === passage) continue;
      lastIn.set(folded, passage);
      counts.set(folded, (counts.get(folded) ?? 0) + 1);
    }
  });
  const written = accented(passages);
  return [...counts].flatMap(([word, count]): CountedWord[] => {
    if (!isCounted(word)) return [];
    const form = written.get(word);
    return [form === undefined ? { word, passages: count } : { word, passages: count, written: form }];
  });
}

/** The same for passages that go. */
export const countedAway = (passages: readonly ReadText[]): CountedWord[] =>
  countedWords(passages).map(({ word, passages: count }) => ({ word, passages: -count }));
