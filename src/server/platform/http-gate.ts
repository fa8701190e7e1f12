/** At most `limit` calls at a time for each host; the others wait in line. */
export function createGate(limit: number) {
  const running = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  function leave(host: string): void {
    const next = waiting.get(host)?.shift();
    if (next) return next();
    const left = (running.get(host) ?? 1) - 1;
    if (left > 0) running.set(host, left);
    else running.delete(host);
  }

  const once = (host: string) => {
    let left = false;
    return () => {
      if (!left) leave(host);
      left = true;
    };
  };

  return {
    /** Gives the function to call when the call is over; calling it twice does no harm. Rejects when aborted. */
    async enter(host: string, signal?: AbortSignal): Promise<() => void> {
      signal?.throwIfAborted();
      const now = running.get(host) ?? 0;
      if (now < limit) {
        running.set(host, now + 1);
        return once(host);
      }
      await new Promise<void>((resolve, reject) => {
        const line = waiting.get(host) ?? [];
        waiting.set(host, line);
        const giveUp = () => {
          line.splice(line.indexOf(turn), 1);
          reject(new DOMException('aborted', 'AbortError'));
        };
        const turn = () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        line.push(turn);
        signal?.addEventListener('abort', giveUp, { once: true });
      });
      return once(host);
    },
  };
}
