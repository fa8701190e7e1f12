type Grades = ReadonlyMap<string, number>;

/** How much of the answer is of use: what only touches on the matter is not what somebody looked for. */
const RELEVANT = 2;

const gain = (grade: number, place: number): number => (2 ** grade - 1) / Math.log2(place + 2);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** 1 when the first ten are the best there are, in their order (Järvelin and Kekäläinen 2002; gains as in web search). */
export function ndcg(found: readonly string[], grades: Grades, places = 10): number {
  const best = [...grades.values()].toSorted((a, b) => b - a).slice(0, places);
  const ideal = sum(best.map(gain));
  return ideal === 0 ? 0 : sum(found.slice(0, places).map((id, at) => gain(grades.get(id) ?? 0, at))) / ideal;
}

const isRelevant = (grades: Grades) => (id: string) => (grades.get(id) ?? 0) >= RELEVANT;

/** The share of all relevant documents among the first fifty; of more than fifty, fifty are all. */
export function recall(found: readonly string[], grades: Grades, places = 50): number {
  const relevant = [...grades.keys()].filter(isRelevant(grades)).length;
  const here = found.slice(0, places).filter(isRelevant(grades)).length;
  return relevant === 0 ? 0 : here / Math.min(relevant, places);
}

/** One over the place of the first relevant document. */
export function reciprocalRank(found: readonly string[], grades: Grades): number {
  const at = found.findIndex(isRelevant(grades));
  return at === -1 ? 0 : 1 / (at + 1);
}
