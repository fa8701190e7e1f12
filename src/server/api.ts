import { OpenAPIHono } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { accessTo } from '#features/accounts/core/access.ts';
import { mayActAs, type Person } from '#features/accounts/core/person.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { Log } from './platform/log.ts';
import { problemAnswer, refuseInvalid } from './platform/problem.ts';
import { checkJson, readBody, type BodyProblem } from './platform/request-body.ts';
import { comesFromElsewhere, visitOf } from './platform/visit.ts';

const ONE_MEGABYTE = 1024 * 1024;
const READS = ['GET', 'HEAD'];
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

export type ApiDeps = {
  whoIs: (headers: Headers) => Promise<Person | null>;
  version: string;
  log: Log;
  /** /health and /metrics, which stand outside /api/v1. */
  edge: OpenAPIHono<ApiEnv>;
  /** Mounted under /api/v1, in this order. */
  parts: readonly OpenAPIHono<ApiEnv>[];
};

/** Everything that is not a page: the guard, the parts of the features, and the description of it all. */
export function createApi({ whoIs, version, log, edge, parts }: ApiDeps) {
  const api = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

  api.onError((thrown, c) => {
    if (thrown instanceof HTTPException) return thrown.res ?? problemOfStatus(thrown.status);
    log.error({ part: 'api', err: thrown, path: c.req.path }, 'a request failed');
    return problemAnswer(500, 'server.failed', 'Something went wrong; the log says more');
  });
  api.notFound((c) => {
    const methods = methodsAt(api, c.req.path);
    if (methods.length === 0)
      return problemAnswer(404, 'api.no-such-route', `There is nothing at ${c.req.path.slice(0, 200)}`);
    const answer = problemAnswer(405, 'api.no-such-method', `This takes only ${methods.join(', ')}`);
    answer.headers.set('allow', methods.join(', '));
    return answer;
  });

  api.use(letGoAfterHead);
  api.use(guard(whoIs));
  api.use(refuseUnreadable);
  api.route('/', edge);
  for (const part of parts) api.route('/api/v1', part);

  api.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-Api-Key',
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'keepercheky.session_token',
  });
  api.get('/api/v1/openapi.json', (c) => c.json(describe(api, version)));
  return api;
}

/** What the routes say of themselves, and what holds for all: who may call, and that a refusal is a problem. */
function describe(api: OpenAPIHono<ApiEnv>, version: string) {
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'KeeperCheky',
      version,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    security: [{ apiKey: [] }, { bearer: [] }, { session: [] }],
  });
  for (const [path, operations] of Object.entries(document.paths ?? {})) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = operations[method];
      if (!operation) continue;
      if (accessTo(method.toUpperCase(), path) === 'public') operation.security = [];
      operation.operationId ??= nameOf(method, path);
      operation.responses = { ...operation.responses, default: anyProblem };
    }
  }
  return document;
}

/** `postSchedulesIdRun`: what generators of clients name the call. */
const nameOf = (method: string, path: string): string =>
  method +
  path
    .replace('/api/v1', '')
    .replaceAll(/[^a-z]+([a-z])/gi, (_, letter: string) => letter.toUpperCase())
    .replaceAll(/[^a-z]/gi, '');

const anyProblem = {
  description: 'Refused: `code` and `errors` say why',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Lets in whom `accessTo` allows, says 401 or 403 to the rest, and stops pages of other sites (CSRF). */
export const guard = (whoIs: ApiDeps['whoIs']) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const needs = accessTo(c.req.method, c.req.path);
    const visit = visitOf(c.req.raw);
    if (!READS.includes(c.req.method) && comesFromElsewhere(visit)) {
      return problemAnswer(403, 'request.from-elsewhere', 'Another site made this request');
    }
    if (needs === 'public') return next();
    const person = await whoIs(c.req.raw.headers);
    if (!person) return problemAnswer(401, 'accounts.not-signed-in', 'Sign in, or send an API key');
    if (!mayActAs(person, needs))
      return problemAnswer(403, 'accounts.not-allowed', `Only ${needs} may do this`);
    c.set('person', person);
    return next();
  });

/** Stops what no route could read: a body that is too large or no JSON, and text that the database cannot keep. */
const refuseUnreadable = createMiddleware<ApiEnv>(async (c, next) => {
  if (c.req.url.includes('%00'))
    return problemAnswer(400, 'request.bad-text', 'There is a zero character in the address');
  if (!WRITES.includes(c.req.method)) return next();
  const body = await readBody(c.req.raw, ONE_MEGABYTE);
  if (!body.ok) return bodyRefused(body.error);
  const headers = new Headers(c.req.raw.headers);
  // `curl -X POST -d ''` sends the type of a form with nothing in it.
  if (body.value === '') headers.delete('content-type');
  else if (!IS_JSON.test(headers.get('content-type') ?? '')) return problemOfStatus(415);
  else {
    const checked = checkJson(body.value);
    if (!checked.ok) return bodyRefused(checked.error);
  }
  // The listener's own request can be read once and not be copied.
  c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: body.value || null });
  return next();
});

/** A HEAD is answered as a GET whose body nobody reads; a stream would wait for ever to be read. */
const letGoAfterHead = createMiddleware<ApiEnv>(async (c, next) => {
  await next();
  if (c.req.method === 'HEAD') await c.res.body?.cancel();
});

const IS_JSON = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

function bodyRefused(problem: BodyProblem): Response {
  switch (problem.code) {
    case 'too-large':
      return problemAnswer(413, 'request.too-large', 'The request is larger than 1 MB');
    case 'not-json':
      return problemAnswer(400, 'request.not-json', 'The body is no JSON', { detail: problem.why });
    case 'bad-text':
      return problemAnswer(400, 'request.bad-text', 'A text has a zero character or half of a character');
  }
}

/** For what the packages refuse by themselves. */
const problemOfStatus = (status: HTTPException['status']): Response =>
  status === 415
    ? problemAnswer(415, 'request.wrong-type', 'The body has to be JSON, and content-type application/json')
    : problemAnswer(status, 'request.refused', 'The request cannot be read');

/** The methods that the description knows at a path: to say that only the method is wrong. */
function methodsAt(api: OpenAPIHono<ApiEnv>, path: string): string[] {
  const fits = (template: string) =>
    new RegExp(`^${template.replaceAll('.', '[.]').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
  return api.openAPIRegistry.definitions.flatMap((one) =>
    one.type === 'route' && fits(one.route.path) ? [one.route.method.toUpperCase()] : [],
  );
}
