export type Turn = {
  kind: 'text' | 'sound';
  /** How many turns are still wanted, this one among them. */
  left: number;
};

type Waiting = { turn: Turn; signal: AbortSignal | undefined; begin: PromiseWithResolvers<null> };

export type Turns = ReturnType<typeof createTurns>;

/** A window of sound takes some seconds and a text a tenth of one: neither waits for long while the other has much to do. */
const TEXTS_PER_WINDOW = 32;

/**
 * Whose turn it is to be thought about. What is asked with fewer texts comes first: somebody waits for a search, nobody for an archive.
 * Sound and texts take turns with each other.
 */
export function createTurns(onIdle: () => void) {
  const waiting: Waiting[] = [];
  let isBusy = false;
  let textsSinceSound = 0;

  function chosen(): Waiting | undefined {
    const byFewest = waiting.toSorted((a, b) => a.turn.left - b.turn.left);
    const text = byFewest.find(({ turn }) => turn.kind === 'text');
    const sound = byFewest.find(({ turn }) => turn.kind === 'sound');
    if (!text || !sound) return text ?? sound;
    return text.turn.left === 1 || textsSinceSound < TEXTS_PER_WINDOW ? text : sound;
  }

  function next(): void {
    if (isBusy) return;
    for (const gone of waiting.filter(({ signal }) => signal?.aborted)) {
      waiting.splice(waiting.indexOf(gone), 1);
      gone.begin.reject(gone.signal?.reason);
    }
    const one = chosen();
    if (!one) return onIdle();
    waiting.splice(waiting.indexOf(one), 1);
    isBusy = true;
    textsSinceSound = one.turn.kind === 'sound' ? 0 : textsSinceSound + 1;
    one.begin.resolve(null);
  }

  /** Does the work when it is its turn; rejects when nobody waits for it any more. */
  return async function take<T>(
    turn: Turn,
    signal: AbortSignal | undefined,
    work: () => Promise<T>,
  ): Promise<T> {
    const begin = Promise.withResolvers<null>();
    waiting.push({ turn, signal, begin });
    next();
    await begin.promise;
    try {
      return await work();
    } finally {
      isBusy = false;
      // Whoever has just had a turn may want the next one, and is asked too.
      setImmediate(next);
    }
  };
}
