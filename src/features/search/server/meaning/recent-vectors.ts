/** The vectors that were asked for last, at most so many. */
export function createRecentVectors(most: number) {
  const kept = new Map<string, Float32Array>();
  return {
    get(key: string): Float32Array | undefined {
      const vector = kept.get(key);
      if (!vector) return undefined;
      // What is asked again is the newest again.
      kept.delete(key);
      kept.set(key, vector);
      return vector;
    },
    keep(key: string, vector: Float32Array): void {
      kept.delete(key);
      kept.set(key, vector);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
    forget: (): void => kept.clear(),
  };
}
