import type { EmbeddingModel, ListeningModel } from './folder.ts';
import { hearSound, type HeardSound, type Wishes } from './hear-sound.ts';
import type { Sound } from './sound.ts';
import { createThinker } from './thinker.ts';
import { createTurns } from './turns.ts';

export type Engine = ReturnType<typeof createEngine>;

/** Models at work; the process for that is there only while there is something to think about. */
export function createEngine({ idleMs, threads }: { idleMs: number; threads: number }) {
  const thinker = createThinker(threads);
  let idle: NodeJS.Timeout | undefined;
  const turns = createTurns(() => {
    clearTimeout(idle);
    idle = setTimeout(() => void thinker.rest(), idleMs).unref();
  });
  const take: typeof turns = (turn, signal, work) =>
    turns(turn, signal, () => {
      clearTimeout(idle);
      return work();
    });

  return {
    /** One vector for each text. */
    async embed(
      model: EmbeddingModel,
      texts: readonly string[],
      signal?: AbortSignal,
    ): Promise<Float32Array[]> {
      const vectors: Float32Array[] = [];
      for (const [index, text] of texts.entries()) {
        const turn = { kind: 'text', left: texts.length - index } as const;
        vectors.push(await take(turn, signal, () => thinker.embed(model, text)));
      }
      return vectors;
    },

    /** What is said in a sound, and when. */
    hear(model: ListeningModel, sound: Sound, wishes: Wishes, signal?: AbortSignal): Promise<HeardSound> {
      return hearSound(sound, wishes, (window, left) =>
        take({ kind: 'sound', left }, signal, () => thinker.hear(model, window)),
      );
    },

    /** The process that has models in memory, if there is one. */
    pid: thinker.pid,

    close(): Promise<void> {
      clearTimeout(idle);
      return thinker.rest();
    },
  };
}
