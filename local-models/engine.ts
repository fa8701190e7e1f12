import type { FoundModel } from './folder.ts';
import { createThinker } from './thinker.ts';

type Wish = {
  model: FoundModel;
  texts: readonly string[];
  vectors: Float32Array[];
  signal: AbortSignal | undefined;
  done: PromiseWithResolvers<Float32Array[]>;
};

export type Engine = ReturnType<typeof createEngine>;

/** Whose turn it is to be thought about; the process for that is there only while there is something to think about. */
export function createEngine({ idleMs, threads }: { idleMs: number; threads: number }) {
  const thinker = createThinker(threads);
  const waiting: Wish[] = [];
  let isBusy = false;
  let idle: NodeJS.Timeout | undefined;

  function finish(wish: Wish, problem: unknown): void {
    waiting.splice(waiting.indexOf(wish), 1);
    const reason: unknown = wish.signal?.aborted ? wish.signal.reason : problem;
    if (reason === null) wish.done.resolve(wish.vectors);
    else wish.done.reject(reason);
  }

  /** The wish with the fewest texts left; those that nobody waits for any more go. */
  function next(): Wish | undefined {
    for (const wish of waiting.filter(({ signal }) => signal?.aborted)) finish(wish, null);
    return waiting.toSorted((a, b) => left(a) - left(b))[0];
  }

  async function step(wish: Wish): Promise<void> {
    try {
      const text = wish.texts[wish.vectors.length] ?? '';
      wish.vectors.push(await thinker.think({ model: wish.model, text }));
      if (left(wish) === 0) finish(wish, null);
    } catch (problem) {
      finish(wish, problem);
    }
  }

  async function work(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    clearTimeout(idle);
    for (let wish = next(); wish; wish = next()) await step(wish);
    isBusy = false;
    idle = setTimeout(() => void thinker.rest(), idleMs).unref();
  }

  return {
    /**
     * One vector for each text. What is asked with fewer texts comes first: somebody waits for a search, nobody for an archive.
     */
    embed(model: FoundModel, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
      if (texts.length === 0) return Promise.resolve([]);
      const done = Promise.withResolvers<Float32Array[]>();
      waiting.push({ model, texts, vectors: [], signal, done });
      void work();
      return done.promise;
    },

    /** The process that has a model in memory, if there is one. */
    pid: thinker.pid,

    close(): Promise<void> {
      clearTimeout(idle);
      return thinker.rest();
    },
  };
}

const left = ({ texts, vectors }: Wish): number => texts.length - vectors.length;
