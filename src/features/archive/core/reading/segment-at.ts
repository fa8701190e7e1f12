import type { Segment } from '../media.ts';

/** Which of them was the last to begin at that moment; -1 before the first. They are in the order of their beginnings. */
export function segmentAt(segments: readonly Segment[], ms: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.fromMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
