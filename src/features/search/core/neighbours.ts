import type { Unit } from './query.ts';

/** Words that stand near each other: asked of one passage after the other, never of the index. */
export type Neighbours = { query: string; weight: number };

/** A single word of a query, as the index is asked for it; `place` is its number there, words that say nothing counted. */
export type Typed = { place: number; query: string; weight: number; unit: Unit };

/** More are the pairs of a whole sentence, and nobody says a sentence twice in the same words. */
const MOST_PAIRS = 4;
/** So far apart in the query, with words between that say nothing: "son of a gun". */
const MOST_BETWEEN = 3;
/** Side by side, as typed, two words say half as much again as the more usual of them; near each other a quarter. */
const SHARE = 0.25;

/** Of what was typed next to each other, that it stands so, and that it stands nearly so; the most telling pairs. */
export function neighboursOf(typed: readonly Typed[]): Neighbours[] {
  const pairs = typed.flatMap((first, index) => {
    const second = typed[index + 1];
    return second && isPair(first, second) ? [{ first, second, weight: lesser(first, second) }] : [];
  });
  return pairs
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_PAIRS)
    .flatMap(({ first, second, weight }) => [
      { query: after(first, second, second.place - first.place), weight: SHARE * weight },
      { query: nearby(first, second), weight: SHARE * weight },
    ]);
}

const lesser = (a: Typed, b: Typed): number => Math.min(a.weight, b.weight);

const isPair = (a: Typed, b: Typed): boolean =>
  b.place - a.place <= MOST_BETWEEN &&
  a.query !== b.query &&
  [a, b].every(({ unit }) => unit.words.length === 1);

const after = (a: Typed, b: Typed, steps: number): string => `((${a.query}) <${steps}> (${b.query}))`;

/** With a word or two between, or the other way round: "Abernathy, Sunil". */
const nearby = (a: Typed, b: Typed): string =>
  [after(a, b, 1), after(a, b, 2), after(a, b, 3), after(b, a, 1), after(b, a, 2)].join(' | ');
