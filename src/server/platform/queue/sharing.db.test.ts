import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { QueueName } from '#core/queues.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { defineJob, type Job } from '../jobs.ts';
import { openQueue, type Queue } from '../queue.ts';

vi.setConfig({ testTimeout: 20_000 }); // longer than any wait below

let database: TestDatabase;
let queue: Queue;
beforeAll(async () => {
  database = await openTestDatabase({ maxConnections: 8 });
  queue = await openQueue(database);
}, 30_000);
afterAll(async () => {
  await queue.stop({ graceMs: 100 });
  await database.close();
});

const payload = z.object({ n: z.number() });
const soon = { timeout: 8_000, interval: 20 };

/** Jobs that go on until they are told to end, and the order in which they began. */
function stage() {
  const begun: string[] = [];
  const running = new Map<string, () => void>();
  const job = (name: string, queueName: QueueName, more: { concurrency?: number; key?: string } = {}) =>
    defineJob({
      name,
      queue: queueName,
      payload,
      concurrency: more.concurrency ?? 50,
      ...(more.key === undefined ? {} : { singletonKey: () => more.key ?? '' }),
      run: async ({ n }) => {
        begun.push(`${name} ${n}`);
        await new Promise<void>((resolve) => running.set(`${name} ${n}`, resolve));
        running.delete(`${name} ${n}`);
      },
    });
  const end = (which: string): void => running.get(which)?.();
  const endAll = (): void => running.forEach((finish) => finish());
  return { begun, running, job, end, endAll };
}

const add = (job: Job<{ n: number }>, n: number, priority = 0) => queue.add(job, { n }, { priority });

test('the jobs of one queue share its places: higher priority first, then the older, whatever their names', async () => {
  const { begun, running, job, end, endAll } = stage();
  const [sync, post] = [job('share.sync', 'archive'), job('share.post', 'archive')];
  await queue.desk.setConcurrency('archive', 2);
  for (const n of [1, 2, 3]) await add(post, n);
  await add(sync, 1);
  await add(post, 4);
  await add(sync, 2, 5);
  await queue.serve([sync, post]);
  await expect.poll(() => running.size, soon).toBe(2);
  expect(begun.toSorted()).toEqual(['share.post 1', 'share.sync 2']);
  const order = ['share.post 2', 'share.post 3', 'share.sync 1', 'share.post 4'];
  for (const [index, next] of order.entries()) {
    end(begun.at(-1) ?? '');
    await expect.poll(() => begun.slice(2), soon).toEqual(order.slice(0, index + 1));
    expect(begun.at(-1)).toBe(next);
    expect(running.size).toBe(2);
  }
  endAll();
});

test('a job never takes more places than its own, and leaves the others to its neighbours', async () => {
  const { begun, running, job, endAll } = stage();
  const [narrow, wide] = [job('own.narrow', 'search', { concurrency: 1 }), job('own.wide', 'search')];
  await queue.desk.setConcurrency('search', 3);
  for (const n of [1, 2, 3]) await add(narrow, n, 9);
  for (const n of [1, 2, 3]) await add(wide, n);
  await queue.serve([narrow, wide]);
  await expect.poll(() => running.size, soon).toBe(3);
  expect(begun.toSorted()).toEqual(['own.narrow 1', 'own.wide 1', 'own.wide 2']);
  await queue.desk.pause('search');
  endAll();
});

test('the number of places can be changed while jobs run', async () => {
  const { begun, running, job, end, endAll } = stage();
  const download = job('change.download', 'media');
  await queue.desk.setConcurrency('media', 1);
  for (const n of [1, 2, 3, 4, 5]) await add(download, n);
  await queue.serve([download]);
  await expect.poll(() => begun, soon).toEqual(['change.download 1']);
  await queue.desk.setConcurrency('media', 3);
  await expect.poll(() => running.size, soon).toBe(3);
  await queue.desk.setConcurrency('media', 1);
  const other = await openQueue(database); // what was set is what another process works by
  expect((await other.desk.settings()).media).toEqual({ pausedSince: null, concurrency: 1 });
  await other.stop();
  await expect.poll(async () => (await queue.desk.settings()).media.concurrency, soon).toBe(1);
  for (const n of [1, 2]) end(`change.download ${n}`);
  await expect.poll(() => [...running.keys()], soon).toEqual(['change.download 3']);
  endAll();
  await expect.poll(() => begun.length, soon).toBe(4);
  await queue.desk.pause('media');
  endAll();
});

test('a paused queue begins nothing in any process, and what runs ends', async () => {
  const { begun, running, job, end, endAll } = stage();
  const scan = job('pause.scan', 'enrichment', { concurrency: 1 });
  await queue.serve([scan]);
  const other = await openQueue(database);
  await other.serve([scan]);
  await add(scan, 1);
  await expect.poll(() => begun, soon).toEqual(['pause.scan 1']);
  await other.desk.pause('enrichment');
  await add(scan, 2);
  end('pause.scan 1');
  await expect.poll(() => running.size, soon).toBe(0);
  await expect
    .poll(async () => (await queue.desk.counts())[scan.name], soon)
    .toEqual({ waiting: 1, active: 0, failed: 0 });
  expect(begun).toHaveLength(1);
  await queue.desk.resume('enrichment');
  await expect.poll(() => begun, soon).toEqual(['pause.scan 1', 'pause.scan 2']);
  endAll();
  await other.stop({ graceMs: 1_000 });
});

test('a key runs once at a time, though several processes look for it at the same moment', async () => {
  let most = 0;
  let now = 0;
  let done = 0;
  const job = defineJob({
    name: 'keys.source',
    queue: 'cleanup',
    payload,
    concurrency: 9,
    singletonKey: () => 'patreon',
    run: async () => {
      most = Math.max(most, ++now);
      await database.pool.query('select 1');
      now--;
      done++;
    },
  });
  const others = await Promise.all([openQueue(database), openQueue(database), openQueue(database)]);
  for (const one of [queue, ...others]) await one.serve([job]);
  for (let n = 0; n < 60; n += 1) {
    // One waits and one runs, so each is added when the one before has begun.
    await expect.poll(() => queue.add(job, { n }), soon).not.toBeNull();
  }
  await expect.poll(() => done, soon).toBe(60);
  expect(most).toBe(1);
  for (const one of others) await one.stop();
});

test('a process serves only the queues it was told to', async () => {
  const { begun, job, endAll } = stage();
  const [mine, notMine] = [job('serve.mine', 'maintenance'), job('serve.not-mine', 'cleanup')];
  const worker = await openQueue(database);
  await worker.serve([mine, notMine], ['maintenance']);
  await worker.add(notMine, { n: 1 });
  await worker.add(mine, { n: 1 });
  await expect.poll(() => begun, soon).toEqual(['serve.mine 1']);
  expect((await worker.desk.counts())[notMine.name]).toEqual({ waiting: 1, active: 0, failed: 0 });
  endAll();
  await worker.stop({ graceMs: 1_000 });
});

test('the priority of a waiting job can be raised', async () => {
  const { begun, job, endAll } = stage();
  const last = job('raise.priority', 'maintenance', { concurrency: 1 });
  await queue.desk.pause('maintenance');
  await add(last, 1);
  const id = (await add(last, 2)) ?? '';
  expect(await queue.desk.setPriority({ name: last.name, id }, 10)).toBe(true);
  await queue.serve([last]);
  await queue.desk.resume('maintenance');
  await expect.poll(() => begun, soon).toEqual(['raise.priority 2']);
  expect(await queue.desk.setPriority({ name: last.name, id }, 20)).toBe(false); // it is not waiting any more
  await queue.desk.pause('maintenance');
  endAll();
});
