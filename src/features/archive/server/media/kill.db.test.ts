import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostMediaId, Sha256 } from '#core/ids.ts';
import { DAY_MS } from '#core/time-span.ts';
import type { Command } from '../../../../../tests/kill/media.child.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { rangesOf } from '../../core/media-range.ts';
import { mediaFiles, mediaStore } from './media.tables.ts';
import { postMedia } from './post-media.tables.ts';
import { posts } from '../posts.tables.ts';
import { realDisk } from './disk.ts';
import { listFiles } from './list.files.ts';
import { aMedia, seedCreator, seedPlace } from './media.fake.ts';

const ENTRY = new URL('../../../../../tests/kill/media.child.ts', import.meta.url).pathname;
const PIECE = 16 * 1024;

let database: TestDatabase;
let bundle: string;
let root: string;
let host: Server;
let hostUrl: string;
/** Bytes that the host sends before it falls silent. */
let sendsAtMost = Infinity;
const requests: { path: string; range: string | undefined }[] = [];
let alive: Child;
/** Started ahead, because starting takes longer than dying. */
let spare: Child;

const bytesOf = (name: string): Buffer => Buffer.alloc(6 * PIECE, name.replace(/^same-.*/, 'same'));

beforeAll(async () => {
  database = await openTestDatabase();
  await database.pool.query('create table kill_told (sha256 text not null)');
  bundle = await mkdtemp(join(tmpdir(), 'kc-media-kill-'));
  root = join(bundle, 'media');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: ENTRY, outDir: bundle, minify: false },
  });
  host = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    requests.push({ path: name, range: request.headers.range });
    const bytes = bytesOf(name);
    const etag = `"${name}"`;
    const isSame = request.headers['if-range'] === etag;
    const asked = rangesOf(isSame ? (request.headers.range ?? null) : null, bytes.length);
    const [part] = asked.is === 'parts' ? asked.parts : [];
    const sent = part ? bytes.subarray(part.first, part.last + 1) : bytes;
    response.writeHead(part ? 206 : 200, { etag, 'content-length': sent.length });
    for (let at = 0; at < Math.min(sent.length, sendsAtMost); at += PIECE)
      response.write(sent.subarray(at, at + PIECE));
    if (sent.length <= sendsAtMost) response.end();
  });
  host.listen(0, '127.0.0.1');
  await once(host, 'listening');
  hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  alive = startChild();
  spare = startChild();
}, 120_000);

afterAll(async () => {
  alive.process.kill('SIGKILL');
  spare.process.kill('SIGKILL');
  host.closeAllConnections();
  host.close();
  await rm(bundle, { recursive: true, force: true });
  await database.close();
});

type Child = {
  process: ChildProcessByStdio<Writable, Readable, null>;
  answers: AsyncIterator<string, undefined>;
};

function startChild(): Child {
  const child = spawn(process.execPath, [join(bundle, 'media.child.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined); // it may die with a command in its hand
  return { process: child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function bury(): Promise<void> {
  if (alive.process.signalCode === null) await once(alive.process, 'exit');
  expect(alive.process.signalCode).toBe('SIGKILL');
  alive = spare;
  spare = startChild();
}

type Deed = { is: 'download'; id: PostMediaId } | { is: 'tidy'; atMs: number };

/** What it said, or null when it died before its nth step. */
async function tell(deed: Deed, dieAt = 0): Promise<unknown> {
  const command: Command = { databaseUrl: database.url, root, hostUrl, dieAt, ...deed };
  alive.process.stdin.write(`${JSON.stringify(command)}\n`);
  const answer = await alive.answers.next();
  if (answer.done !== true) return JSON.parse(answer.value);
  await bury();
  return null;
}

async function begin(names: readonly string[]) {
  await database.db.delete(posts);
  await database.db.delete(mediaFiles);
  await database.db.delete(mediaStore);
  await database.pool.query('truncate kill_told');
  await rm(root, { recursive: true, force: true });
  const { creatorId } = await seedCreator(database.db);
  const places: PostMediaId[] = [];
  for (const externalId of names)
    places.push((await seedPlace(database.db, creatorId, aMedia({ externalId, fileName: null }))).id);
  return places;
}

const filesHere = async (): Promise<Sha256[]> => {
  const here = [];
  for await (const { sha256 } of listFiles(realDisk, join(root, 'sha256'))) here.push(sha256);
  return here;
};

/** Whatever happened: no row without its bytes, no file with other bytes than its name says, nobody told of nothing. */
async function expectSound(): Promise<void> {
  const here = await filesHere();
  for (const sha256 of here) {
    const bytes = await readFile(join(root, 'sha256', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  const rows = await database.db.select().from(mediaFiles);
  for (const { sha256 } of rows) expect(here).toContain(sha256);
  const { rows: told } = await database.pool.query<{ sha256: Sha256 }>('select sha256 from kill_told');
  const stored = await database.db.select().from(postMedia).where(eq(postMedia.state, 'stored'));
  for (const { sha256 } of stored) {
    expect(rows.map((row) => row.sha256)).toContain(sha256);
    expect(told.map((row) => row.sha256)).toContain(sha256);
  }
}

test('a process that is killed in the middle of a slow download leaves nothing but a part, and the next one goes on', async () => {
  const [id] = await begin(['a long film']);
  if (!id) throw new Error('There is no place');
  sendsAtMost = 3 * PIECE;
  const dying = tell({ is: 'download', id });
  await expect.poll(() => partBytes(id), { timeout: 20_000, interval: 20 }).toBe(3 * PIECE);
  alive.process.kill('SIGKILL');
  expect(await dying).toBeNull();
  await expectSound();
  expect(await filesHere()).toEqual([]);

  sendsAtMost = Infinity;
  requests.length = 0;
  expect(await tell({ is: 'download', id })).toEqual({ is: 'done' });
  expect(requests).toEqual([{ path: 'a%20long%20film', range: `bytes=${3 * PIECE - 1}-` }]);
  await expectSound();
  expect(await filesHere()).toHaveLength(1);
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
}, 60_000);

const partBytes = (id: PostMediaId): Promise<number> =>
  readFile(join(root, 'incoming', `${id}.part`)).then(
    ({ length }) => length,
    () => 0,
  );

type Step = { what: 'download' | 'let go'; which: number; dieAt: number } | { what: 'tidy'; dieAt: number };

/** A download takes about sixty steps of disk and database, a tidying about twenty. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('download' as const), which: fc.nat(2), dieAt: fc.nat(70) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('let go' as const), which: fc.nat(2), dieAt: fc.constant(0) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('tidy' as const), dieAt: fc.nat(25) }) },
);

test('wherever it is killed: no row without bytes, no bytes lost that are used, the same bytes once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      const places = await begin(['same-1', 'same-2', 'other']);
      await mkdir(root, { recursive: true });
      let days = 0;
      const tidy = (dieAt = 0) => tell({ is: 'tidy', atMs: Date.now() + (days += 31) * DAY_MS }, dieAt);
      for (const one of steps) {
        const id = 'which' in one ? places[one.which] : undefined;
        if (one.what === 'tidy') await tidy(one.dieAt);
        else if (one.what === 'download' && id) await tell({ is: 'download', id }, one.dieAt);
        else if (id) await database.db.delete(postMedia).where(eq(postMedia.id, id));
        await expectSound();
      }

      const left = await database.db.select().from(postMedia);
      for (const { id } of left) expect(await tell({ is: 'download', id })).toEqual({ is: 'done' });
      for (let round = 0; round < 3; round++) await tidy(); // adopted, orphaned, gone
      await expectSound();
      const wanted = new Set(
        left.map(({ externalId }) => createHash('sha256').update(bytesOf(externalId)).digest('hex')),
      );
      expect(new Set(await filesHere())).toEqual(wanted);
      const stored = await database.db.select().from(postMedia);
      expect(stored.every(({ state }) => state === 'stored')).toBe(true);
    }),
    { numRuns: 10 },
  );
}, 240_000);
