/** A swap of neighbours, a letter too many, too few or another: how many it takes from one word to the other. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + same,
          isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

export type KnownWord = { word: string; passages: number };

/** One slip in a short word, two in a long one. The nearest wins, then the more usual. */
export function nearest(typed: string, known: readonly KnownWord[]): string | null {
  const most = typed.length < 6 ? 1 : 2;
  const [best] = known
    .map(({ word, passages }) => ({ word, passages, far: distance(typed, word) }))
    .filter(({ far }) => far > 0 && far <= most)
    .toSorted((a, b) => a.far - b.far || b.passages - a.passages || (a.word < b.word ? -1 : 1));
  return best?.word ?? null;
}
