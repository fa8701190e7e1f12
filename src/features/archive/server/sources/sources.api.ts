import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { listOf } from '#server/platform/answers.ts';
import { problemResponse, refuseInvalidIn } from '#server/platform/problem.ts';
import { creatorSchema, pluginSchema, sourceSchema, toCreator, toSource } from '../answers.schemas.ts';
import { fieldWords, orRefuse } from '../errors.ts';
import type { Clock } from './sources.ports.ts';
import { changedSourceSchema, newSourceSchema, selectSchema, signInSchema } from './sources.schemas.ts';
import type { SourcesService } from './sources.service.ts';

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true as const } });
const params = z.object({ id: z.string().min(1).max(100) });
const tags = ['sources'];
const notFound = problemResponse('No such source');
const badSignIn = problemResponse('The sign-in cannot be used like this');
const theSource = { description: 'The source', ...json(sourceSchema) };
const theCreators = { description: 'The creators', ...json(listOf(creatorSchema)) };

const routes = {
  plugins: createRoute({
    method: 'get',
    path: '/sources/plugins',
    tags,
    summary: 'Every kind of source, with the fields of its sign-in',
    responses: { 200: { description: 'The kinds', ...json(listOf(pluginSchema)) } },
  }),
  list: createRoute({
    method: 'get',
    path: '/sources',
    tags,
    summary: 'Every source, with how it stands',
    responses: { 200: { description: 'The sources', ...json(listOf(sourceSchema)) } },
  }),
  add: createRoute({
    method: 'post',
    path: '/sources',
    tags,
    summary: 'Add a source; its sign-in is checked at once',
    request: body(newSourceSchema),
    responses: { 201: theSource, 400: badSignIn, 409: problemResponse('The name is taken') },
  }),
  find: createRoute({
    method: 'get',
    path: '/sources/{id}',
    tags,
    summary: 'One source',
    request: { params },
    responses: { 200: theSource, 404: notFound },
  }),
  change: createRoute({
    method: 'patch',
    path: '/sources/{id}',
    tags,
    summary: 'Change the settings of a source',
    request: { params, ...body(changedSourceSchema) },
    responses: { 200: theSource, 404: notFound, 409: problemResponse('The name is taken') },
  }),
  remove: createRoute({
    method: 'delete',
    path: '/sources/{id}',
    tags,
    summary: 'Remove a source of which nothing is archived',
    request: { params },
    responses: { 204: { description: 'Gone' }, 404: notFound, 409: problemResponse('It has posts') },
  }),
  signIn: createRoute({
    method: 'post',
    path: '/sources/{id}/sign-in',
    tags,
    summary: 'Give a new sign-in; it is checked at once, and what waited for it goes on',
    request: { params, ...body(signInSchema) },
    responses: { 200: theSource, 400: badSignIn, 404: notFound },
  }),
  signOut: createRoute({
    method: 'post',
    path: '/sources/{id}/sign-out',
    tags,
    summary: 'Forget the sign-in; everything that is archived stays',
    request: { params },
    responses: { 200: theSource, 404: notFound },
  }),
  check: createRoute({
    method: 'post',
    path: '/sources/{id}/check',
    tags,
    summary: 'Ask the source now whether the sign-in is accepted; the outcome is in its state',
    request: { params },
    responses: { 200: theSource, 404: notFound, 409: problemResponse('There is no sign-in to check') },
  }),
  sync: createRoute({
    method: 'post',
    path: '/sources/{id}/sync',
    tags,
    summary: 'Look for new posts now',
    request: { params },
    responses: {
      202: {
        description: 'It will, or waits to already',
        ...json(z.object({ state: z.enum(['queued', 'waiting-already']) })),
      },
      404: notFound,
      409: problemResponse('Nobody is signed in'),
    },
  }),
  creators: createRoute({
    method: 'get',
    path: '/sources/{id}/creators',
    tags,
    summary: 'Whom the source told of, and whose posts are fetched',
    request: { params },
    responses: { 200: theCreators, 404: notFound },
  }),
  select: createRoute({
    method: 'put',
    path: '/sources/{id}/creators',
    tags,
    summary: 'Fetch the posts of these creators and of no others; what is archived stays',
    request: { params, ...body(selectSchema) },
    responses: { 200: theCreators, 404: notFound },
  }),
};

/** All of it is for admins: see accounts/core/access.ts. */
export function sourcesApi(sources: SourcesService, clock: Clock) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn(fieldWords) });
  const shown = (source: Parameters<typeof toSource>[0]) => toSource(source, clock.now());

  api.openapi(routes.plugins, (c) =>
    c.json(
      {
        items: sources.plugins().map((plugin) => ({
          ...plugin,
          capabilities: [...plugin.capabilities],
          credentialFields: [...plugin.credentialFields],
        })),
      },
      200,
    ),
  );
  api.openapi(routes.list, async (c) => c.json({ items: (await sources.list()).map(shown) }, 200));
  api.openapi(routes.add, async (c) => c.json(shown(orRefuse(await sources.add(c.req.valid('json')))), 201));
  api.openapi(routes.find, async (c) =>
    c.json(shown(orRefuse(await sources.find(c.req.valid('param').id))), 200),
  );
  api.openapi(routes.change, async (c) =>
    c.json(shown(orRefuse(await sources.change(c.req.valid('param').id, c.req.valid('json')))), 200),
  );
  api.openapi(routes.remove, async (c) => {
    orRefuse(await sources.remove(c.req.valid('param').id));
    return c.body(null, 204);
  });
  api.openapi(routes.signIn, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(shown(orRefuse(await sources.signIn(id, c.req.valid('json').credentials))), 200);
  });
  api.openapi(routes.signOut, async (c) =>
    c.json(shown(orRefuse(await sources.signOut(c.req.valid('param').id))), 200),
  );
  api.openapi(routes.check, async (c) =>
    c.json(shown(orRefuse(await sources.check(c.req.valid('param').id))), 200),
  );
  api.openapi(routes.sync, async (c) => {
    const { id } = c.req.valid('param');
    const isQueued = orRefuse(await sources.sync(id, c.get('person').name));
    return c.json({ state: isQueued ? ('queued' as const) : ('waiting-already' as const) }, 202);
  });
  api.openapi(routes.creators, async (c) =>
    c.json({ items: orRefuse(await sources.creators(c.req.valid('param').id)).map(toCreator) }, 200),
  );
  api.openapi(routes.select, async (c) => {
    const { id } = c.req.valid('param');
    const chosen = orRefuse(await sources.select(id, c.req.valid('json').selected));
    return c.json({ items: chosen.map(toCreator) }, 200);
  });

  return api;
}
