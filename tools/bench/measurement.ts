export type Measurement = {
  name: string;
  value: number;
  unit: string;
  budget: number;
  /** The budget is a floor; otherwise it is a ceiling. */
  atLeast?: boolean;
};

export type Row = { name: string; value: number; unit: string; budget: number; within: boolean };

export async function timed<T>(work: () => Promise<T> | T): Promise<{ ms: number; result: T }> {
  const begun = performance.now();
  const result = await work();
  return { ms: performance.now() - begun, result };
}

/** The value below which this share of the samples lies; 0.95 for p95. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
