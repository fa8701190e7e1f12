import type { ReadText } from './text.ts';

/** Text and whether it was looked for. Never markup: a page draws the mark. */
export type SnippetPart = { text: string; isHit: boolean };

const AROUND_WORDS = 34;

/**
 * The stretch of a passage with the most words that were looked for. `hits` are numbers of words, from 1, as the index
 * counts them. A hit beyond the text is passed over.
 */
export function snippetOf({ text, words }: ReadText, hits: readonly number[]): SnippetPart[] {
  const marked = new Set(hits.filter((hit) => hit >= 1 && hit <= words.length));
  const first = windowStart(
    words.length,
    [...marked].toSorted((a, b) => a - b),
  );
  const last = Math.min(words.length, first + AROUND_WORDS) - 1;
  const from = first === 0 ? 0 : (words[first]?.from ?? 0);
  const to = last === words.length - 1 ? text.length : (words[last]?.to ?? text.length);

  const cut: SnippetPart[] = [{ text: from > 0 ? '…' : '', isHit: false }];
  let at = from;
  for (const [offset, word] of words.slice(first, last + 1).entries()) {
    if (!marked.has(first + offset + 1)) continue;
    cut.push({ text: text.slice(at, word.from), isHit: false });
    cut.push({ text: text.slice(word.from, word.to), isHit: true });
    at = word.to;
  }
  cut.push({ text: text.slice(at, to), isHit: false }, { text: to < text.length ? '…' : '', isHit: false });
  return cut.filter((part) => part.text !== '');
}

/** The first word of a passage that its snippet marks, from 1; null when it marks none. */
export function firstMarked(
  { words: { length: count } }: Pick<ReadText, 'words'>,
  hits: readonly number[],
): number | null {
  const sorted = hits.filter((hit) => hit >= 1 && hit <= count).toSorted((a, b) => a - b);
  const start = windowStart(count, sorted);
  return sorted.find((hit) => hit > start) ?? null;
}

/** Where most different hits are near each other; a few words before the first of them. */
function windowStart(count: number, hits: readonly number[]): number {
  if (count <= AROUND_WORDS) return 0;
  let best = { start: 0, found: 0 };
  for (const hit of hits) {
    const start = Math.max(0, Math.min(hit - 1 - AROUND_WORDS / 4, count - AROUND_WORDS));
    const begin = Math.floor(start);
    const found = hits.filter((one) => one > begin && one <= begin + AROUND_WORDS).length;
    if (found > best.found) best = { start: begin, found };
  }
  return best.start;
}
