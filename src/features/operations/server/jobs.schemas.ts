import { z } from 'zod';
import { isJobCursor, jobStates, MOST_CONCURRENCY, queueNames } from '#core/queues.ts';
import { MOST_PRIORITY } from '../core/jobs.ts';

/** A form sends what was not chosen as an empty text. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const which = {
  queue: unlessEmpty(z.enum(queueNames)),
  name: unlessEmpty(z.string().max(100)),
  text: unlessEmpty(z.string().trim().max(200)),
};

/** What the page and the API take in the address. */
export const jobsQuery = z.object({
  ...which,
  state: unlessEmpty(z.enum(jobStates)),
  after: unlessEmpty(z.string().refine(isJobCursor, 'not-a-cursor')),
});

export const jobsLimit = z.coerce.number().int().min(1).max(200).default(50);

export const failedOf = z.object(which);
export const priority = z.coerce.number().int().min(-MOST_PRIORITY).max(MOST_PRIORITY);
export const concurrency = z.coerce.number().int().min(1).max(MOST_CONCURRENCY);

/** Forms of the Jobs page; `back` is where one was, with its filter. */
const back = z.string().max(500).default('/jobs');
export const jobForm = z.object({ id: z.uuid(), back });
export const failedForm = failedOf.extend({ back });
export const queueForm = z.object({ queue: z.enum(queueNames), back });
export const concurrencyForm = queueForm.extend({ concurrency });
