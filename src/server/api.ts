import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { accessTo } from '#features/accounts/core/access.ts';
import { mayActAs, type Person } from '#features/accounts/core/person.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import type { Log } from './platform/log.ts';
import { problemAnswer, refuseInvalid } from './platform/problem.ts';
import { comesFromElsewhere, visitOf } from './platform/visit.ts';

const ONE_MEGABYTE = 1024 * 1024;
const READS = ['GET', 'HEAD'];

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
    if (thrown instanceof HTTPException) return thrown.getResponse();
    log.error({ part: 'api', err: thrown, path: c.req.path }, 'a request failed');
    return problemAnswer(500, 'server.failed', 'Something went wrong; the log says more');
  });
  api.notFound((c) => problemAnswer(404, 'api.no-such-route', `There is nothing at ${c.req.path}`));

  api.use(guard(whoIs));
  api.use(
    bodyLimit({
      maxSize: ONE_MEGABYTE,
      onError: () => problemAnswer(413, 'request.too-large', 'The request is larger than 1 MB'),
    }),
  );
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
  api.doc31('/api/v1/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'KeeperCheky',
      version,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    security: [{ apiKey: [] }, { bearer: [] }, { session: [] }],
  });
  return api;
}

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
