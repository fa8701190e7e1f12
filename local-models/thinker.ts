import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EmbeddingModel, ListeningModel } from './folder.ts';
import type { HeardWindow, Window } from './hear-window.ts';

export type Task =
  | { is: 'embed'; model: EmbeddingModel; text: string }
  | { is: 'hear'; model: ListeningModel; window: Window };
export type Answer =
  | { is: 'embedded'; vector: Float32Array }
  | { is: 'heard'; heard: HeardWindow }
  | { is: 'failed'; reason: string };

export type Thinker = ReturnType<typeof createThinker>;

const CHILD = join(import.meta.dirname, 'thinker.child.ts');

/**
 * A process that thinks about one thing at a time. A text takes all of a thread for a tenth of a second, half a minute of sound for
 * some seconds, and a model fills hundreds of megabytes that only the end of a process gives back.
 */
export function createThinker(threads: number) {
  let child: ChildProcess | null = null;

  function started(): ChildProcess {
    if (child) return child;
    const own = fork(CHILD, [String(threads)], { serialization: 'advanced', execArgv: ['--no-warnings'] });
    child = own;
    own.once('exit', () => {
      if (child === own) child = null;
    });
    return own;
  }

  async function think(task: Task): Promise<Answer> {
    const own = started();
    const over = new AbortController();
    const { signal } = over;
    const ended = once(own, 'exit', { signal }).then(() => {
      throw new Error('The process of the model ended; perhaps there was not enough memory for it');
    });
    const told = once(own, 'message', { signal }) as Promise<[Answer]>;
    for (const one of [ended, told]) one.catch(() => undefined);
    // To a process that has just ended nothing can be sent; its end is what is told.
    own.send(task, () => undefined);
    try {
      const [answer] = await Promise.race([told, ended]);
      if (answer.is === 'failed') throw new Error(answer.reason);
      return answer;
    } finally {
      over.abort();
    }
  }

  return {
    /** Starts the process when there is none; rejects when the model fails, or the process ends over it. */
    async embed(model: EmbeddingModel, text: string): Promise<Float32Array> {
      const answer = await think({ is: 'embed', model, text });
      if (answer.is !== 'embedded') throw new Error(`Asked to embed, it ${answer.is}`);
      return answer.vector;
    },

    /** The same for a window of sound. */
    async hear(model: ListeningModel, window: Window): Promise<HeardWindow> {
      const answer = await think({ is: 'hear', model, window });
      if (answer.is !== 'heard') throw new Error(`Asked to hear, it ${answer.is}`);
      return answer.heard;
    },

    pid: (): number | null => child?.pid ?? null,

    /** Gives the memory back; the next thought starts it anew. */
    async rest(): Promise<void> {
      const own = child;
      if (!own) return;
      // Whoever asks from now on gets a new one, and not one that is about to end.
      child = null;
      const ended = once(own, 'exit');
      own.kill();
      await ended;
    },
  };
}
