import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Fact } from '#core/fact.ts';
import type { RunId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { serviceKinds } from '#features/connections/core/connection.ts';
import { listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import { freePercent } from '../core/disk.ts';
import { orRefuse } from './errors.ts';
import { syncStates, syncSteps, type SyncRun } from './runs.ports.ts';
import { syncRequestBody } from './schemas.ts';
import { forecastAnswer, forecastSchema } from './forecast.schemas.ts';
import type { DiskForecasts } from './forecast.service.ts';
import type { LibraryService } from './service.ts';

const moment = z.iso.datetime();
const amount = z.number().int();
const syncProblem = z.object({ code: z.string() }).loose();

const syncSchema = z
  .object({
    id: z.string(),
    state: z.enum(syncStates),
    acceptShrink: z.boolean(),
    requestedAt: moment,
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
    progress: z.object({ step: z.enum(syncSteps), done: amount, total: amount.nullable() }).nullable(),
    results: z.array(
      z.object({
        connectionId: z.string(),
        kind: z.enum(serviceKinds),
        name: z.string(),
        problem: syncProblem.nullable(),
        count: amount,
        changes: z.object({ added: amount, changed: amount, removed: amount }),
      }),
    ),
  })
  .openapi('LibrarySync');

/** A number, or why nobody knows it. */
const measure = z.object({ value: z.number().nullable(), why: z.string().nullable() });

const diskSchema = z
  .object({
    id: z.string(),
    path: z.string(),
    totalBytes: measure,
    freeBytes: measure,
    freePercent: measure,
    measuredBy: z.enum(['own', 'service']),
    rootFolders: z.array(z.object({ connectionId: z.string(), path: z.string() })),
    readAt: moment,
    /** When it is full if nothing is removed. */
    forecast: forecastSchema.nullable(),
  })
  .openapi('Disk');

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const tags = ['library'];

const routes = {
  requestSync: createRoute({
    method: 'post',
    path: '/library/sync',
    tags,
    summary: 'Read all services again',
    request: { body: json(syncRequestBody) },
    responses: {
      202: { description: 'The sync waits for its turn', ...json(syncSchema) },
      409: problemResponse('One is under way already'),
    },
  }),
  listSyncs: createRoute({
    method: 'get',
    path: '/library/syncs',
    tags,
    summary: 'The last syncs, newest first',
    responses: { 200: { description: 'Syncs', ...json(listOf(syncSchema)) } },
  }),
  findSync: createRoute({
    method: 'get',
    path: '/library/syncs/{id}',
    tags,
    summary: 'One sync with its progress',
    request: { params: z.object({ id: z.string().min(1) }) },
    responses: {
      200: { description: 'The sync', ...json(syncSchema) },
      404: problemResponse('There is no such sync'),
    },
  }),
  listDisks: createRoute({
    method: 'get',
    path: '/disks',
    tags,
    summary: 'The disks that hold root folders, as they were last measured, and when they will be full',
    responses: { 200: { description: 'Disks', ...json(listOf(diskSchema)) } },
  }),
};

export function libraryApi(library: LibraryService, forecasts: () => Promise<DiskForecasts>) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.requestSync, async (c) => {
    // Without a body nothing was checked and no default filled in.
    const wish = syncRequestBody.parse(c.req.valid('json'));
    const run = orRefuse(await library.requestSync(wish));
    return c.json(syncAnswer(run), 202);
  });

  api.openapi(routes.listSyncs, async (c) =>
    c.json({ items: (await library.listSyncs()).map(syncAnswer) }, 200),
  );

  api.openapi(routes.findSync, async (c) => {
    const run = orRefuse(await library.findSync(c.req.valid('param').id as RunId));
    return c.json(syncAnswer(run), 200);
  });

  api.openapi(routes.listDisks, async (c) => {
    const [disks, told] = await Promise.all([library.disks(), forecasts()]);
    const items = disks.map((disk) => ({
      id: disk.id,
      path: disk.path,
      totalBytes: measured(disk.totalBytes),
      freeBytes: measured(disk.freeBytes),
      freePercent: measured(freePercent(disk)),
      measuredBy: disk.measuredBy,
      rootFolders: [...disk.folders],
      readAt: disk.readAt.toISOString(),
      forecast: forecastAnswer(told.get(disk.id)),
    }));
    return c.json({ items }, 200);
  });

  return api;
}

const measured = (fact: Fact<number>) =>
  fact.known ? { value: fact.value, why: null } : { value: null, why: fact.why };

const syncAnswer = ({ aliveAt: _, requestedAt, startedAt, finishedAt, results, ...run }: SyncRun) => ({
  ...run,
  requestedAt: requestedAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
  results: results.map((result) => ({ ...result, problem: result.problem && { ...result.problem } })),
});
