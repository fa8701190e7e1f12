import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { queueNames } from '#core/queues.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { chainOf, listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { orRefuse } from './jobs.errors.ts';
import {
  jobSchema,
  queueSchema,
  showJob,
  showQueue,
  showTimetable,
  timetableSchema,
} from './jobs.answers.ts';
import { concurrency, failedOf, jobsLimit, jobsQuery, priority } from './jobs.schemas.ts';
import type { JobsService } from './jobs.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const params = z.object({ id: z.uuid() });
const tags = ['operations'];
const theJob = { description: 'The job as it is now', ...json(jobSchema) };
const notFound = problemResponse('No such job');

const routes = {
  list: createRoute({
    method: 'get',
    path: '/jobs',
    tags,
    summary: 'Jobs: those that run first, then the newest',
    request: { query: jobsQuery.extend({ limit: jobsLimit }).strict() },
    responses: { 200: { description: 'A page; `next` is null on the last', ...json(chainOf(jobSchema)) } },
  }),
  find: createRoute({
    method: 'get',
    path: '/jobs/{id}',
    tags,
    summary: 'One job',
    request: { params },
    responses: { 200: theJob, 404: notFound },
  }),
  retry: createRoute({
    method: 'post',
    path: '/jobs/{id}/retry',
    tags,
    summary: 'Try a job again that failed or was cancelled',
    request: { params },
    responses: { 200: theJob, 404: notFound, 409: problemResponse('It did not fail, or the same waits') },
  }),
  cancel: createRoute({
    method: 'post',
    path: '/jobs/{id}/cancel',
    tags,
    summary: 'Cancel a job that waits or runs; one that runs ends at its next safe point',
    request: { params },
    responses: { 200: theJob, 404: notFound, 409: problemResponse('It is over') },
  }),
  priority: createRoute({
    method: 'patch',
    path: '/jobs/{id}',
    tags,
    summary: 'Change the priority of a job that waits: higher runs first, 0 is usual',
    request: { params, body: { required: true, ...json(z.strictObject({ priority })) } },
    responses: { 200: theJob, 404: notFound, 409: problemResponse('It does not wait') },
  }),
  retryFailed: createRoute({
    method: 'post',
    path: '/jobs/retry-failed',
    tags,
    summary: 'Try all failed jobs again, or those that pass a filter',
    request: { body: { required: true, ...json(failedOf.strict()) } },
    responses: { 200: { description: 'How many there were', ...json(z.object({ jobs: z.int() })) } },
  }),
  queues: createRoute({
    method: 'get',
    path: '/queues',
    tags,
    summary: 'The queues: what waits in them and how fast it goes',
    responses: { 200: { description: 'All queues', ...json(listOf(queueSchema)) } },
  }),
  changeQueue: createRoute({
    method: 'patch',
    path: '/queues/{name}',
    tags,
    summary: 'Pause a queue or let it go on, and change how many of its jobs run at once in each process',
    request: {
      params: z.object({ name: z.enum(queueNames) }),
      body: {
        required: true,
        ...json(z.strictObject({ paused: z.boolean().optional(), concurrency: concurrency.optional() })),
      },
    },
    responses: { 200: { description: 'All queues as they are now', ...json(listOf(queueSchema)) } },
  }),
  timetables: createRoute({
    method: 'get',
    path: '/timetables',
    tags,
    summary: 'When jobs are added by themselves, the next first',
    responses: { 200: { description: 'All time tables', ...json(listOf(timetableSchema)) } },
  }),
};

export function jobsApi(jobs: JobsService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  const queues = async () => ({ items: (await jobs.queues()).map(showQueue) });

  api.openapi(routes.list, async (c) => {
    const { items, next } = await jobs.list(c.req.valid('query'));
    return c.json({ items: items.map(showJob), next }, 200);
  });
  api.openapi(routes.find, async (c) =>
    c.json(showJob(orRefuse(await jobs.find(c.req.valid('param').id))), 200),
  );
  api.openapi(routes.retry, async (c) =>
    c.json(showJob(orRefuse(await jobs.retry(c.req.valid('param').id, c.var.person.name))), 200),
  );
  api.openapi(routes.cancel, async (c) =>
    c.json(showJob(orRefuse(await jobs.cancel(c.req.valid('param').id, c.var.person.name))), 200),
  );
  api.openapi(routes.priority, async (c) => {
    const wanted = c.req.valid('json').priority;
    return c.json(
      showJob(orRefuse(await jobs.setPriority(c.req.valid('param').id, wanted, c.var.person.name))),
      200,
    );
  });
  api.openapi(routes.retryFailed, async (c) =>
    c.json({ jobs: await jobs.retryFailed(c.req.valid('json'), c.var.person.name) }, 200),
  );

  api.openapi(routes.queues, async (c) => c.json(await queues(), 200));
  api.openapi(routes.changeQueue, async (c) => {
    const { name } = c.req.valid('param');
    const { paused, concurrency: wanted } = c.req.valid('json');
    if (wanted !== undefined) await jobs.setConcurrency(name, wanted, c.var.person.name);
    if (paused !== undefined) await jobs[paused ? 'pause' : 'resume'](name, c.var.person.name);
    return c.json(await queues(), 200);
  });

  api.openapi(routes.timetables, async (c) =>
    c.json({ items: (await jobs.timetables()).map(showTimetable) }, 200),
  );
  return api;
}
