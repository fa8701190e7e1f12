import type { z } from 'zod';
import type { QueueName } from '#core/queues.ts';

export type Progress = { done: number; total?: number | null; text?: string };

/**
 * `signal` aborts when the job is cancelled or the program stops; a job then ends at its next safe point by throwing.
 * `progress` may be called as often as one likes: what was said last is stored about once a second.
 */
export type JobContext = { signal: AbortSignal; jobId: string; progress: (progress: Progress) => void };

export type Backoff = { firstSeconds: number; maxSeconds: number };

/** How a job ended when it neither did its work nor broke. `why` is shown on the Jobs page. */
export type JobOutcome =
  | { is: 'retry-later'; afterSeconds: number; why: string }
  | { is: 'permanent-failure'; why: string }
  | { is: 'nothing-done' };

/** Run it again after this time without costing a try: a rate limit, a full disk, a paused source. */
export const retryLater = (afterSeconds: number, why: string): JobOutcome => ({
  is: 'retry-later',
  afterSeconds,
  why,
});

/** It looked, and there was nothing to do: it leaves the queue without a trace. For what looks every minute. */
export const nothingDone: JobOutcome = { is: 'nothing-done' };

/** Trying again would end the same: no more tries. */
export const permanentFailure = (why: string): JobOutcome => ({ is: 'permanent-failure', why });

type Run<T, Ending> = (payload: T, context: JobContext) => Promise<Ending>;

export type JobSpec<T> = {
  /** `feature.verb` */
  name: string;
  /** Shares the places of this queue with its other jobs: higher priority first, then the older. */
  queue: QueueName;
  /** Ids, not objects: the job asks the store what is left to do, because it may run twice. */
  payload: z.ZodType<T>;
  /** Five fields, in `timeZone` (default UTC). Runs with the payload `{}`. */
  cron?: string;
  timeZone?: string;
  /** How often it is tried again after a failure (default 2). */
  retries?: number;
  /** The wait before a retry doubles from the first to the longest (default 10 s to 1 h). */
  backoff?: Backoff;
  /** How many run at once in one process (default 1), within the places of the queue. */
  concurrency?: number;
  /**
   * Of jobs with the same key, one waits and one runs at a time, in all processes together; adding another while one
   * waits does nothing.
   */
  singletonKey?: (payload: T) => string;
  /** Ends without a word when the work is done, gives an outcome when it should end otherwise, throws when it broke. */
  run: Run<T, void> | Run<T, JobOutcome | undefined>;
};

/** What a feature says about a job. It does not know which queue library runs it. */
export type Job<T> = {
  name: string;
  queue: QueueName;
  cron: string | null;
  timeZone: string;
  retries: number;
  backoff: Backoff;
  concurrency: number;
  check(raw: unknown): T;
  keyOf(payload: T): string | null;
  runRaw(raw: unknown, context: JobContext): Promise<JobOutcome | undefined>;
};

export const defineJob = <T>(spec: JobSpec<T>): Job<T> => ({
  name: spec.name,
  queue: spec.queue,
  cron: spec.cron ?? null,
  timeZone: spec.timeZone ?? 'UTC',
  retries: spec.retries ?? 2,
  backoff: spec.backoff ?? { firstSeconds: 10, maxSeconds: 3600 },
  concurrency: spec.concurrency ?? 1,
  check: (raw) => spec.payload.parse(raw),
  keyOf: (payload) => spec.singletonKey?.(payload) ?? null,
  runRaw: async (raw, context) => (await spec.run(spec.payload.parse(raw), context)) ?? undefined,
});

/** How a stop went: jobs that ended, went back to the queue, or did not listen (their heartbeat lapses, then they come back). */
export type Stopped = { finished: number; parked: number; abandoned: number };
