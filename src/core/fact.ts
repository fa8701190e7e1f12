/**
 * A value we read from someone else's server. "We could not ask" is not the same as "no",
 * and in this product the difference is a deleted film.
 */
export type Fact<T> = { known: true; value: T } | { known: false; why: string };

export const known = <T>(value: T): Fact<T> => ({ known: true, value });

/** `why` is a code such as `not-in-media-server`; the pages turn it into words. */
export const unknown = (why: string): Fact<never> => ({ known: false, why });

export const mapFact = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> =>
  fact.known ? known(change(fact.value)) : fact;
