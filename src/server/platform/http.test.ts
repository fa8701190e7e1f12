import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createHttp, type HttpClient, type HttpOptions } from './http.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function clientOf(handler: RequestListener, options: HttpOptions = {}) {
  const pauses: number[] = [];
  const url = await listen(handler);
  const http = createHttp({
    wait: async (ms) => void pauses.push(ms),
    now: () => new Date('2026-01-01T00:00:00Z'),
    ...options,
  });
  return { url, pauses, client: clientAt(http, url) };
}

const clientAt = (http: ReturnType<typeof createHttp>, url: string): HttpClient =>
  http.at({ url, headers: { 'x-api-key': KEY }, secrets: [KEY] });

const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** Every answer in turn; the last one again and again. */
const inTurn = (...handlers: RequestListener[]) => {
  let calls = 0;
  const handler: RequestListener = (request, response) => {
    const next = handlers[Math.min(calls, handlers.length - 1)];
    calls += 1;
    next?.(request, response);
  };
  return { handler, calls: () => calls };
};

const thing = z.object({ name: z.string() });
const GET = { path: 'thing' };

async function collect<T>(batches: AsyncGenerator<readonly T[], unknown>) {
  const all: T[] = [];
  for (;;) {
    const next = await batches.next();
    if (next.done) return { all, end: next.value };
    all.push(...next.value);
  }
}

test('reads JSON that has the expected shape, sends the key and says who it is', async () => {
  const seen: unknown[] = [];
  const { client } = await clientOf((request, response) => {
    seen.push(request.url, request.headers['x-api-key'], request.headers['user-agent']);
    answer(200, { name: 'a', more: 1 })(request, response);
  });
  const result = await client.json({ path: 'thing', query: { a: 'b c', ids: [1, 2] } }, thing);
  expect(result).toEqual({ ok: true, value: { name: 'a' } });
  expect(seen).toEqual(['/thing?a=b+c&ids=1&ids=2', KEY, 'KeeperCheky']);
});

test('an answer with the bytes of before has its digest; one byte more and it has another', async () => {
  const turns = inTurn(answer(200, { name: 'a' }), answer(200, { name: 'a' }), answer(200, '{"name":"a"} '));
  const { client } = await clientOf(turns.handler);
  const first = await client.digested(GET, thing);
  const digest = first.ok ? first.value.digest : '';
  expect(first).toMatchObject({ ok: true, value: { value: { name: 'a' } } });
  expect(await client.digest(GET)).toEqual({ ok: true, value: digest });
  const other = await client.digest(GET);
  expect(other.ok && other.value !== digest).toBe(true);
});

test('a page of HTML with status 200 is not an answer', async () => {
  const { client } = await clientOf(
    answer(200, '<!doctype html>', { 'content-type': 'text/html; charset=utf-8' }),
  );
  const failure = { ok: false, error: { code: 'http.not-json', contentType: 'text/html; charset=utf-8' } };
  expect(await client.json(GET, thing)).toEqual(failure);
  expect(await client.send({ ...GET, method: 'DELETE' })).toEqual(failure);
  expect((await collect(client.elements(GET, thing))).end).toEqual(failure);
});

test('a redirect is reported with its target and never followed, and the target shows no key', async () => {
  const { handler, calls } = inTurn(answer(307, '', { location: `/login?apikey=${KEY}` }));
  const { client } = await clientOf(handler);
  expect(await client.send({ ...GET, method: 'DELETE' })).toEqual({
    ok: false,
    error: { code: 'http.redirected', to: '/login?apikey=***' },
  });
  expect(calls()).toBe(1);
});

test('a server that never answers is a time-out, and is not asked twice', async () => {
  // Long enough that a busy machine brings the request to the server first.
  const { handler, calls } = inTurn(() => undefined);
  const { client } = await clientOf(handler, { timeoutMs: 300 });
  expect(await client.json(GET, thing)).toEqual({
    ok: false,
    error: { code: 'http.timed-out', afterMs: 300 },
  });
  expect(calls()).toBe(1);
});

test('the time-out covers the body too', async () => {
  const { client } = await clientOf(
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[{"name":"a"},');
    },
    { timeoutMs: 40 },
  );
  const failure = { ok: false, error: { code: 'http.timed-out', afterMs: 40 } };
  expect(await client.json(GET, z.array(thing))).toEqual(failure);
  expect((await collect(client.elements(GET, thing))).end).toEqual(failure);
});

test('a closed port is refused, after as many attempts as allowed', async () => {
  const pauses: number[] = [];
  const url = await listen(() => undefined);
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  const client = clientAt(createHttp({ wait: async (ms) => void pauses.push(ms) }), url);
  expect(await client.json(GET, thing)).toEqual({
    ok: false,
    error: { code: 'http.refused', host: new URL(url).host },
  });
  expect(pauses).toEqual([500, 1000]);
});

test.each([
  ['http.host-unknown', Object.assign(new Error('x'), { code: 'ENOTFOUND' })],
  ['http.certificate', Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })],
  ['http.refused', new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })])],
  ['http.dropped', Object.assign(new Error('x'), { code: 'UND_ERR_SOCKET' })],
])('tells %s apart by what fetch says', async (code, cause) => {
  const failing: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
  const client = clientAt(createHttp({ fetch: failing, retries: 0 }), 'http://nas.test');
  expect(await client.json(GET, thing)).toMatchObject({ ok: false, error: { code } });
});

test('an error carries the status and the sentence of the service, without the key and on one line', async () => {
  const { client } = await clientOf(answer(400, [{ errorMessage: `key ${KEY}\nis bad` }]));
  expect(await client.json(GET, thing)).toEqual({
    ok: false,
    error: { code: 'http.status', status: 400, message: 'key *** is bad', json: true },
  });
});

test('T-01 a 404 that is a page is told apart from a 404 of the service', async () => {
  const page = await clientOf(answer(404, '<html>nginx</html>', { 'content-type': 'text/html' }));
  const own = await clientOf(answer(404, { message: 'NotFound' }));
  expect(await page.client.json(GET, thing)).toMatchObject({
    error: { status: 404, message: '', json: false },
  });
  expect(await own.client.json(GET, thing)).toMatchObject({ error: { status: 404, json: true } });
});

test('GET is repeated after 502, 503 and 504, waiting as long as the server asked', async () => {
  const { handler, calls } = inTurn(
    answer(502, ''),
    answer(503, '', { 'retry-after': '3' }),
    answer(200, { name: 'a' }),
  );
  const { client, pauses } = await clientOf(handler);
  expect(await client.json(GET, thing)).toMatchObject({ ok: true });
  expect([calls(), pauses]).toEqual([3, [500, 3000]]);
});

test('a pause that is too long is not taken', async () => {
  const late = { 'retry-after': 'Thu, 01 Jan 2026 00:05:00 GMT' };
  const { handler, calls } = inTurn(answer(429, {}, late));
  const { client } = await clientOf(handler);
  expect(await client.json(GET, thing)).toEqual({
    ok: false,
    error: { code: 'http.rate-limited', retryAfterMs: 300_000 },
  });
  expect(calls()).toBe(1);
});

test.each(['POST', 'PUT', 'DELETE'] as const)('%s is never repeated', async (method) => {
  const { handler, calls } = inTurn(answer(503, ''));
  const { client } = await clientOf(handler);
  expect(await client.send({ path: 'thing', method, json: {} })).toMatchObject({ ok: false });
  expect(calls()).toBe(1);
});

test('a deletion may answer with nothing', async () => {
  const { client } = await clientOf(answer(200, ''));
  expect(await client.send({ ...GET, method: 'DELETE' })).toEqual({ ok: true, value: undefined });
});

test('malformed JSON, an empty body and a wrong shape have names', async () => {
  const { handler } = inTurn(answer(200, '{"name":'), answer(200, ''), answer(200, { name: 3 }));
  const { client } = await clientOf(handler);
  expect(await client.json(GET, thing)).toMatchObject({
    error: { code: 'http.bad-json', reason: 'malformed' },
  });
  expect(await client.json(GET, thing)).toMatchObject({ error: { code: 'http.bad-json', reason: 'empty' } });
  expect(await client.json(GET, thing)).toMatchObject({
    error: { code: 'http.unexpected-shape', where: 'name: invalid_type' },
  });
});

test('a body over the limit is not read to its end', async () => {
  const { client } = await clientOf(answer(200, { name: 'a'.repeat(5000) }), { maxBytes: 1000 });
  const failure = { ok: false, error: { code: 'http.too-large', limitBytes: 1000 } };
  expect(await client.json(GET, thing)).toEqual(failure);
  expect((await collect(client.elements(GET, thing))).end).toEqual(failure);
});

test('an answer that breaks off is dropped, and the list is not taken for whole', async () => {
  const { client } = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('[{"name":"a"},{"name":"b"}', () => response.destroy());
  });
  expect(await client.json(GET, z.array(thing))).toMatchObject({ error: { code: 'http.dropped' } });
  const { end } = await collect(client.elements(GET, thing));
  expect(end).toMatchObject({ ok: false, error: { code: 'http.dropped' } });
});

test('a list that ends too early in good order is not taken for whole', async () => {
  const { client } = await clientOf(answer(200, '[{"name":"a"},'));
  const { end } = await collect(client.elements(GET, thing));
  expect(end).toEqual({ ok: false, error: { code: 'http.bad-json', reason: 'cut-off' } });
});

test('a long list comes in batches', async () => {
  const many = Array.from({ length: 450 }, (_, index) => ({ name: `n${String(index)} ñ "]` }));
  const { client } = await clientOf(answer(200, many));
  const sizes: number[] = [];
  for await (const batch of client.elements(GET, thing)) sizes.push(batch.length);
  expect(sizes).toEqual([200, 200, 50]);
  expect((await collect(client.elements(GET, thing))).all).toEqual(many);
});

test('an element of the wrong shape is named by its place', async () => {
  const { client } = await clientOf(answer(200, [{ name: 'a' }, { name: 1 }]));
  const { end } = await collect(client.elements(GET, thing));
  expect(end).toMatchObject({ error: { code: 'http.unexpected-shape', where: '1.name: invalid_type' } });
});

test('T-10: no more than a few calls run at a time, and a reader that stops early frees its place', async () => {
  let open = 0;
  let most = 0;
  const { client } = await clientOf(
    (request, response) => {
      open += 1;
      most = Math.max(most, open);
      response.on('close', () => (open -= 1));
      setImmediate(() => answer(200, [{ name: 'a' }])(request, response));
    },
    { maxPerHost: 2 },
  );
  for (let round = 0; round < 3; round += 1) {
    const list = client.elements(GET, thing);
    await list.next();
    await list.return({ ok: true, value: undefined });
  }
  const results = await Promise.all(Array.from({ length: 9 }, () => client.json(GET, z.array(thing))));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(most).toBeLessThanOrEqual(2);
});

test('whoever gives up while waiting in line is told so and takes no place', async () => {
  const controller = new AbortController();
  const { client } = await clientOf(() => undefined, { maxPerHost: 1, timeoutMs: 60 });
  const first = client.json(GET, thing);
  const second = client.json({ ...GET, signal: controller.signal }, thing);
  controller.abort();
  expect(await second).toEqual({ ok: false, error: { code: 'http.aborted' } });
  expect(await first).toMatchObject({ error: { code: 'http.timed-out' } });
  expect(await client.json(GET, thing)).toMatchObject({ error: { code: 'http.timed-out' } });
});

test('an abort reaches a running call', async () => {
  const controller = new AbortController();
  const { client } = await clientOf(() => controller.abort());
  expect(await client.json({ ...GET, signal: controller.signal }, thing)).toEqual({
    ok: false,
    error: { code: 'http.aborted' },
  });
});

test('an exchange gives a refusal as it came, with its headers, and follows no redirect', async () => {
  const { client } = await clientOf(answer(409, 'conflict', { 'x-session': 'abc' }));
  const refused = await client.exchange({ method: 'POST', path: 'rpc' });
  expect(refused).toMatchObject({ ok: true, value: { status: 409, text: 'conflict' } });
  expect(refused.ok && refused.value.headers.get('x-session')).toBe('abc');
  const moved = await clientOf(answer(302, '', { location: '/login' }));
  expect(await moved.client.exchange(GET)).toMatchObject({ ok: true, value: { status: 302 } });
});
