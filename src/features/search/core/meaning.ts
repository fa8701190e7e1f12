import type { Part, SearchDocument } from './document.ts';
import type { SearchQuery } from './query.ts';
import type { ResolvedUnit } from './words-plan.ts';

/** In the order they are kept. One that is whole has a vector of every passage that there was when it became so. */
export type VectorModel = {
  /** Ours, in the order that they were chosen. */
  number: number;
  id: string;
  name: string;
  dimensions: number;
  isWhole: boolean;
};

/**
 * What a passage means is made of its text and, where that is part of it, of the title above: a body or an overview often
 * says "it" of what only the title names. Comments and pages of files stand for themselves, or all of a post would be alike.
 */
export const meantBy = (
  { title }: Pick<SearchDocument, 'title'>,
  { part, text }: { part: Part; text: string },
): string => ((part === 'body' || part === 'library') && title.trim() !== '' ? `${title}\n${text}` : text);

/** The chosen one answers as soon as it is whole; until then another that is; and if there is none, it does with what it has. */
export const answeringModel = (kept: readonly VectorModel[], chosenId: string): VectorModel | null => {
  const chosen = kept.find(({ id }) => id === chosenId) ?? null;
  if (chosen?.isWhole) return chosen;
  return kept.findLast(({ isWhole }) => isWhole) ?? chosen;
};

/** What holds of whatever the meaning finds, as expressions of PostgreSQL's text search. */
export type Demands = {
  /** Of each, one of its readings stands there: who puts words in quotation marks says how it is written. */
  phrases: readonly (readonly string[])[];
  /** None of it stands there, nor in the title. */
  unwanted: string | null;
};

export function demandsOf(
  query: Pick<SearchQuery, 'clauses' | 'without'>,
  resolved: readonly ResolvedUnit[],
): Demands {
  const known = new Map(resolved.filter((one) => one.query !== null).map((one) => [one.unit, one]));
  const phrases = query.clauses
    .filter(({ any }) => any.every(({ isQuoted }) => isQuoted))
    .map(({ any }) => any.flatMap((unit) => known.get(unit)?.readings.map((one) => one.query) ?? []))
    .filter((readings) => readings.length > 0);
  const unwanted = query.without.flatMap((unit) => known.get(unit)?.query ?? []);
  return {
    phrases,
    unwanted: unwanted.length === 0 ? null : unwanted.map((one) => `(${one})`).join(' | '),
  };
}

type Scored = { document: number; score: number };

/**
 * Of what is nearest, best first: each document with its best passage, and with others only when they are nearer to the best
 * of all than to the middle. In a small archive every passage is among the nearest, and most say nothing of the query. How
 * likeness is spread differs from model to model, so no number can be the limit.
 */
export function telling<T extends Scored>(found: readonly T[]): T[] {
  const best = found[0]?.score ?? 0;
  const middle = found[Math.floor(found.length / 2)]?.score ?? best;
  const seen = new Set<number>();
  return found.filter(({ document, score }) => {
    const isFirst = !seen.has(document);
    seen.add(document);
    return isFirst || score - middle >= best - score;
  });
}
