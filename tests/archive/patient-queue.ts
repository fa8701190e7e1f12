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
  let waiting: Waiting[] = [];
  const endings: Ending[] = [];
  const { signal } = new AbortController();

  const queue: Pick<Queue, 'add' | 'schedule' | 'unschedule'> = {
    add: (job, payload, { startAfter } = {}) => {
      const key = `${job.name} ${job.keyOf(payload) ?? ''}`;
      if (waiting.some((one) => one.key === key)) return Promise.resolve(null);
      const at = (startAfter ?? now()).getTime();
      waiting.push({ job: job, payload, key, at, tries: 0 });
      return Promise.resolve(key);
    },
    schedule: () => Promise.resolve(),
    unschedule: () => Promise.resolve(),
  };

  function later(one: Waiting, seconds: number, why: string): void {
    endings.push({ job: one.job.name, why });
    waiting.push({ ...one, at: now().getTime() + seconds * 1000 });
  }

  async function run(one: Waiting): Promise<void> {
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
    waiting: () => waiting.map(({ job }) => job.name),
    forget: () => void (waiting = []),
    /** Everything whose time has come, and what that brings with it. */
    async drain(): Promise<void> {
      for (;;) {
        const next = waiting.find(({ at }) => at <= now().getTime());
        if (!next) return;
        waiting.splice(waiting.indexOf(next), 1);
        await run(next);
      }
    },
  };
}

export type PatientQueue = ReturnType<typeof createPatientQueue>;
