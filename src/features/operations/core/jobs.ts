import type { HourTally, JobState, QueuedJob, QueueName } from '#core/queues.ts';

/** A job as somebody who looks after the house sees it; null is the queue of one that this version does not know any more. */
export type JobView = QueuedJob & { queue: QueueName | null };

export type QueueView = {
  name: QueueName;
  waiting: number;
  active: number;
  failed: number;
  /** In the last 24 hours. */
  done: number;
  perMinute: number;
  perHour: number;
  /** The last 24, oldest first. */
  hours: readonly HourTally[];
  pausedSince: Date | null;
  concurrency: number;
  usualConcurrency: number;
};

/** `key` tells the rows of a feature apart, such as two policies; the names of all come from their features. */
export type TimetableView = { job: string; key: string; cron: string; timeZone: string; next: Date | null };

export type JobProblem =
  | { code: 'operations.job-not-found' }
  | { code: 'operations.job-not-retriable'; state: JobState }
  | { code: 'operations.job-same-waits' }
  | { code: 'operations.job-over'; state: JobState }
  | { code: 'operations.job-not-waiting'; state: JobState };

export const mayRetry = (state: JobState): boolean => state === 'failed' || state === 'cancelled';
export const mayCancel = (state: JobState): boolean => state === 'waiting' || state === 'active';

/** 0 is usual, and nothing in the program asks for more than 10. */
export const MOST_PRIORITY = 100;

/** A press on "sooner": above everything that waits with the usual priority, and with each press further up. */
export const raised = (priority: number): number => Math.min(MOST_PRIORITY, Math.max(0, priority) + 10);

/** After how many days an ended job is thrown away: what went wrong stays long enough to be looked into. */
export const retention = { completedDays: 3, cancelledDays: 7, failedDays: 30 } as const;
