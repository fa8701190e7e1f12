/** A swap of neighbours, a letter too many, too few or another: how many it takes from one word to the other. */
export function distance(a: string, b: string): number {
  const far = (row: readonly number[], column: number): number => row[column] ?? Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const changed = far(last, j - 1) + Number(a[i - 1] !== b[j - 1]);
      const swapped = isSwap ? far(beforeLast, j - 2) + 1 : Infinity;
      row.push(Math.min(far(last, j) + 1, far(row, j - 1) + 1, changed, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return far(last, b.length);
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
