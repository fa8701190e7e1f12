import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Result } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalidIn } from '#server/platform/problem.ts';
import { serviceKinds, type Connection, type Identity, type ProbeProblem } from '../core/connection.ts';
import { fieldWords, orRefuse } from './errors.ts';
import {
  changedConnectionSchema,
  draftSchema,
  healthSchema,
  newConnectionSchema,
  pathMappingsSchema,
  probeProblemSchema,
  toStoredHealth,
} from './schemas.ts';
import type { ConnectionsService } from './service.ts';
import type { PathTrial } from './trials.service.ts';

/** There is no key in it, and no way to ask for one. */
const serviceSchema = z
  .object({
    id: z.string(),
    kind: z.enum(serviceKinds),
    name: z.string(),
    url: z.string(),
    enabled: z.boolean(),
    pathMappings: z.array(z.object({ theirs: z.string(), ours: z.string() })),
    health: healthSchema,
  })
  .openapi('Service');

const testSchema = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      product: z.string(),
      version: z.string(),
      warnings: z.array(z.string()),
    }),
    z.object({ ok: z.literal(false), problem: probeProblemSchema }),
  ])
  .openapi('ServiceTest');

const trialSchema = z
  .discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      theirs: z.string().nullable(),
      ours: z.string().nullable(),
      found: z.boolean(),
    }),
    z.object({ ok: z.literal(false), problem: probeProblemSchema }),
  ])
  .openapi('PathTrial');

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true as const } });
const params = z.object({ id: z.string().min(1) });
const tags = ['services'];
const notFound = problemResponse('No such service');
const badAddress = problemResponse('The address or the key cannot be used');

const routes = {
  list: createRoute({
    method: 'get',
    path: '/services',
    tags,
    summary: 'Every service, with its health',
    responses: { 200: { description: 'The services', ...json(listOf(serviceSchema)) } },
  }),
  create: createRoute({
    method: 'post',
    path: '/services',
    tags,
    summary: 'Add a service; it is tested at once',
    request: body(newConnectionSchema),
    responses: {
      201: { description: 'The service', ...json(serviceSchema) },
      400: badAddress,
      409: problemResponse('The name is taken'),
    },
  }),
  find: createRoute({
    method: 'get',
    path: '/services/{id}',
    tags,
    summary: 'One service',
    request: { params },
    responses: { 200: { description: 'The service', ...json(serviceSchema) }, 404: notFound },
  }),
  update: createRoute({
    method: 'patch',
    path: '/services/{id}',
    tags,
    summary: 'Change a service; a key that is left out is kept',
    request: { params, ...body(changedConnectionSchema) },
    responses: {
      200: { description: 'The service', ...json(serviceSchema) },
      400: badAddress,
      404: notFound,
      409: problemResponse('The name is taken'),
    },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/services/{id}',
    tags,
    summary: 'Remove a service',
    request: { params },
    responses: { 204: { description: 'Gone' }, 404: notFound },
  }),
  test: createRoute({
    method: 'post',
    path: '/services/{id}/test',
    tags,
    summary: 'Test a saved service; the outcome is in its health',
    request: { params },
    responses: {
      200: { description: 'The service', ...json(serviceSchema) },
      404: notFound,
      409: problemResponse('The saved key cannot be read any more'),
    },
  }),
  testDraft: createRoute({
    method: 'post',
    path: '/services/test',
    tags,
    summary: 'Test an address and a key without saving them',
    request: body(draftSchema),
    responses: { 200: { description: 'What the test found', ...json(testSchema) }, 400: badAddress },
  }),
  tryPaths: createRoute({
    method: 'post',
    path: '/services/{id}/paths/test',
    tags,
    summary: 'Take one real file of the service through the path mappings',
    request: { params, ...body(z.strictObject({ pathMappings: pathMappingsSchema.optional() })) },
    responses: { 200: { description: 'What was found', ...json(trialSchema) }, 404: notFound },
  }),
};

const shown = (connection: Connection) => ({
  ...connection,
  pathMappings: [...connection.pathMappings],
  health: toStoredHealth(connection.health),
});

const testShown = (outcome: Result<Identity, ProbeProblem>) =>
  outcome.ok
    ? { ok: true as const, ...outcome.value, warnings: [...outcome.value.warnings] }
    : { ok: false as const, problem: outcome.error };

const trialShown = (outcome: Result<PathTrial, ProbeProblem>) =>
  outcome.ok ? { ok: true as const, ...outcome.value } : { ok: false as const, problem: outcome.error };

export function connectionsApi(connections: ConnectionsService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn(fieldWords) });

  api.openapi(routes.list, async (c) => c.json({ items: (await connections.list()).map(shown) }, 200));

  api.openapi(routes.create, async (c) =>
    c.json(shown(orRefuse(await connections.create(c.req.valid('json')))), 201),
  );

  api.openapi(routes.testDraft, async (c) =>
    c.json(testShown(orRefuse(await connections.testDraft(c.req.valid('json')))), 200),
  );

  api.openapi(routes.find, async (c) =>
    c.json(shown(orRefuse(await connections.find(c.req.valid('param').id))), 200),
  );

  api.openapi(routes.update, async (c) =>
    c.json(shown(orRefuse(await connections.update(c.req.valid('param').id, c.req.valid('json')))), 200),
  );

  api.openapi(routes.remove, async (c) => {
    orRefuse(await connections.remove(c.req.valid('param').id));
    return c.body(null, 204);
  });

  api.openapi(routes.test, async (c) =>
    c.json(shown(orRefuse(await connections.test(c.req.valid('param').id))), 200),
  );

  api.openapi(routes.tryPaths, async (c) => {
    const { pathMappings } = c.req.valid('json');
    return c.json(
      trialShown(orRefuse(await connections.tryPaths(c.req.valid('param').id, pathMappings))),
      200,
    );
  });

  return api;
}
