import { z } from '@hono/zod-openapi';
import { jobStates, queueNames } from '#core/queues.ts';
import type { JobView, QueueView, TimetableView } from '../core/jobs.ts';

const moment = z.iso.datetime();
const amount = z.number().int();

export const jobSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    queue: z.enum(queueNames).nullable(),
    state: z.enum(jobStates),
    payload: z.unknown(),
    priority: amount,
    createdAt: moment,
    /** While it waits: when its turn may come. */
    startAfter: moment,
    startedAt: moment.nullable(),
    endedAt: moment.nullable(),
    tries: amount,
    mostTries: amount,
    error: z.string().nullable(),
    errorDetail: z.string().nullable(),
    progress: z.object({ done: amount, total: amount.nullable(), text: z.string().nullable() }).nullable(),
  })
  .openapi('Job');

export const queueSchema = z
  .object({
    name: z.enum(queueNames),
    waiting: amount,
    active: amount,
    failed: amount,
    /** In the last 24 hours. */
    done: amount,
    perMinute: amount,
    perHour: amount,
    hours: z.array(z.object({ hour: moment, done: amount, failed: amount })),
    pausedSince: moment.nullable(),
    /** How many run at once in each process. */
    concurrency: amount,
    usualConcurrency: amount,
  })
  .openapi('Queue');

export const timetableSchema = z
  .object({
    job: z.string(),
    key: z.string(),
    cron: z.string(),
    timeZone: z.string(),
    next: moment.nullable(),
  })
  .openapi('Timetable');

export const showJob = (job: JobView): z.infer<typeof jobSchema> => ({
  ...job,
  createdAt: job.createdAt.toISOString(),
  startAfter: job.startAfter.toISOString(),
  startedAt: job.startedAt?.toISOString() ?? null,
  endedAt: job.endedAt?.toISOString() ?? null,
});

export const showQueue = (queue: QueueView): z.infer<typeof queueSchema> => ({
  ...queue,
  hours: queue.hours.map(({ hour, done, failed }) => ({ hour: hour.toISOString(), done, failed })),
  pausedSince: queue.pausedSince?.toISOString() ?? null,
});

export const showTimetable = (table: TimetableView): z.infer<typeof timetableSchema> => ({
  ...table,
  next: table.next?.toISOString() ?? null,
});
