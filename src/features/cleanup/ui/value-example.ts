import { valueScore, type ValueWeights } from '../core/judging/value.ts';

/** A title of the library, with all that its value is made of. */
export type ValueExample = {
  id: string;
  title: string;
  year: number | null;
  sizeBytes: number;
  rating: number | null;
  votes: number | null;
  /** When its clock began. */
  since: Date;
};

export type ScoredExample = ValueExample & { score: number };

/** The titles in the order in which they would go. */
export const scoredExamples = (
  examples: readonly ValueExample[],
  at: { now: Date; weights: ValueWeights },
): ScoredExample[] =>
  examples
    .map((example) => {
      const sizeBytes = { known: true as const, value: example.sizeBytes };
      return { ...example, score: valueScore({ ...example, sizeBytes }, example.since, at) };
    })
    .toSorted((a, b) => b.score - a.score);

/** What was typed, where it is a weight; else what stood there. */
export function weightOf(typed: string, before: number, most: number): number {
  const value = typed.trim() === '' ? NaN : Number(typed.replace(',', '.'));
  return value >= 0 && value <= most ? value : before;
}
