import type { ReadText } from './text.ts';
import { accented } from './written.ts';

/** How many passages more, or fewer, have a folded word; `written` only where most of them write it with accents. */
export type CountedWord = { word: string; passages: number; written?: string };

/** What is longer or has a number in it was not typed by anybody who writes words. */
const isCounted = (word: string): boolean => word.length <= 30 && /^\p{L}+$/u.test(word);

/** In how many of these passages each word stands. */
export function countedWords(passages: readonly ReadText[]): CountedWord[] {
  const counts = new Map<string, number>();
  for (const { words } of passages)
    for (const word of new Set(words.map(({ folded }) => folded)))
      counts.set(word, (counts.get(word) ?? 0) + 1);
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
