export type WakeDeps = {
  /** Asks for the job that indexes what changed; null when one waits already. */
  ask: (startAfter: Date) => Promise<string | null>;
  clock: { now(): Date };
  calmMs: number;
  onTrouble: (problem: unknown) => void;
};

/**
 * A sync says a hundred times a minute that something changed; the job begins late enough to see all of it. A job that waited
 * before may begin at any moment and miss what comes after, so only one that was just asked for gives a rest.
 */
export function createWake({ ask, clock, calmMs, onTrouble }: WakeDeps): () => void {
  let restsUntil = 0;
  let isMissed = false;

  const wake = (): void => {
    const now = clock.now().getTime();
    isMissed = now < restsUntil;
    if (isMissed) return;
    restsUntil = now + calmMs;
    ask(new Date(restsUntil))
      .then((job) => {
        if (job !== null) return;
        restsUntil = 0;
        if (isMissed) wake();
      })
      .catch((problem: unknown) => {
        restsUntil = 0;
        onTrouble(problem);
      });
  };
  return wake;
}
