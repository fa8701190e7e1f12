import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { createServers } from './http-server.fake.ts';
import { isPrivateAddress } from './http-private.ts';
import { createHttpStreams } from './http-stream.ts';

const { listen, closeAll } = createServers();
afterEach(closeAll);
const serve = async (handler: RequestListener): Promise<URL> => new URL('/file', await listen(handler));

const never = new AbortController().signal;
const call = (url: URL, mayBePrivate = true, signal = never) => ({
  url,
  headers: { referer: 'https://www.patreon.com/' },
  signal,
  mayBePrivate,
});

test('gives the answer with its headers, and the body as it is read', async () => {
  const url = await serve((request, response) => {
    response.setHeader(
      'x-asked',
      `${request.headers.referer ?? ''} ${String(request.headers['accept-encoding'])}`,
    );
    response.end('bytes');
  });
  const answer = await createHttpStreams().open(call(url));
  if (!answer.ok) throw new Error(answer.error.code);
  expect(answer.value.status).toBe(200);
  expect(answer.value.headers.get('x-asked')).toBe('https://www.patreon.com/ identity');
  expect(await text(answer.value.body)).toBe('bytes');
});

test('a redirect is an answer and is not followed', async () => {
  let asked = 0;
  const url = await serve((_, response) => {
    asked += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const answer = await createHttpStreams().open(call(url));
  expect(answer.ok && [answer.value.status, answer.value.headers.get('location')]).toEqual([
    302,
    '/elsewhere',
  ]);
  expect(asked).toBe(1);
});

test('an address of the house is refused without a connection', async () => {
  let asked = 0;
  const url = await serve((_, response) => {
    asked += 1;
    response.end();
  });
  const named = new URL(url.href.replace('127.0.0.1', 'localhost'));
  for (const one of [url, named])
    expect(await createHttpStreams().open(call(one, false))).toEqual({
      ok: false,
      error: { code: 'http.private-address', host: one.host },
    });
  expect(asked).toBe(0);
});

test('a name with one address outside and one within is refused', async () => {
  const streams = createHttpStreams({
    resolve: (_, use) =>
      use(null, [
        { address: '93.184.215.14', family: 4 },
        { address: '192.168.1.1', family: 4 },
      ]),
  });
  expect(await streams.open(call(new URL('http://cdn.example.org/'), false))).toMatchObject({
    ok: false,
    error: { code: 'http.private-address' },
  });
});

test('whoever answers nothing is given up, and whoever left is not waited for', async () => {
  const url = await serve(() => undefined);
  expect(await createHttpStreams({ timeoutMs: 50 }).open(call(url))).toEqual({
    ok: false,
    error: { code: 'http.timed-out', afterMs: 50 },
  });
  const leaving = new AbortController();
  const waiting = createHttpStreams().open(call(url, true, leaving.signal));
  leaving.abort();
  expect(await waiting).toEqual({ ok: false, error: { code: 'http.aborted' } });
});

test('a body that breaks off is an error of the body', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  const answer = await createHttpStreams().open(call(url));
  await expect(answer.ok && text(answer.value.body)).rejects.toThrow();
});

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.178.1',
  '169.254.169.254',
  '100.100.100.100',
  '0.0.0.0',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:c0a8:0101::1',
  '224.0.0.1',
  '255.255.255.255',
  'not an address',
])('%s is of the house', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['93.184.215.14', '172.32.0.1', '2606:2800:21f:cb07::1', '11.0.0.1'])(
  '%s is outside',
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);
