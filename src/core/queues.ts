/** Every job waits in one of these. A queue has places of its own and can be paused, whatever the others do. */
export const queueNames = ['archive', 'media', 'enrichment', 'search', 'cleanup', 'maintenance'] as const;
export type QueueName = (typeof queueNames)[number];

export const isQueueName = (text: string): text is QueueName =>
  (queueNames as readonly string[]).includes(text);

/** How many jobs of a queue run at once in one process, until somebody changes it. */
export const usualConcurrency: Readonly<Record<QueueName, number>> = {
  archive: 2, // each source paces itself; two let a second source go on meanwhile
  media: 2, // more downloads at once look like an attack to the other side
  enrichment: 2, // pictures and sound keep a core each busy
  search: 2,
  cleanup: 4, // a sync is long, and plans and restores should not wait for it
  maintenance: 4,
};

/** Beyond this the database connections of one process are what everybody waits for. */
export const MOST_CONCURRENCY = 50;

export const jobStates = ['waiting', 'active', 'completed', 'cancelled', 'failed'] as const;
export type JobState = (typeof jobStates)[number];

/** How far a running job is. `total` is null while nobody knows; `text` is what it is at, such as a title. */
export type JobProgress = { done: number; total: number | null; text: string | null };

/** A job as it stands in its queue. */
export type QueuedJob = {
  id: string;
  name: string;
  state: JobState;
  payload: unknown;
  priority: number;
  createdAt: Date;
  /** Of a job that waits: when its turn may come. */
  startAfter: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  tries: number;
  mostTries: number;
  /** Why the last try did not end well, or why the job waits for later. */
  error: string | null;
  /** The same in full, for whoever has to mend it. */
  errorDetail: string | null;
  progress: JobProgress | null;
};

/** How many jobs of a queue ended within an hour. */
export type HourTally = { hour: Date; done: number; failed: number };

/** The form of a cursor of the list of jobs: it runs, was added at, and its id. Anything else would be a mistake in SQL. */
export const isJobCursor = (text: string): boolean =>
  /^(true|false) \d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z [\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
