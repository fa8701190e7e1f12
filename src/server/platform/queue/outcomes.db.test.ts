import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { defineJob, nothingDone, permanentFailure, retryLater } from '../jobs.ts';
import { openQueue, type Queue } from '../queue.ts';
import { hideFromLogs } from '../redact.ts';

vi.setConfig({ testTimeout: 20_000 }); // longer than any wait below

let database: TestDatabase;
let queue: Queue;
let changes = 0;
beforeAll(async () => {
  database = await openTestDatabase();
  queue = await openQueue(database, { changed: () => changes++ });
}, 30_000);
afterAll(async () => {
  await queue.stop({ graceMs: 100 });
  await database.close();
});

const payload = z.object({});
const soon = { timeout: 8_000, interval: 20 };
const only = async (name: string) => (await queue.desk.list({ names: [name] }))[0];

test('a job that wants to be tried later uses up none of its tries', async () => {
  let runs = 0;
  const job = defineJob({
    name: 'test.later',
    queue: 'archive',
    payload,
    retries: 0,
    run: async () => (++runs < 4 ? retryLater(0, 'the other side says 429') : undefined),
  });
  await queue.serve([job]);
  await queue.add(job, {});
  await expect.poll(async () => (await only(job.name))?.state, soon).toBe('completed');
  expect(runs).toBe(4);
  expect(await only(job.name)).toMatchObject({ tries: 1, mostTries: 1, error: null });
});

test('until then it waits, and says why and until when', async () => {
  const job = defineJob({
    name: 'test.much-later',
    queue: 'archive',
    payload,
    run: async () => retryLater(3600, 'the disk is full'),
  });
  await queue.serve([job]);
  await queue.add(job, {});
  await expect.poll(async () => (await only(job.name))?.error, soon).toBe('the disk is full');
  const waiting = await only(job.name);
  expect(waiting).toMatchObject({ state: 'waiting', tries: 0, startedAt: null });
  const inSeconds = ((waiting?.startAfter.getTime() ?? 0) - Date.now()) / 1000;
  expect(inSeconds).toBeGreaterThan(3500);
  expect(inSeconds).toBeLessThanOrEqual(3600);
});

test('a permanent failure is not tried again, however many tries are left, until somebody wants it', async () => {
  let runs = 0;
  const job = defineJob({
    name: 'test.hopeless',
    queue: 'archive',
    payload,
    retries: 9,
    run: async () => (++runs === 1 ? permanentFailure('the post is locked') : undefined),
  });
  await queue.serve([job]);
  await queue.add(job, {});
  await expect.poll(async () => (await only(job.name))?.state, soon).toBe('failed');
  const failed = await only(job.name);
  expect(failed).toMatchObject({ error: 'the post is locked', tries: 1 });
  expect(runs).toBe(1);
  if (failed) await queue.desk.retry(failed);
  await expect.poll(async () => (await only(job.name))?.state, soon).toBe('completed');
});

test('what a job broke with is kept in full, without secrets', async () => {
  hideFromLogs('very-secret-cookie');
  const job = defineJob({
    name: 'test.breaks',
    queue: 'archive',
    payload,
    retries: 0,
    run: async () => {
      throw new Error('no answer to very-secret-cookie');
    },
  });
  await queue.serve([job]);
  await queue.add(job, {});
  await expect.poll(async () => (await only(job.name))?.state, soon).toBe('failed');
  const failed = await only(job.name);
  expect(failed?.error).toBe('no answer to [hidden]');
  expect(failed?.errorDetail).toContain('outcomes.db.test.ts');
  expect(failed?.errorDetail).not.toContain('very-secret-cookie');
});

test('how far a job is can be read while it runs, and listeners hear of it', async () => {
  let finish = (): void => undefined;
  const job = defineJob({
    name: 'test.progress',
    queue: 'archive',
    payload,
    run: async (_, { progress }) => {
      for (let done = 1; done <= 5000; done += 1) progress({ done, total: 5000, text: `post ${done}` });
      await new Promise<void>((resolve) => (finish = resolve));
    },
  });
  await queue.serve([job]);
  await queue.add(job, {});
  await expect
    .poll(async () => (await only(job.name))?.progress, soon)
    .toEqual({ done: 5000, total: 5000, text: 'post 5000' });
  expect(changes).toBeGreaterThan(0);
  expect(changes).toBeLessThan(50); // 5000 words of the job are not 5000 events
  finish();
  await expect.poll(() => only(job.name), soon).toMatchObject({ state: 'completed', progress: null });
});

test('a job that found nothing to do leaves no trace, and the next one with its key runs', async () => {
  let runs = 0;
  const job = defineJob({
    name: 'test.looks',
    queue: 'archive',
    payload,
    singletonKey: () => 'all',
    run: async (_, { progress }) => {
      progress({ done: 1 });
      runs += 1;
      return runs < 3 ? nothingDone : undefined;
    },
  });
  await queue.serve([job]);
  for (const looks of [1, 2]) {
    await queue.add(job, {});
    await expect
      .poll(async () => [runs, (await queue.desk.list({ names: [job.name] })).length], soon)
      .toEqual([looks, 0]);
  }
  const before = (await queue.desk.pace()).archive.lastDay.done;
  await queue.add(job, {});
  await expect.poll(async () => (await only(job.name))?.state, soon).toBe('completed');
  await expect.poll(async () => (await queue.desk.pace()).archive.lastDay.done, soon).toBe(before + 1);
});
