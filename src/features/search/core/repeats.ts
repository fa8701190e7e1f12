/**
 * A stem that stands in a passage so many times or more has a mark for each of these numbers beside it in the index. So the
 * index alone says how often a word stands there, nearly: more often than the last says no more. Each has one digit, or
 * marks of stems that begin with one would be mistaken for others.
 */
export const REPEATS = [2, 3, 4, 6, 9] as const;
export type Repeats = (typeof REPEATS)[number];

/** For how often a mark stands, between its own number and the next: the usual law has more of the lesser. */
const means: Readonly<Record<Repeats, number>> = { 2: 2, 3: 3, 4: 4.4, 6: 6.8, 9: 11 };

export const timesMeant = (repeats: Repeats | undefined): number =>
  repeats === undefined ? 1 : means[repeats];

/** A short passage has a mark too: in it, a word that stands there once may say as much as one that often stands in others. */
export const SHORT = "'+0'";
export const SHORT_WORDS = 100;

/** No word has a sign in it. The database writes the same when it makes a vector: see `passages.store.ts`. */
export const repeatedIn = (stem: string, times: Repeats): string => `'+${times}${stem}'`;
