import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ItemId, PlanId, PolicyId, RunId } from '#core/ids.ts';
import { err } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { chainOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalid } from '#server/platform/problem.ts';
import type { ByHandService } from './by-hand.service.ts';
import { readCursor } from './history.ts';
import { orRefuse as orRefuseApproval } from '../errors.ts';
import type { PlanningService } from '../planning/planning.service.ts';
import { orRefuse } from './runs.errors.ts';
import type { Planning, RemovalStore, RunStore } from './runs.ports.ts';
import {
  historyEntrySchema,
  previewSchema,
  removalSchema,
  runSchema,
  showFiles,
  showHistoryEntry,
  showRemoval,
  showRun,
} from './runs.schemas.ts';

export type RunsApiDeps = {
  byHand: ByHandService;
  runs: Pick<RunStore, 'get' | 'list'>;
  removals: Pick<RemovalStore, 'ofRun' | 'history'>;
  policy: Planning['policy'];
  approve: PlanningService['approve'];
  /** Both put a job into the queue. False when one waits already. */
  start: { run(policyId: PolicyId, byName: string): Promise<boolean>; resume(): Promise<boolean> };
};

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const idParam = z.object({ id: z.string().min(1).max(100) });
const limit = z.coerce.number().int().min(1).max(200).default(50);
const startedBefore = z.iso.datetime().refine((text) => new Date(text).getTime() >= 0, 'not-a-cursor');
const endedBefore = z
  .string()
  .max(200)
  .refine((text) => readCursor(text) !== null, 'not-a-cursor');
const tags = ['cleanup'];

const routes = {
  start: createRoute({
    method: 'post',
    path: '/schedules/{id}/run',
    tags,
    summary: 'Run a policy now: dry, unless it is armed',
    request: { params: idParam },
    responses: {
      202: {
        description: 'It will run, or waits to run already',
        ...json(z.object({ state: z.enum(['queued', 'waiting-already']) })),
      },
      404: problemResponse('No such policy'),
    },
  }),
  approve: createRoute({
    method: 'post',
    path: '/schedules/{id}/approve',
    tags,
    summary: 'Approve what a plan would take, and run: of the fresh plan only what was approved goes',
    request: {
      params: idParam,
      body: {
        required: true,
        ...json(
          z.strictObject({
            planId: z.string().max(100),
            /** Items that stay this time. */
            without: z.array(z.string().max(100)).max(10_000).default([]),
          }),
        ),
      },
    },
    responses: {
      202: {
        description: 'Approved; it will run',
        ...json(z.object({ items: z.number().int(), state: z.enum(['queued', 'waiting-already']) })),
      },
      404: problemResponse('No such policy or plan'),
      409: problemResponse('The policy asks for no approval, or nothing is left'),
    },
  }),
  runs: createRoute({
    method: 'get',
    path: '/runs',
    tags,
    summary: 'Runs, newest first',
    request: {
      query: z.strictObject({
        limit,
        after: startedBefore.optional(),
        policyId: z.string().max(100).optional(),
      }),
    },
    responses: { 200: { description: 'A page; `next` is null on the last', ...json(chainOf(runSchema)) } },
  }),
  run: createRoute({
    method: 'get',
    path: '/runs/{id}',
    tags,
    summary: 'A run and what became of each item',
    request: { params: idParam },
    responses: {
      200: { description: 'The run', ...json(runSchema.extend({ removals: z.array(removalSchema) })) },
      404: problemResponse('No such run'),
    },
  }),
  history: createRoute({
    method: 'get',
    path: '/history',
    tags,
    summary: 'What was removed, left alone or failed, newest first, with everything needed to bring it back',
    request: {
      query: z.strictObject({
        limit,
        after: endedBefore.optional(),
        outcome: z.enum(['removed', 'left-alone', 'failed']).optional(),
        itemId: z.string().max(100).optional(),
      }),
    },
    responses: {
      200: {
        description: 'A page; `next` is null on the last',
        ...json(chainOf(historyEntrySchema)),
      },
    },
  }),
  preview: createRoute({
    method: 'get',
    path: '/media/{id}/removal',
    tags,
    summary: 'What deleting an item by hand would take',
    request: { params: idParam },
    responses: {
      200: { description: 'The files and bytes', ...json(previewSchema) },
      404: problemResponse('No such item'),
      409: problemResponse('It has no files, or is being deleted already'),
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/media/{id}',
    tags,
    summary: 'Delete an item by hand, step by step as a run does',
    request: {
      params: idParam,
      query: z.strictObject({ addImportExclusion: z.enum(['true', 'false']).default('false') }),
    },
    responses: {
      202: { description: 'The run that will delete it', ...json(runSchema) },
      404: problemResponse('No such item'),
      409: problemResponse('It has no files, or is being deleted already'),
    },
  }),
};

export function cleanupRunsApi({ byHand, runs, removals, policy, approve, start }: RunsApiDeps) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.openapi(routes.start, async (c) => {
    const id = c.req.valid('param').id as PolicyId;
    if ((await policy(id)) === null) orRefuse(err({ code: 'cleanup.policy-not-found' }));
    const queued = await start.run(id, c.get('person').name);
    return c.json({ state: queued ? ('queued' as const) : ('waiting-already' as const) }, 202);
  });

  api.openapi(routes.runs, async (c) => {
    const { limit, after, policyId } = c.req.valid('query');
    const page = {
      limit,
      before: after === undefined ? null : new Date(after),
      ...(policyId === undefined ? {} : { policyId: policyId as PolicyId }),
    };
    const items = (await runs.list(page)).map(showRun);
    return c.json({ items, next: nextAfter(items, limit, ({ startedAt }) => startedAt) }, 200);
  });

  api.openapi(routes.approve, async (c) => {
    const { planId, without } = c.req.valid('json');
    const policyId = c.req.valid('param').id as PolicyId;
    const byName = c.get('person').name;
    const approval = orRefuseApproval(
      await approve(policyId, { planId: planId as PlanId, without: without as ItemId[], byName }),
    );
    const isQueued = await start.run(policyId, byName);
    return c.json(
      { items: approval.items.length, state: isQueued ? 'queued' : 'waiting-already' } as const,
      202,
    );
  });

  api.openapi(routes.run, async (c) => {
    const id = c.req.valid('param').id as RunId;
    const run = (await runs.get(id)) ?? orRefuse(err({ code: 'cleanup.run-not-found' }));
    return c.json({ ...showRun(run), removals: (await removals.ofRun(id)).map(showRemoval) }, 200);
  });

  api.openapi(routes.history, async (c) => {
    const { limit, after, outcome, itemId } = c.req.valid('query');
    const entries = await removals.history({
      limit,
      after: after ?? null,
      ...(outcome === undefined ? {} : { outcome }),
      ...(itemId === undefined ? {} : { itemId: itemId as ItemId }),
    });
    const next = nextAfter(entries, limit, ({ cursor }) => cursor);
    return c.json({ items: entries.map(showHistoryEntry), next }, 200);
  });

  api.openapi(routes.preview, async (c) => {
    const { files, ...preview } = orRefuse(await byHand.preview(c.req.valid('param').id as ItemId));
    return c.json({ ...preview, files: showFiles(files) }, 200);
  });

  api.openapi(routes.remove, async (c) => {
    const addImportExclusion = c.req.valid('query').addImportExclusion === 'true';
    const byName = c.get('person').name;
    const run = orRefuse(
      await byHand.begin(c.req.valid('param').id as ItemId, { byName, addImportExclusion }),
    );
    await start.resume();
    return c.json(showRun(run), 202);
  });

  return api;
}

/** A page that is not full is the last. */
const nextAfter = <T>(page: readonly T[], limit: number, cursorOf: (last: T) => string): string | null => {
  const last = page.at(-1);
  return last === undefined || page.length < limit ? null : cursorOf(last);
};
