import type { SnippetPart } from './snippet.ts';
import { countWords, placesOf } from './text.ts';

/** A sentence of a passage, and the number of its first word there, from 1. */
export type Sentence = { text: string; from: number; word: number };

/** Where passages are cut too. */
const BETWEEN = /(?<=[.!?…。！？]["'»”’)\]]*)\s+(?=\S)|\n+/gu;
/** Nobody reads more of it in a list. */
const MOST_SENTENCES = 40;
const SHOWN_WORDS = 40;

export function sentencesOf(text: string): Sentence[] {
  const ends = [...text.matchAll(BETWEEN)].map(({ 0: gap, index }) => ({
    to: index,
    next: index + gap.length,
  }));
  const sentences: Sentence[] = [];
  let from = 0;
  let word = 1;
  for (const { to, next } of [...ends, { to: text.length, next: text.length }]) {
    const sentence = text.slice(from, to);
    const words = countWords(sentence);
    if (words > 0) sentences.push({ text: sentence.trim(), from, word });
    word += words;
    from = next;
  }
  return sentences.slice(0, MOST_SENTENCES);
}

/** The passage from this sentence on, as much as a snippet shows. Nothing is marked: no word of it was looked for. */
export function snippetFrom(text: string, { from }: Pick<Sentence, 'from'>): SnippetPart[] {
  const rest = text.slice(from);
  const { starts, ends } = placesOf(rest);
  const isWhole = starts.length <= SHOWN_WORDS;
  const shown = `${from > 0 ? '…' : ''}${isWhole ? rest.trimEnd() : `${rest.slice(0, ends[SHOWN_WORDS - 1])}…`}`;
  return shown === '' ? [] : [{ text: shown, isHit: false }];
}

/** Of several vectors the one that says most nearly the same; all are of length one. Null when there is none. */
export function nearestOf(
  query: Float32Array,
  vectors: readonly (Float32Array | undefined)[],
): number | null {
  let best: { index: number; score: number } | null = null;
  for (const [index, vector] of vectors.entries()) {
    const score = vector ? likeness(query, vector) : -Infinity;
    if (vector && (best === null || score > best.score)) best = { index, score };
  }
  return best?.index ?? null;
}

/** The cosine of vectors of length one. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1) sum += (a[place] ?? 0) * (b[place] ?? 0);
  return sum;
}
