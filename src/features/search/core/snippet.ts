import type { WordPlaces } from './text.ts';

/** Text and whether it was looked for. Never markup: a page draws the mark. */
export type SnippetPart = { text: string; isHit: boolean };

const AROUND_WORDS = 34;

/**
 * The stretch of a passage with the most words that were looked for. `hits` are numbers of words, from 1, as the index
 * counts them. A hit beyond the text is passed over.
 */
export function snippetOf({ text, starts, ends }: WordPlaces, hits: readonly number[]): SnippetPart[] {
  const marked = standing(hits, starts.length);
  const first = windowStart(starts.length, marked);
  const after = Math.min(starts.length, first + AROUND_WORDS);
  const from = first === 0 ? 0 : (starts[first] ?? 0);
  const to = after === starts.length ? text.length : (ends[after - 1] ?? text.length);

  const cut: SnippetPart[] = [{ text: from > 0 ? '…' : '', isHit: false }];
  let at = from;
  for (const hit of marked) {
    if (hit <= first || hit > after) continue;
    const end = ends[hit - 1] ?? at;
    cut.push({ text: text.slice(at, starts[hit - 1]), isHit: false });
    cut.push({ text: text.slice(starts[hit - 1], end), isHit: true });
    at = end;
  }
  cut.push({ text: text.slice(at, to), isHit: false }, { text: to < text.length ? '…' : '', isHit: false });
  return cut.filter((part) => part.text !== '');
}

/** The first word of a passage that its snippet marks, from 1; null when it marks none. */
export function firstMarked(
  { starts: { length: count } }: Pick<WordPlaces, 'starts'>,
  hits: readonly number[],
): number | null {
  const marked = standing(hits, count);
  const start = windowStart(count, marked);
  return marked.find((hit) => hit > start) ?? null;
}

/** Those that the text has, in its order. */
const standing = (hits: readonly number[], count: number): number[] =>
  [...new Set(hits)].filter((hit) => hit >= 1 && hit <= count).sort((a, b) => a - b);

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
