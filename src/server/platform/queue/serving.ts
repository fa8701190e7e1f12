import { setTimeout as wait } from 'node:timers/promises';
import type { QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import type { Job, Stopped } from '../jobs.ts';
import { readyQueues } from './look.ts';
import { startLoop, type Claims, type Loop } from './loop.ts';
import { readSettings, usualSettings } from './settings.ts';

type Deps = {
  pool: Pool;
  claims: (queue: QueueName) => Claims;
  complain: (problem: unknown, part?: string) => void;
};

/** The queues that this process serves: a loop for each. */
export function createServing({ pool, claims, complain }: Deps) {
  const loops = new Map<QueueName, Loop>();
  /** As of the last look: somebody may change them in another process. */
  let settings = usualSettings;

  const sum = (count: (loop: Loop) => number): number =>
    [...loops.values()].reduce((total, loop) => total + count(loop), 0);

  return {
    add(job: Job<unknown>): void {
      const { queue } = job;
      const concurrency = () => settings[queue].concurrency;
      const loop = loops.get(queue) ?? startLoop({ claims: claims(queue), concurrency, report: complain });
      loops.set(queue, loop);
      loop.add(job);
    },

    wake: (queue: QueueName): void => loops.get(queue)?.wake(),

    /** Jobs of other processes, of transactions, delayed ones and retries are found here. */
    async look(): Promise<void> {
      settings = await readSettings(pool);
      const served = [...loops].map(([queue, loop]) => ({ queue, names: loop.names() }));
      for (const queue of await readyQueues(pool, served)) loops.get(queue)?.wake();
    },

    async stop(graceMs: number): Promise<Stopped> {
      const before = sum((loop) => loop.running());
      for (const loop of loops.values()) loop.stop();
      const idle = Promise.all([...loops.values()].map((loop) => loop.idle()));
      await Promise.race([idle, wait(graceMs, undefined, { ref: false })]);
      const [abandoned, parked] = [sum((loop) => loop.running()), sum((loop) => loop.parked())];
      return { finished: Math.max(0, before - parked - abandoned), parked, abandoned };
    },
  };
}
