import type { Course, Locator } from './document.ts';
import { countWords } from './text.ts';

type Step = { locator: Locator; text: string };

/** Where within its part: nothing else changes in a passage. */
const numberOf = (locator: Locator): number | null => {
  if (locator.at === 'block') return locator.block;
  return locator.at === 'said' ? locator.fromMs : null;
};

/** The way of a passage through the blocks or lines that it is made of. */
export function courseOf(first: Locator, steps: readonly Step[]): Course {
  const then: [number, number][] = [];
  let at = numberOf(first);
  if (at === null || steps.every(({ locator }) => numberOf(locator) === at)) return first;
  let word = 1;
  for (const { locator, text } of steps) {
    const number = numberOf(locator);
    if (number !== null && number !== at) then.push([word, number]);
    at = number;
    word += countWords(text);
  }
  return { ...first, then };
}

/** Where a word of a passage stands, counted from 1. */
export function locatorAt({ then = [], ...first }: Course, word: number): Locator {
  const number = then.findLast(([from]) => from <= word)?.[1];
  if (number === undefined) return first;
  if (first.at === 'block') return { ...first, block: number };
  return first.at === 'said' ? { ...first, fromMs: number } : first;
}
