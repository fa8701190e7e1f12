/**
 * Time that may be spent waiting for the other side, over a whole call with its body. Only `during` counts: while a
 * reader of a long list stores what it got, the clock stands still.
 */
export function createDeadline(totalMs: number, caller?: AbortSignal) {
  const controller = new AbortController();
  let leftMs = totalMs;

  return {
    signal: caller ? AbortSignal.any([controller.signal, caller]) : controller.signal,

    async during<T>(work: () => Promise<T>): Promise<T> {
      const startedAt = performance.now();
      const timer = setTimeout(() => controller.abort(), leftMs);
      try {
        return await work();
      } finally {
        clearTimeout(timer);
        leftMs = Math.max(1, leftMs - (performance.now() - startedAt));
      }
    },

    state: () => ({
      passed: controller.signal.aborted,
      afterMs: totalMs,
      aborted: caller?.aborted ?? false,
    }),
  };
}

export type Deadline = ReturnType<typeof createDeadline>;
