/** The usual number (Cormack 2009): the first few places of a list weigh about the same. */
const SMOOTHING = 60;
const BEST_PASSAGES = 3;

/** A passage that a layer found, best first in its list. */
export type Found = { document: number; passage: number | null };

export type FoundDocument = { document: number; score: number; passages: readonly number[] };

/**
 * Joins the lists of the layers by rank, because their scores are on different scales, and then the passages by the
 * document that they stand in, with the best three. Ties fall back to the document, so that pages are stable.
 */
export function fuse(layers: readonly (readonly Found[])[]): FoundDocument[] {
  const found = new Map<number, { score: number; passages: Map<number, number> }>();
  for (const layer of layers) {
    const seen = new Set<number>();
    const places = new Map<number, number>();
    for (const { document, passage } of layer) {
      const entry = found.get(document) ?? { score: 0, passages: new Map<number, number>() };
      found.set(document, entry);
      if (!seen.has(document)) entry.score += 1 / (SMOOTHING + seen.size + 1);
      seen.add(document);
      if (passage === null) continue;
      const place = (places.get(document) ?? 0) + 1;
      places.set(document, place);
      entry.passages.set(passage, (entry.passages.get(passage) ?? 0) + 1 / (SMOOTHING + place));
    }
  }
  return [...found]
    .map(([document, { score, passages }]) => ({ document, score, passages: bestOf(passages) }))
    .sort((a, b) => b.score - a.score || a.document - b.document);
}

const bestOf = (passages: ReadonlyMap<number, number>): number[] =>
  [...passages]
    .toSorted(([a, ofA], [b, ofB]) => ofB - ofA || a - b)
    .slice(0, BEST_PASSAGES)
    .map(([passage]) => passage);
