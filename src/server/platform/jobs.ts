import type { z } from 'zod';

/** `signal` aborts when the job is cancelled or the program stops; a job then ends at its next safe point by throwing. */
export type JobContext = { signal: AbortSignal; jobId: string };

export type Backoff = { firstSeconds: number; maxSeconds: number };

export type JobSpec<T> = {
  /** `feature.verb` */
  name: string;
  /** Ids, not objects: the job asks the store what is left to do, because it may run twice. */
  payload: z.ZodType<T>;
  /** Five fields, in `timeZone` (default UTC). Runs with the payload `{}`. */
  cron?: string;
  timeZone?: string;
  /** How often it is tried again after a failure (default 2). */
  retries?: number;
  /** The wait before a retry doubles from the first to the longest (default 10 s to 1 h). */
  backoff?: Backoff;
  /** How many run at once in one process (default 1). */
  concurrency?: number;
  /** Of jobs with the same key, one waits and one runs at a time; adding another while one waits does nothing. */
  singletonKey?: (payload: T) => string;
  run: (payload: T, context: JobContext) => Promise<void>;
};

/** What a feature says about a job. It does not know which queue library runs it. */
export type Job<T> = {
  name: string;
  cron: string | null;
  timeZone: string;
  retries: number;
  backoff: Backoff;
  concurrency: number;
  check(raw: unknown): T;
  keyOf(payload: T): string | null;
  runRaw(raw: unknown, context: JobContext): Promise<void>;
};

export const defineJob = <T>(spec: JobSpec<T>): Job<T> => ({
  name: spec.name,
  cron: spec.cron ?? null,
  timeZone: spec.timeZone ?? 'UTC',
  retries: spec.retries ?? 2,
  backoff: spec.backoff ?? { firstSeconds: 10, maxSeconds: 3600 },
  concurrency: spec.concurrency ?? 1,
  check: (raw) => spec.payload.parse(raw),
  keyOf: (payload) => spec.singletonKey?.(payload) ?? null,
  runRaw: (raw, context) => spec.run(spec.payload.parse(raw), context),
});

export type JobState = 'waiting' | 'active' | 'completed' | 'cancelled' | 'failed';
export type JobCounts = { waiting: number; active: number; failed: number };
/** How a stop went: jobs that ended, went back to the queue, or did not listen (their heartbeat lapses, then they come back). */
export type Stopped = { finished: number; parked: number; abandoned: number };
