import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { Agent, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Sha256, UserId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { createApi } from '#server/api.ts';
import { createFront } from '#server/front.ts';
import { openLog } from '#server/platform/log.ts';
import { aFileStore, aFolder } from './media.fake.ts';
import type { FileRow } from './library.store.ts';
import { servingApi } from './serving.api.ts';
import { createServing } from './serving.service.ts';

const rows = new Map<string, FileRow>();
const names = new Map<string, string>();
const { signal } = new AbortController();
let place: { folder: string; remove: () => Promise<void> };
let root: string;
let server: Server;
let port: number;
let store: ReturnType<typeof aFileStore>['store'];
let isSignedIn = true;

beforeAll(async () => {
  place = await aFolder();
  root = join(place.folder, 'media');
  ({ store } = aFileStore(root));
  const library = {
    find: async (sha256: Sha256) => rows.get(sha256) ?? null,
    nameOf: async (_sha256: Sha256, as: string | null) => names.get(as ?? '') ?? null,
  };
  const { log } = await openLog({ level: 'fatal', folder: null, console: process.stderr });
  const reader = { id: 'u' as UserId, name: 'Ana', username: 'ana', role: 'readonly' as const };
  const api = createApi({
    whoIs: async () => (isSignedIn ? reader : null),
    version: '1',
    log,
    edge: new OpenAPIHono<ApiEnv>(),
    parts: [servingApi(createServing({ library, store }))],
  });
  server = createFront(
    (asked) => api.fetch(asked),
    (_, response) => response.end('a page'),
    { origin: undefined, trustProxy: false },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await place.remove();
});

async function aFile(
  bytes: string | Buffer,
  mimeType: string,
  changes: Partial<FileRow> = {},
): Promise<Sha256> {
  const part = { key: 'a', fromByte: 0, validator: null };
  const received = await store.receive(Readable.from([Buffer.from(bytes)]), { signal, part });
  if (!received.ok) throw new Error(received.error.code);
  await received.value.place();
  const { sha256, sizeBytes } = received.value;
  const at = new Date();
  const kind = 'file' as const;
  const known = { storedAt: at, verifiedAt: at, damagedAt: null, orphanedAt: null };
  rows.set(sha256, { sha256, sizeBytes, mimeType, kind, ...known, ...changes });
  return sha256;
}

type Asked = { method?: string; headers?: Record<string, string>; agent?: Agent };

/** As bytes on the wire: `fetch` decompresses by itself. */
async function ask(path: string, { method = 'GET', headers = {}, agent }: Asked = {}) {
  const asked = request({
    port,
    host: '127.0.0.1',
    method,
    path: `/api/v1/media-files/${path}`,
    headers,
    ...(agent ? { agent } : {}),
  });
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  asked.end();
  const [response] = await answered;
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

const TEXT = 'A line that would shrink well. '.repeat(200);

test('a file comes whole, in its type, with everything that a browser needs to know', async () => {
  const sha = await aFile('\u0089PNG picture', 'image/png');
  const { status, headers, body } = await ask(sha);
  expect(status).toBe(200);
  expect(String(body)).toBe('\u0089PNG picture');
  expect(headers).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(body.length),
    'content-disposition': `inline; filename="${sha.slice(0, 12)}.png"; filename*=UTF-8''${sha.slice(0, 12)}.png`,
    'accept-ranges': 'bytes',
    etag: `"${sha}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'SAMEORIGIN',
  });
});

test.each([
  ['image/jpeg', 'inline'],
  ['image/gif', 'inline'],
  ['audio/mpeg', 'inline'],
  ['video/mp4', 'inline'],
  ['application/pdf', 'inline'],
  ['image/svg+xml', 'attachment'],
  ['text/html', 'attachment'],
  ['text/plain', 'attachment'],
  ['application/xml', 'attachment'],
  ['application/octet-stream', 'attachment'],
  ['application/javascript', 'attachment'],
])('%s comes as %s, and what comes to be kept runs nowhere', async (mimeType, how) => {
  const { headers } = await ask(await aFile(`some ${mimeType}`, mimeType));
  expect(headers['content-disposition']).toMatch(new RegExp(`^${how};`));
  expect(headers['content-type']).toBe(mimeType);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
  expect(headers['content-security-policy']?.includes('sandbox')).toBe(how === 'attachment');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('a picture to keep comes as a file, under the name that it has in its post', async () => {
  const sha = await aFile('a picture to keep', 'image/jpeg');
  names.set('place-1', '../Lámina "3"\r\nX-Evil: 1\u202egpj.exe.jpg');
  const { headers } = await ask(`${sha}/download?as=place-1`);
  expect(headers['content-disposition']).toBe(
    `attachment; filename="Lamina _3_X-Evil_ 1gpj.exe.jpg"; filename*=UTF-8''L%C3%A1mina%20_3_X-Evil_%201gpj.exe.jpg`,
  );
  expect(headers['x-evil']).toBeUndefined();
  expect((await ask(`${sha}/download?as=another`)).headers['content-disposition']).toContain(
    `${sha.slice(0, 12)}.jpg`,
  );
});

test('nobody who is not signed in gets anything', async () => {
  const sha = await aFile('a secret', 'image/png');
  isSignedIn = false;
  const answers = await Promise.all([ask(sha), ask(`${sha}/download`), ask(sha, { method: 'HEAD' })]);
  isSignedIn = true;
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
});

test('a part comes as a part, and text is not compressed', async () => {
  const sha = await aFile(TEXT, 'text/plain');
  const headers = { range: 'bytes=7-11', 'accept-encoding': 'gzip, br' };
  const part = await ask(sha, { headers });
  expect(part.status).toBe(206);
  expect(part.headers).toMatchObject({
    'content-range': `bytes 7-11/${TEXT.length}`,
    'content-length': '5',
    'content-type': 'text/plain',
  });
  expect(String(part.body)).toBe(TEXT.slice(7, 12));
  const whole = await ask(sha, { headers: { 'accept-encoding': 'gzip, br' } });
  expect(whole.headers['content-encoding']).toBeUndefined();
  expect(whole.headers['content-length']).toBe(String(TEXT.length));
  expect(String(whole.body)).toBe(TEXT);
});

test('several parts come as one body of parts', async () => {
  const sha = await aFile(TEXT, 'text/plain');
  const { status, headers, body } = await ask(sha, { headers: { range: 'bytes=0-1,10-12,-2' } });
  expect(status).toBe(206);
  expect(headers['content-length']).toBe(String(body.length));
  const [, boundary = ''] =
    /^multipart\/byteranges; boundary=(\S+)$/.exec(headers['content-type'] ?? '') ?? [];
  const parts = String(body).split(`\r\n--${boundary}`);
  const of = (from: number, to: number) =>
    `\r\ncontent-type: text/plain\r\ncontent-range: bytes ${from}-${to}/${TEXT.length}\r\n\r\n${TEXT.slice(from, to + 1)}`;
  expect(parts).toEqual(['', of(0, 1), of(10, 12), of(TEXT.length - 2, TEXT.length - 1), '--\r\n']);
});

test('a part that is not there is said with the size, and a body of nothing', async () => {
  const sha = await aFile(TEXT, 'text/plain');
  const { status, headers, body } = await ask(sha, { headers: { range: 'bytes=999999-' } });
  expect([status, headers['content-range'], body.length]).toEqual([416, `bytes */${TEXT.length}`, 0]);
});

test('what the browser has already is not sent again', async () => {
  const sha = await aFile(TEXT, 'text/plain');
  const { status, headers, body } = await ask(sha, { headers: { 'if-none-match': `"${sha}"` } });
  expect([status, headers.etag, body.length]).toEqual([304, `"${sha}"`, 0]);
  expect(headers['content-length']).toBeUndefined();
});

test('a HEAD says everything and sends nothing', async () => {
  const sha = await aFile(TEXT, 'text/plain');
  const whole = await ask(sha, { method: 'HEAD' });
  expect(whole.status).toBe(200);
  expect(whole.headers['content-length']).toBe(String(TEXT.length));
  expect(whole.body.length).toBe(0);
  const part = await ask(sha, { method: 'HEAD', headers: { range: 'bytes=0-4' } });
  expect([part.status, part.headers['content-length']]).toEqual([206, '5']);
});

test('one connection serves whole files, parts, refusals and heads, one after the other', async () => {
  const sha = await aFile(TEXT, 'text/plain');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers = [];
  for (const headers of [{}, { range: 'bytes=0-3' }, { range: 'bytes=99999-' }, { 'if-match': '"x"' }, {}])
    answers.push(await ask(sha, { agent, headers }));
  answers.push(await ask(sha, { agent, method: 'HEAD' }), await ask(sha, { agent }));
  agent.destroy();
  expect(answers.map(({ status }) => status)).toEqual([200, 206, 416, 412, 200, 200, 200]);
  expect(answers.at(-1)?.body.length).toBe(TEXT.length);
});

test.each(['nothing', 'a'.repeat(63), 'A'.repeat(64), '..%2f..%2fetc%2fpasswd', `${'a'.repeat(64)}%00`])(
  'what is no hash is refused: %s',
  async (sha) => {
    expect((await ask(sha)).status).toBe(400);
  },
);

test('a file that nobody knows is not there', async () => {
  const { status, body } = await ask('a'.repeat(64));
  expect(status).toBe(404);
  expect(JSON.parse(String(body))).toMatchObject({ code: 'archive.file-not-found' });
});

test('a file with another size than its row says is damaged, and not sent in part', async () => {
  const sha = await aFile('not so long', 'image/png', { sizeBytes: 999 });
  const { status, body } = await ask(sha);
  expect([status, JSON.parse(String(body))]).toMatchObject([503, { code: 'archive.file-damaged' }]);
});

test('bytes that are known to be damaged are shown, and kept by no browser', async () => {
  const sha = await aFile('turned bits', 'image/png', { damagedAt: new Date() });
  const { status, headers } = await ask(sha, { headers: { 'if-none-match': `"${sha}"` } });
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
});

const openFiles = async () => {
  const links = await readdir('/proc/self/fd');
  const targets = await Promise.all(links.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith(root));
};

test.skipIf(process.platform !== 'linux')('whoever goes away in the middle leaves no file open', async () => {
  const sha = await aFile(Buffer.alloc(40_000_000, 'x'), 'video/mp4');
  const asked = request({ port, host: '127.0.0.1', path: `/api/v1/media-files/${sha}` });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  await once(response, 'readable');
  response.read();
  expect(await openFiles()).toHaveLength(1);
  asked.destroy();
  await vi.waitFor(async () => expect(await openFiles()).toEqual([]));
});
