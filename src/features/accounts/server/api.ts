import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { setCookie } from 'hono/cookie';
import type { Context } from 'hono';
import type { UserId } from '#core/ids.ts';
import { err } from '#core/result.ts';
import { problemResponse, refuseInvalidIn } from '#server/platform/problem.ts';
import { listOf } from '#server/platform/answers.ts';
import { visitOf } from '#server/platform/visit.ts';
import { roles } from '../core/person.ts';
import { fieldWords, orRefuse } from './errors.ts';
import type { ApiEnv, Cookie } from './ports.ts';
import { apiKeySchema, newPersonSchema, roleSchema, setupSchema, signInSchema } from './schemas.ts';
import type { AccountsService } from './service.ts';

const personSchema = z
  .object({ id: z.string(), name: z.string(), username: z.string(), role: z.enum(roles) })
  .openapi('Person');

const userSchema = personSchema.extend({ createdAt: z.iso.datetime() }).openapi('User');

const apiKeyInfo = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('ApiKey');

const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
const body = <T extends z.ZodType>(schema: T) => ({ body: { ...json(schema), required: true as const } });
const idParam = z.object({ id: z.string().min(1) });
const tags = ['accounts'];

const routes = {
  setupState: createRoute({
    method: 'get',
    path: '/setup',
    tags,
    summary: 'Whether the first admin exists',
    responses: { 200: { description: 'The state', ...json(z.object({ done: z.boolean() })) } },
  }),
  setUp: createRoute({
    method: 'post',
    path: '/setup',
    tags,
    summary: 'Make the first admin; works once',
    request: body(setupSchema.strict()),
    responses: {
      201: { description: 'The admin', ...json(personSchema) },
      400: problemResponse('The name or the password cannot be used'),
      409: problemResponse('There is an admin already'),
    },
  }),
  signIn: createRoute({
    method: 'post',
    path: '/auth/sign-in',
    tags,
    summary: 'Sign in; the answer sets a session cookie',
    request: body(signInSchema.strict()),
    responses: {
      204: { description: 'Signed in' },
      401: problemResponse('Wrong name or password'),
      429: problemResponse('Too many tries'),
    },
  }),
  signOut: createRoute({
    method: 'post',
    path: '/auth/sign-out',
    tags,
    summary: 'End the session',
    responses: { 204: { description: 'Signed out' } },
  }),
  session: createRoute({
    method: 'get',
    path: '/auth/session',
    tags,
    summary: 'Who is signed in',
    responses: { 200: { description: 'The person', ...json(personSchema) } },
  }),
  keys: createRoute({
    method: 'get',
    path: '/auth/keys',
    tags,
    summary: 'Your API keys',
    responses: { 200: { description: 'The keys, without their secret part', ...json(listOf(apiKeyInfo)) } },
  }),
  makeKey: createRoute({
    method: 'post',
    path: '/auth/keys',
    tags,
    summary: 'Make an API key; its secret is shown only now',
    request: body(apiKeySchema.strict()),
    responses: { 201: { description: 'The key', ...json(z.object({ id: z.string(), key: z.string() })) } },
  }),
  removeKey: createRoute({
    method: 'delete',
    path: '/auth/keys/{id}',
    tags,
    summary: 'Take an API key away',
    request: { params: idParam },
    responses: { 204: { description: 'Gone' }, 404: problemResponse('No such key') },
  }),
  people: createRoute({
    method: 'get',
    path: '/users',
    tags,
    summary: 'Everybody with an account',
    responses: { 200: { description: 'The people', ...json(listOf(userSchema)) } },
  }),
  addPerson: createRoute({
    method: 'post',
    path: '/users',
    tags,
    summary: 'Add a person',
    request: body(newPersonSchema.strict()),
    responses: {
      201: { description: 'The person', ...json(personSchema) },
      409: problemResponse('The name is taken'),
    },
  }),
  setRole: createRoute({
    method: 'patch',
    path: '/users/{id}',
    tags,
    summary: 'Change what a person may do',
    request: { params: idParam, ...body(roleSchema.strict()) },
    responses: {
      204: { description: 'Changed' },
      404: problemResponse('No such person'),
      409: problemResponse('The last admin'),
    },
  }),
  removePerson: createRoute({
    method: 'delete',
    path: '/users/{id}',
    tags,
    summary: 'Remove a person and their sessions and keys',
    request: { params: idParam },
    responses: {
      204: { description: 'Gone' },
      404: problemResponse('No such person'),
      409: problemResponse('The last admin'),
    },
  }),
};

const putCookies = (c: Context, cookies: readonly Cookie[]): void => {
  for (const { name, value, maxAgeSeconds, sameSite, ...rest } of cookies) {
    setCookie(c, name, value, {
      ...rest,
      sameSite: sameSite === 'strict' ? 'Strict' : sameSite === 'none' ? 'None' : 'Lax',
      ...(maxAgeSeconds === null ? {} : { maxAge: maxAgeSeconds }),
    });
  }
};

export function accountsApi(accounts: AccountsService) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidIn(fieldWords) });

  api.openapi(routes.setupState, async (c) => c.json({ done: await accounts.isSetUp() }, 200));

  api.openapi(routes.setUp, async (c) => c.json(orRefuse(await accounts.setUp(c.req.valid('json'))), 201));

  api.openapi(routes.signIn, async (c) => {
    putCookies(c, orRefuse(await accounts.signIn(c.req.valid('json'), visitOf(c.req.raw))));
    return c.body(null, 204);
  });

  api.openapi(routes.signOut, async (c) => {
    putCookies(c, await accounts.signOut(visitOf(c.req.raw)));
    return c.body(null, 204);
  });

  api.openapi(routes.session, (c) => c.json(c.get('person'), 200));

  api.openapi(routes.keys, async (c) => {
    const keys = await accounts.apiKeys(c.get('person').id);
    const items = keys.map(({ id, name, start, createdAt, lastUsedAt }) => ({
      id,
      name,
      start,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    }));
    return c.json({ items }, 200);
  });

  api.openapi(routes.makeKey, async (c) =>
    c.json(await accounts.makeApiKey(c.get('person').id, c.req.valid('json').name), 201),
  );

  api.openapi(routes.removeKey, async (c) => {
    const removed = await accounts.removeApiKey(c.get('person').id, c.req.valid('param').id);
    if (!removed) orRefuse(err({ code: 'accounts.key-not-found' }));
    return c.body(null, 204);
  });

  api.openapi(routes.people, async (c) => {
    const people = await accounts.people();
    const items = people.map(({ createdAt, ...one }) => ({ ...one, createdAt: createdAt.toISOString() }));
    return c.json({ items }, 200);
  });

  api.openapi(routes.addPerson, async (c) =>
    c.json(orRefuse(await accounts.addPerson(c.req.valid('json'))), 201),
  );

  api.openapi(routes.setRole, async (c) => {
    orRefuse(await accounts.setRole(c.req.valid('param').id as UserId, c.req.valid('json').role));
    return c.body(null, 204);
  });

  api.openapi(routes.removePerson, async (c) => {
    orRefuse(await accounts.removePerson(c.req.valid('param').id as UserId));
    return c.body(null, 204);
  });

  return api;
}
