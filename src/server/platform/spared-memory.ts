import { setFlagsFromString } from 'node:v8';

/**
 * Memory before speed, while something runs that nobody waits for. V8 keeps the pages of its heap that a collection emptied
 * until the program idles: after a sync of 10 000 films, 1 000 series and 10 users they were 65 of 165 MB. With this flag each
 * collection gives them back, and is slower: a page that people wait for took a third longer, so it is not set all the time.
 */
export function createMemorySparing(set: (flag: string) => void = setFlagsFromString) {
  let running = 0;

  return async function sparing<T>(work: () => Promise<T>): Promise<T> {
    running += 1;
    if (running === 1) set('--optimize-for-size');
    try {
      return await work();
    } finally {
      running -= 1;
      if (running === 0) set('--no-optimize-for-size');
    }
  };
}

/** Of this process. */
export const sparingMemory = createMemorySparing();
