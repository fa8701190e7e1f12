import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { UserId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { createApi } from './api.ts';
import { createFront } from './front.ts';
import { openLog } from './platform/log.ts';
import { refuseInvalid } from './platform/problem.ts';

const things = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
const params = z.object({ id: z.string() });
const schema = z.strictObject({ name: z.string() });
const body = { body: { content: { 'application/json': { schema } }, required: true as const } };
const wish = { body: { content: { 'application/json': { schema: schema.partial() } } } };
const responses = { 200: { description: 'Done' } };

things.openapi(createRoute({ method: 'delete', path: '/things/{id}', request: { params }, responses }), (c) =>
  c.json({ gone: c.req.valid('param').id }, 200),
);
things.openapi(
  createRoute({ method: 'put', path: '/things/{id}', request: { params, ...body }, responses }),
  (c) => c.json(c.req.valid('json'), 200),
);
things.openapi(
  createRoute({ method: 'post', path: '/things/{id}', request: { params, ...wish }, responses }),
  (c) => c.json(c.req.valid('json'), 200),
);
let abandoned = 0;
things.get('/stream', (c) =>
  stream(c, async (out) => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    out.onAbort(() => resolve(undefined));
    await promise;
    abandoned += 1;
  }),
);
things.openapi(createRoute({ method: 'get', path: '/broken', responses }), () => {
  throw new Error('a secret of ours');
});

let server: Server;
let port: number;

beforeAll(async () => {
  const { log } = await openLog({ level: 'fatal', folder: null, console: process.stderr });
  const admin = { id: 'u' as UserId, name: 'Ana', username: 'ana', role: 'admin' as const };
  const edge = new OpenAPIHono<ApiEnv>();
  const api = createApi({ whoIs: async () => admin, version: '1', log, edge, parts: [things] });
  server = createFront(
    (asked) => api.fetch(asked),
    (_, response) => response.end('a page'),
    {
      origin: undefined,
      trustProxy: false,
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

type Sent = { method: string; path: string; type?: string; body?: string; length?: boolean };

/** As bytes on the wire: `fetch` is kinder than many clients, and mends the address. */
async function send({ method, path, type, body: text, length = true }: Sent) {
  const asked = request({ port, host: '127.0.0.1', method, path: `/api/v1${path}` });
  if (type !== undefined) asked.setHeader('content-type', type);
  if (text !== undefined && length) asked.setHeader('content-length', Buffer.byteLength(text));
  if (text === undefined) asked.removeHeader('transfer-encoding');
  asked.on('error', () => undefined); // an answer may come before all was sent
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  asked.end(text);
  const [response] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    allow: response.headers.allow,
    body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
  };
}

const json = 'application/json';
const problem = (status: number, code: string) => ({
  status,
  type: 'application/problem+json',
  body: { status, code, title: expect.any(String) as string },
});

test('a request without a body is taken', async () => {
  expect(await send({ method: 'DELETE', path: '/things/a' })).toMatchObject({
    status: 200,
    body: { gone: 'a' },
  });
  expect((await send({ method: 'POST', path: '/things/a' })).status).toBe(200);
});

test('an empty body is no body, whatever type it has', async () => {
  for (const type of [json, 'application/x-www-form-urlencoded'])
    expect((await send({ method: 'POST', path: '/things/a', type, body: '' })).status).toBe(200);
  expect(await send({ method: 'PUT', path: '/things/a', type: json, body: '' })).toMatchObject(
    problem(400, 'request.invalid'),
  );
});

test('a body in chunks is read as one that says its length', async () => {
  const sent = { method: 'PUT', path: '/things/a', type: json, body: '{"name":"a"}', length: false };
  expect(await send(sent)).toMatchObject({ status: 200, body: { name: 'a' } });
});

test.each([
  ['no JSON', 400, 'request.not-json', json, '{"name":'],
  ['brackets without end', 400, 'request.not-json', json, '['.repeat(100_000)],
  ['another type', 415, 'request.wrong-type', 'text/plain', '{"name":"a"}'],
  ['no type', 415, 'request.wrong-type', undefined, '{"name":"a"}'],
  ['two megabytes', 413, 'request.too-large', json, `"${'x'.repeat(2_000_000)}"`],
  ['a zero character', 400, 'request.bad-text', json, '{"name":"\\u0000"}'],
  ['another shape', 400, 'request.invalid', json, '[]'],
  ['an unknown field', 400, 'request.invalid', json, '{"name":"a","mane":"b"}'],
] as const)('%s is refused with a problem', async (_what, status, code, type, text) => {
  const sent = { method: 'PUT', path: '/things/a', body: text, ...(type ? { type } : {}) };
  expect(await send(sent)).toMatchObject(problem(status, code));
  expect(await send({ ...sent, length: false })).toMatchObject(problem(status, code));
});

test('a zero character in the address is refused', async () => {
  expect(await send({ method: 'DELETE', path: '/things/a%00b' })).toMatchObject(
    problem(400, 'request.bad-text'),
  );
});

test('a path that is not there is a problem, and a wrong method says which are right', async () => {
  expect(await send({ method: 'GET', path: '/nothing' })).toMatchObject(problem(404, 'api.no-such-route'));
  expect(await send({ method: 'PATCH', path: '/things/a' })).toMatchObject({
    ...problem(405, 'api.no-such-method'),
    allow: 'DELETE, PUT, POST',
  });
});

test('a method that nobody uses is refused too', async () => {
  expect(await send({ method: 'TRACE', path: '/things/a' })).toMatchObject(
    problem(405, 'api.no-such-method'),
  );
});

test('a HEAD of a stream lets the stream go', async () => {
  const asked = request({ port, host: '127.0.0.1', method: 'HEAD', path: '/api/v1/stream' }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(200);
  await vi.waitFor(() => expect(abandoned).toBe(1));
});

test.each(['/api', '/api/v2/things'])('%s is answered as JSON, not as a page', async (path) => {
  const answer = await fetch(`http://127.0.0.1:${String(port)}${path}`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

test('the page about the API is a page', async () => {
  expect(await (await fetch(`http://127.0.0.1:${String(port)}/api/docs`)).text()).toBe('a page');
});

test('the description names each call, says who may make it and what a refusal looks like', async () => {
  const { body } = await send({ method: 'GET', path: '/openapi.json' });
  expect(body).toMatchObject({
    openapi: '3.1.0',
    security: [{ apiKey: [] }, { bearer: [] }, { session: [] }],
    paths: {
      '/api/v1/things/{id}': {
        put: {
          operationId: 'putThingsId',
          responses: { default: { content: { 'application/problem+json': {} } } },
        },
      },
    },
  });
});

test('a failure of ours says nothing of what is inside', async () => {
  const answer = await send({ method: 'GET', path: '/broken' });
  expect(answer).toMatchObject(problem(500, 'server.failed'));
  expect(JSON.stringify(answer.body)).not.toContain('secret');
});
