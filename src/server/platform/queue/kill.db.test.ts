import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { defineJob } from '../jobs.ts';
import { openQueue, type Queue } from '../queue.ts';

const ENTRY = new URL('../../../../tests/kill/queue.child.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'keepercheky-kill-'));
const ROUNDS = 8;
const JOBS_OF_A_ROUND = 20;

let database: TestDatabase;
let queue: Queue;
const workers = new Set<Worker>();

beforeAll(async () => {
  database = await openTestDatabase();
  await database.pool.query('create table attempts (n int not null)');
  await database.pool.query('create table effects (n int primary key)');
  queue = await openQueue(database);
  // As one file it starts ten times as fast, and it is started once for every death.
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: ENTRY, outDir: folder, minify: false },
  });
}, 60_000);

afterAll(async () => {
  for (const { process } of workers) process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  await queue.stop();
  await database.close();
});

type Worker = { process: ChildProcessByStdio<null, Readable, null>; hangs: Promise<unknown> };

function startWorker(): Worker {
  const child = spawn(process.execPath, [join(folder, 'queue.child.js'), database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const worker = { process: child, hangs: once(child.stdout, 'data') };
  workers.add(worker);
  return worker;
}

async function kill(worker: Worker): Promise<void> {
  const dead = once(worker.process, 'exit');
  worker.process.kill('SIGKILL');
  await dead;
  workers.delete(worker);
}

/** The minute that has to pass before a silent worker is taken for dead. */
const letHeartbeatsLapse = () =>
  database.pool.query(
    `update jobs.job set heartbeat_on = heartbeat_on - interval '2 minutes' where state = 'active'`,
  );

const numbers = async (table: 'attempts' | 'effects') =>
  (await database.pool.query<{ n: number }>(`select n from ${table} order by n`)).rows.map(({ n }) => n);

const pay = defineJob({
  name: 'kill.pay',
  queue: 'maintenance',
  payload: z.object({ n: z.number(), hangs: z.enum(['before', 'after', 'never']) }),
  retries: 1000,
  run: async () => undefined,
});

/** Later in each round, so that the death meets the others in every state. */
async function addRound(round: number): Promise<void> {
  const deadly = round * 2;
  for (let at = 0; at < JOBS_OF_A_ROUND; at += 1) {
    const hangs = at !== deadly ? 'never' : round % 2 === 0 ? 'before' : 'after';
    await queue.add(pay, { n: round * JOBS_OF_A_ROUND + at, hangs });
  }
}

test('workers that are killed in the middle of their jobs, again and again, lose none and double none', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await addRound(round);
    const pair = [startWorker(), startWorker()];
    await Promise.race(pair.map(({ hangs }) => hangs));
    await Promise.all(pair.map(kill));
    await letHeartbeatsLapse();
  }
  startWorker();
  const countsOf = async () => (await queue.desk.counts())[pay.name];
  await expect.poll(countsOf, { timeout: 60_000, interval: 100 }).toBeUndefined(); // none waits, runs or failed

  const everyone = Array.from({ length: ROUNDS * JOBS_OF_A_ROUND }, (_, n) => n);
  expect(await numbers('effects')).toEqual(everyone);
  const attempts = await numbers('attempts');
  expect(new Set(attempts)).toEqual(new Set(everyone));
  expect(attempts.length).toBeGreaterThanOrEqual(everyone.length + ROUNDS); // each death was in the middle of a job
  const ended = await queue.desk.list({ names: [pay.name], limit: everyone.length + 1 });
  expect(ended).toHaveLength(everyone.length);
  expect(ended.filter(({ tries }) => tries > 1).length).toBeGreaterThanOrEqual(ROUNDS);
  expect(ended.every(({ state }) => state === 'completed')).toBe(true);
}, 120_000);
