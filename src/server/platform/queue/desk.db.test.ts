import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { isJobCursor } from '#core/queues.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { defineJob } from '../jobs.ts';
import { openQueue, type Queue } from '../queue.ts';

vi.setConfig({ testTimeout: 20_000 }); // longer than any wait below

let database: TestDatabase;
let queue: Queue;
beforeAll(async () => {
  database = await openTestDatabase();
  queue = await openQueue(database);
}, 30_000);
afterAll(async () => {
  await queue.stop({ graceMs: 100 });
  await database.close();
});

const payload = z.object({ title: z.string() });
const soon = { timeout: 8_000, interval: 20 };
const aJob = (name: string, run = async (): Promise<void> => undefined) =>
  defineJob({ name, queue: 'archive', payload, retries: 0, run });

test('a list goes on page by page behind its cursor and leaves nothing out', async () => {
  const job = aJob('list.pages');
  for (let n = 0; n < 25; n += 1) await queue.add(job, { title: `post ${n}` });
  const titles: unknown[] = [];
  let after: string | null = null;
  for (;;) {
    const page = await queue.desk.list({ names: [job.name], limit: 10, after });
    titles.push(...page.map((listed) => (listed.payload as { title: string }).title));
    after = page.at(-1)?.cursor ?? null;
    if (page.length < 10) break;
    expect(isJobCursor(after ?? '')).toBe(true);
  }
  expect(titles).toEqual(Array.from({ length: 25 }, (_, n) => `post ${24 - n}`));
});

test('what runs stands first, and a list can be narrowed by state, name and text', async () => {
  let finish = (): void => undefined;
  const runs = aJob('list.runs', () => new Promise<void>((resolve) => (finish = resolve)));
  const breaks = aJob('list.breaks', () => Promise.reject(new Error('100% wrong')));
  await queue.add(runs, { title: 'first' });
  await queue.serve([runs, breaks]);
  await queue.add(breaks, { title: 'La Niebla' });
  const names = [runs.name, breaks.name];
  await expect
    .poll(async () => (await queue.desk.list({ names })).map(({ state }) => state), soon)
    .toEqual(['active', 'failed']);
  const named = async (filter: object) =>
    (await queue.desk.list({ names, ...filter })).map(({ name }) => name);
  expect(await named({ state: 'failed' })).toEqual([breaks.name]);
  expect(await named({ text: 'la niebla' })).toEqual([breaks.name]);
  expect(await named({ text: '100%' })).toEqual([breaks.name]);
  expect(await named({ text: '1%0' })).toEqual([]);
  expect(await queue.desk.count({ names, state: 'failed' })).toBe(1);
  expect(await queue.desk.count({ names })).toBe(2);
  expect(await named({ text: 'LIST.RUNS' })).toEqual([runs.name]);
  finish();
});

test.each(['', 'x', "true 2026-01-01T00:00:00.000000Z ' or 1=1", 'true 2026-01-01 00000000'])(
  'a cursor that nobody gave is none: %s',
  (text) => expect(isJobCursor(text)).toBe(false),
);

test('ended jobs are counted by the minute and by the hour', async () => {
  const job = { ...aJob('tally.ends'), queue: 'cleanup' as const };
  const breaks = { ...aJob('tally.breaks', () => Promise.reject(new Error('no'))), queue: job.queue };
  await queue.serve([job, breaks]);
  for (let n = 0; n < 12; n += 1) await queue.add(job, { title: `${n}` });
  await queue.add(breaks, { title: 'no' });
  await expect
    .poll(async () => (await queue.desk.pace()).cleanup.lastDay, soon)
    .toEqual({ done: 12, failed: 1 });
  const { cleanup, media } = await queue.desk.hours();
  expect(cleanup).toHaveLength(24);
  expect(cleanup.reduce((sum, { done }) => sum + done, 0)).toBe(12);
  expect(cleanup[23]?.hour.getTime()).toBeLessThanOrEqual(Date.now());
  expect(media.every(({ done, failed }) => done + failed === 0)).toBe(true);
});

test('ended jobs are thrown away by their age and how they ended; what waits stays', async () => {
  const job = aJob('forget.me');
  const ids: Record<string, string> = {};
  for (const title of ['completed', 'cancelled', 'failed', 'waiting'])
    ids[title] = (await queue.add(job, { title })) ?? '';
  for (const state of ['completed', 'cancelled', 'failed'])
    await database.pool.query(
      `update jobs.job set state = $2::jobs.job_state, completed_on = now() - interval '5 days' where id = $1`,
      [ids[state], state],
    );
  await database.pool.query(
    `update jobs.job set created_on = now() - interval '1 year', start_after = now() + interval '1 day' where id = $1`,
    [ids['waiting']],
  );
  const left = async () =>
    (await queue.desk.list({ names: [job.name] })).map(({ state }) => state).toSorted();
  expect(await queue.desk.forget({ completedDays: 6, cancelledDays: 6, failedDays: 6 })).toBe(0);
  expect(await queue.desk.forget({ completedDays: 3, cancelledDays: 6, failedDays: 30 })).toBe(1);
  expect(await left()).toEqual(['cancelled', 'failed', 'waiting']);
  expect(await queue.desk.forget({ completedDays: 3, cancelledDays: 3, failedDays: 3 })).toBe(2);
  expect(await left()).toEqual(['waiting']);
});

test('a cancelled job can be wanted again, unless another of its key waits by now', async () => {
  const job = defineJob({
    name: 'retry.cancelled',
    queue: 'media',
    payload,
    singletonKey: () => 'one',
    run: async () => undefined,
  });
  const add = () => queue.add(job, { title: 'a' });
  const id = (await add()) ?? '';
  const at = { name: job.name, id };
  expect(await queue.desk.cancel(at)).toBe(true);
  expect(await queue.desk.cancel(at)).toBe(false);
  const other = (await add()) ?? '';
  expect(await queue.desk.retry({ ...at, state: 'cancelled' })).toBe(false);
  await queue.desk.cancel({ name: job.name, id: other });
  expect(await queue.desk.retry({ ...at, state: 'cancelled' })).toBe(true);
  expect(await queue.desk.find([job.name], id)).toMatchObject({ name: job.name, state: 'waiting' });
  expect(await queue.desk.find(['another.name'], id)).toBeNull();
  expect(await queue.desk.find([job.name], '00000000-0000-0000-0000-000000000000')).toBeNull();
});

test('every time table says when it is next', async () => {
  const job = defineJob({
    name: 'timetable.next',
    queue: 'media',
    payload: z.object({}),
    run: async () => undefined,
  });
  await queue.schedule(job, 'daily', '30 2 * * *', 'Europe/Madrid', {});
  const [daily] = (await queue.desk.timetables()).filter(({ name }) => name === job.name);
  expect(daily).toMatchObject({ key: 'daily', cron: '30 2 * * *', timeZone: 'Europe/Madrid' });
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Madrid', timeStyle: 'short' });
  expect(hour.format(daily?.next ?? new Date(0))).toBe('02:30');
  expect(daily?.next?.getTime()).toBeGreaterThan(Date.now());
});
