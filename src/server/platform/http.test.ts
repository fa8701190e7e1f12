import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { answer, collect, createServers, GET, inTurn, KEY, thing } from './http-server.fake.ts';

const { clientOf, closeAll } = createServers();
afterEach(closeAll);

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
