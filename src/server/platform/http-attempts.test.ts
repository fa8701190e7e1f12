import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { answer, clientAt, collect, createServers, GET, inTurn, thing } from './http-server.fake.ts';
import { createHttp } from './http.ts';

const { listen, clientOf, closeAll } = createServers();
afterEach(closeAll);

test('a server that never answers is a time-out, and is not asked twice', async () => {
  const { handler, calls } = inTurn(() => undefined);
  // Long enough that a busy machine brings the request to the server first.
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
  await closeAll();
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
