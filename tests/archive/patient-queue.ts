import type { Job } from '#server/platform/jobs.ts';
import type { Queue } from '#server/platform/queue.ts';

type Waiting = { job: Job<unknown>; payload: unknown; key: string; at: number; tries: number };

/** How a job ended that did not do its work. */
export type Ending = { job: string; why: string };

/**
 * A queue that runs when a test says so, by the clock of that test: retries and rests of days pass in no time, and
 * always in the same order. That the real one loses nothing is proven beside it, with real deaths.
 */
export function createPatientQueue(now: () => Date) {
  /** By name and key: of the same there is one that waits. */
  const waiting = new Map<string, Waiting>();
  const endings: Ending[] = [];
  const { signal } = new AbortController();

  const queue: Pick<Queue, 'add' | 'schedule' | 'unschedule'> = {
    add: (job, payload, { startAfter } = {}) => {
      const key = `${job.name} ${job.keyOf(payload) ?? ''}`;
      if (waiting.has(key)) return Promise.resolve(null);
      const at = (startAfter ?? now()).getTime();
      waiting.set(key, { job, payload, key, at, tries: 0 });
      return Promise.resolve(key);
    },
    schedule: () => Promise.resolve(),
    unschedule: () => Promise.resolve(),
  };

  function later(one: Waiting, seconds: number, why: string): void {
    endings.push({ job: one.job.name, why });
    if (!waiting.has(one.key)) waiting.set(one.key, { ...one, at: now().getTime() + seconds * 1000 });
  }

  async function work(one: Waiting): Promise<void> {
    const context = { signal, jobId: one.key, progress: () => undefined };
    try {
      const outcome = await one.job.runRaw(one.payload, context);
      if (outcome?.is === 'retry-later') later(one, outcome.afterSeconds, outcome.why);
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      if (one.tries < one.job.retries) later({ ...one, tries: one.tries + 1 }, 60, why);
      else endings.push({ job: one.job.name, why });
    }
  }

  return {
    queue,
    /** What ended otherwise than well since it was last asked. */
    endings: () => endings.splice(0),
    /** How many jobs of each name wait. */
    waiting: () =>
      Object.fromEntries(
        [...Map.groupBy(waiting.values(), ({ job }) => job.name)].map(([name, jobs]) => [name, jobs.length]),
      ),
    forget: () => waiting.clear(),
    /** Everything whose time has come, and what that brings with it; or so many of it. */
    async drain(most = Infinity): Promise<void> {
      for (let run = 0; run < most; run += 1) {
        const next = waiting.values().find(({ at }) => at <= now().getTime());
        if (!next) return;
        waiting.delete(next.key);
        await work(next);
      }
    },
  };
}

export type PatientQueue = ReturnType<typeof createPatientQueue>;
