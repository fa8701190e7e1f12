/** The usual number (Cormack 2009): the first few places of a list weigh about the same. */
const SMOOTHING = 60;
const BEST_PASSAGES = 3;

/** A document that a layer found, with its passages, best first; none when only its title was found. */
export type Found = { document: number; passages: readonly number[] };

export type FoundDocument = Found & { score: number };

/**
 * Joins the lists of the layers, which have each document once, by rank, because their scores are on different scales; and
 * so the passages of each document, of which the best three stay. Ties fall back to the document, so that pages are stable.
 */
export function fuse(layers: readonly (readonly Found[])[]): FoundDocument[] {
  const found = new Map<number, { score: number; lists: (readonly number[])[] }>();
  for (const layer of layers)
    layer.forEach(({ document, passages }, index) => {
      const score = 1 / (SMOOTHING + index + 1);
      const before = found.get(document);
      if (before) {
        before.score += score;
        before.lists.push(passages);
      } else found.set(document, { score, lists: [passages] });
    });
  return [...found]
    .map(([document, { score, lists }]) => ({ document, score, passages: bestOf(lists) }))
    .sort((a, b) => b.score - a.score || a.document - b.document);
}

function bestOf(lists: readonly (readonly number[])[]): readonly number[] {
  const [only = []] = lists;
  if (lists.length < 2) return only.slice(0, BEST_PASSAGES);
  const scores = new Map<number, number>();
  for (const list of lists)
    list.forEach((passage, index) => {
      scores.set(passage, (scores.get(passage) ?? 0) + 1 / (SMOOTHING + index + 1));
    });
  return [...scores]
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || a - b)
    .slice(0, BEST_PASSAGES)
    .map(([passage]) => passage);
}

/** What a layer found passage by passage, best first, by the documents that they stand in. */
export const byDocument = (passages: readonly { document: number; passage: number }[]): Found[] =>
  [...Map.groupBy(passages, ({ document }) => document)].map(([document, own]) => ({
    document,
    passages: own.map(({ passage }) => passage),
  }));
