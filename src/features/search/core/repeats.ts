/**
 * A stem that stands in a passage so many times or more has a mark for each of these numbers beside it in the index. So the
 * index alone says how often a word stands there, nearly: more often than the last says no more.
 */
export const REPEATS = [2, 3, 5, 9] as const;

/** No word has a sign in it. The database writes the same when it makes a vector: see `passages.store.ts`. */
export const repeatedIn = (stem: string, times: (typeof REPEATS)[number]): string => `'+${times}${stem}'`;
