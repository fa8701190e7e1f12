/** From one moment of a sound or film to another. */
export type Span = { fromMs: number; toMs: number };

type Cut = {
  durationMs: number;
  /** Where nothing is heard, in order. */
  quiet: readonly Span[];
  /** No piece is longer. */
  mostMs: number;
};

/** Models refuse less than a tenth of a second, so no cut stands so near the end. */
const SHORTEST_MS = 1_000;

/**
 * Pieces that follow each other without a gap. Each ends in the middle of the longest silence of its second half, so that
 * no word is cut and few pieces are needed; where nobody ever draws breath it ends where it must.
 */
export function cutPieces({ durationMs, quiet, mostMs }: Cut): Span[] {
  const pieces: Span[] = [];
  let fromMs = 0;
  while (durationMs - fromMs > mostMs) {
    const latest = Math.min(fromMs + mostMs, durationMs - SHORTEST_MS);
    const toMs = breathBetween(quiet, fromMs + Math.floor(mostMs / 2), latest) ?? latest;
    pieces.push({ fromMs, toMs });
    fromMs = toMs;
  }
  if (durationMs > fromMs) pieces.push({ fromMs, toMs: durationMs });
  return pieces;
}

/** Of silences of the same length the last one. */
function breathBetween(quiet: readonly Span[], fromMs: number, toMs: number): number | null {
  let best: Span | null = null;
  for (const one of quiet) {
    const middle = middleOf(one);
    if (middle < fromMs || middle > toMs) continue;
    if (best === null || lengthOf(one) >= lengthOf(best)) best = one;
  }
  return best && middleOf(best);
}

const middleOf = ({ fromMs, toMs }: Span): number => Math.round((fromMs + toMs) / 2);
const lengthOf = ({ fromMs, toMs }: Span): number => toMs - fromMs;

/** Shorter than any word. */
const SHORTEST_WORD_MS = 100;

/** Whether something is heard in a piece: models make up words for silence, and each second of it is paid for. */
export function isHeard(piece: Span, quiet: readonly Span[]): boolean {
  const silent = quiet.reduce(
    (sum, { fromMs, toMs }) => sum + Math.max(0, Math.min(toMs, piece.toMs) - Math.max(fromMs, piece.fromMs)),
    0,
  );
  return lengthOf(piece) - silent >= SHORTEST_WORD_MS;
}
