/** A line that stays open and brings nothing is as good as dead. */
export function stallWatch(afterMs: number) {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`Nothing came for ${afterMs} ms`)), afterMs);
  timer.unref();
  return {
    signal: stalled.signal,
    alive: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}
