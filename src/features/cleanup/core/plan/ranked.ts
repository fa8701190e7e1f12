/**
 * Sorted by a number that is worked out once for each; what ranks the same stays as it was, or as `tie` says. A plan sorts
 * 20 000 candidates twice, and numbers side by side are compared in half the time of objects that lie about.
 */
export function ranked<T>(
  all: readonly T[],
  rank: (one: T) => number,
  tie: (a: T, b: T) => number = () => 0,
): T[] {
  const ranks = Float64Array.from(all, rank);
  const places = Uint32Array.from(all, (_one, place) => place);
  const at = (place: number): T => all[place] as T;
  places.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || tie(at(a), at(b)) || a - b);
  return Array.from(places, at);
}
