import type { Job, JobOutcome, Progress } from '../jobs.ts';
import { attemptOf, type Claimed, type Room } from './claims.ts';

/** What a loop needs from the queue. */
export type Claims = {
  claim: (free: number, room: Room) => Promise<Claimed[]>;
  complete: (job: Claimed) => Promise<void>;
  fail: (job: Claimed, problem: unknown) => Promise<void>;
  end: (job: Claimed, outcome: JobOutcome) => Promise<void>;
  /** Back to the queue at once, without using up a try. */
  park: (job: Claimed) => Promise<void>;
  touch: (jobs: readonly Claimed[]) => Promise<ReadonlySet<string>>;
  progress: (job: Claimed, progress: Progress) => void;
};

export type LoopOptions = {
  claims: Claims;
  /** Read before each claim: somebody may change it at any time. */
  concurrency: () => number;
  report: (problem: unknown, jobName?: string) => void;
};

export type Loop = {
  add: (job: Job<unknown>) => void;
  names: () => string[];
  wake: () => void;
  stop: () => void;
  /** Resolves when nothing runs any more. */
  idle: () => Promise<void>;
  running: () => number;
  parked: () => number;
};

type Running = { claimed: Claimed; abort: AbortController; done: Promise<void> };

/** A cancelled job hears of it within this time. */
const TOUCH_EVERY_MS = 2_000;

/**
 * Takes as many jobs of one queue as there are free places and runs them side by side. The library's own workers wait
 * for the slowest job of a batch, or for a poll of 0.5 s per job: 20 jobs a second (measured). This one: over 1 000.
 */
export function startLoop({ claims, concurrency, report }: LoopOptions): Loop {
  const jobs = new Map<string, Job<unknown>>();
  /** By attempt: a job that was lost and taken again may run twice here for a moment. */
  const running = new Map<string, Running>();
  let stopping = false;
  let claiming: Promise<void> | null = null;
  let wokenMeanwhile = false;
  let parked = 0;

  const touching = setInterval(() => void touch().catch(report), TOUCH_EVERY_MS);
  touching.unref();

  function wake(): void {
    if (claiming) wokenMeanwhile = true;
    else claiming = fill().catch(report).finally(afterFill);
  }

  function afterFill(): void {
    claiming = null;
    if (wokenMeanwhile) {
      wokenMeanwhile = false;
      wake();
    }
  }

  async function fill(): Promise<void> {
    for (;;) {
      const free = concurrency() - running.size;
      const room = roomLeft(jobs.values(), running.values(), free);
      if (stopping || free <= 0 || room.size === 0) return;
      const claimed = await claims.claim(free, room);
      for (const one of claimed) begin(one);
      if (claimed.length < free) return;
    }
  }

  function begin(claimed: Claimed): void {
    const job = jobs.get(claimed.name);
    if (!job) throw new Error(`claimed ${claimed.name}, which nobody defined`);
    const abort = new AbortController();
    if (stopping) abort.abort(new Error('The program stops.'));
    const attempt = attemptOf(claimed);
    const done = work(job, claimed, abort.signal)
      .catch((problem: unknown) => report(problem, claimed.name)) // not written: the heartbeat lapses and the job comes back
      .finally(() => {
        running.delete(attempt);
        if (!stopping) wake();
      });
    running.set(attempt, { claimed, abort, done });
  }

  async function work(job: Job<unknown>, claimed: Claimed, signal: AbortSignal): Promise<void> {
    const progress = (made: Progress): void => claims.progress(claimed, made);
    let outcome: JobOutcome | undefined;
    try {
      outcome = await job.runRaw(claimed.payload, { signal, jobId: claimed.id, progress });
    } catch (problem) {
      if (!(stopping && signal.aborted)) return claims.fail(claimed, problem);
      parked++;
      return claims.park(claimed);
    }
    return outcome === undefined ? claims.complete(claimed) : claims.end(claimed, outcome);
  }

  async function touch(): Promise<void> {
    if (running.size === 0) return;
    const before = [...running];
    const ours = await claims.touch(before.map(([, { claimed }]) => claimed));
    for (const [attempt, { abort }] of before) {
      if (!ours.has(attempt) && running.has(attempt)) abort.abort(new Error('The job was cancelled.'));
    }
  }

  return {
    add: (job) => void jobs.set(job.name, job),
    names: () => [...jobs.keys()],
    wake,
    stop: () => {
      stopping = true;
      for (const { abort } of running.values()) abort.abort(new Error('The program stops.'));
    },
    idle: async () => {
      await claiming;
      await Promise.all([...running.values()].map(({ done }) => done));
      clearInterval(touching);
    },
    running: () => running.size,
    parked: () => parked,
  };
}

/** How many more of each job may run beside those that do; a job with no room left is missing. */
function roomLeft(jobs: Iterable<Job<unknown>>, running: Iterable<Running>, free: number): Room {
  const busy = new Map<string, number>();
  for (const { claimed } of running) busy.set(claimed.name, (busy.get(claimed.name) ?? 0) + 1);
  const room = [...jobs].map(
    ({ name, concurrency }) => [name, Math.min(free, concurrency - (busy.get(name) ?? 0))] as const,
  );
  return new Map(room.filter(([, left]) => left > 0));
}
