import { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { UserId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { defineJob } from '#server/platform/jobs.ts';
import { openQueue, type Queue } from '#server/platform/queue.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { jobsApi } from './jobs.api.ts';
import { createJobsService } from './jobs.service.ts';
import { operationsJobs } from './jobs.ts';

vi.setConfig({ testTimeout: 20_000 }); // longer than any wait below

let database: TestDatabase;
let queue: Queue;
let jobs: ReturnType<typeof createJobsService>;
let api: OpenAPIHono<ApiEnv>;
const said: string[] = [];

const payload = z.object({ title: z.string() });
const sync = defineJob({
  name: 'test.sync',
  queue: 'archive',
  payload,
  retries: 0,
  run: async () => undefined,
});
const breaks = defineJob({
  name: 'test.breaks',
  queue: 'media',
  payload,
  retries: 0,
  run: async ({ title }) => {
    throw new Error(`cannot fetch ${title}`);
  },
});

beforeAll(async () => {
  database = await openTestDatabase();
  queue = await openQueue(database);
  jobs = createJobsService({
    desk: queue.desk,
    known: queue.known,
    elsewhere: false,
    log: { info: (what, facts) => said.push(`${what} ${JSON.stringify(facts)}`) },
  });
  await jobs.pause('archive', 'Ana');
  await queue.serve([sync, breaks, ...Object.values(operationsJobs(jobs))]);
  api = new OpenAPIHono<ApiEnv>();
  api.use(async (c, next) => {
    c.set('person', { id: 'u1' as UserId, name: 'Ana', username: 'ana', role: 'admin' });
    await next();
  });
  api.route('/', jobsApi(jobs));
}, 30_000);
afterAll(async () => {
  await queue.stop({ graceMs: 100 });
  await database.close();
});

const soon = { timeout: 8_000, interval: 20 };

async function ask(method: string, path: string, body?: object) {
  const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await api.request(path, { method, ...json });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const stateOf = async (id: string) => (await ask('GET', `/jobs/${id}`)).body['state'];
const added = async (title: string, job = sync): Promise<string> => (await queue.add(job, { title })) ?? '';
const queueOf = async (name: string) =>
  (await jobs.queues()).find((one) => one.name === name) ?? Promise.reject(new Error(name));

test('a waiting job is moved up, cancelled and wanted again, and each change says who made it', async () => {
  const id = await added('one');
  expect(await ask('PATCH', `/jobs/${id}`, { priority: 7 })).toMatchObject({
    status: 200,
    body: { name: 'test.sync', queue: 'archive', state: 'waiting', priority: 7, tries: 0, mostTries: 1 },
  });
  expect(await jobs.raise(id, 'Ana')).toMatchObject({ ok: true, value: { priority: 17 } });
  expect(await ask('POST', `/jobs/${id}/retry`)).toMatchObject({
    status: 409,
    body: { code: 'operations.job-not-retriable', state: 'waiting' },
  });
  expect(await ask('POST', `/jobs/${id}/cancel`)).toMatchObject({ body: { state: 'cancelled' } });
  expect(await ask('POST', `/jobs/${id}/cancel`)).toMatchObject({
    status: 409,
    body: { code: 'operations.job-over' },
  });
  expect(await ask('PATCH', `/jobs/${id}`, { priority: 1 })).toMatchObject({
    status: 409,
    body: { code: 'operations.job-not-waiting' },
  });
  expect(await ask('POST', `/jobs/${id}/retry`)).toMatchObject({ body: { state: 'waiting' } });
  expect(said).toContain(`a job is cancelled {"id":"${id}","job":"test.sync","by":"Ana"}`);
  await jobs.cancel(id, 'Ana');
});

test('a job that nobody knows is not found, and an id that is none is refused', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  for (const path of [`/jobs/${nobody}/retry`, `/jobs/${nobody}/cancel`])
    expect(await ask('POST', path)).toMatchObject({
      status: 404,
      body: { code: 'operations.job-not-found' },
    });
  expect((await ask('GET', '/jobs/none')).status).toBe(400);
  expect((await ask('GET', "/jobs?after=' or 1=1")).status).toBe(400);
  expect((await ask('GET', '/jobs?queue=videos')).status).toBe(400);
  expect((await ask('PATCH', '/queues/archive', { concurrency: 0 })).status).toBe(400);
  expect((await ask('PATCH', '/queues/archive', { concurrency: 51 })).status).toBe(400);
});

test('the list is narrowed by queue and text, and goes on page by page', async () => {
  for (let n = 0; n < 5; n += 1) await added(`Capítulo ${n}`);
  const first = await ask('GET', '/jobs?queue=archive&state=waiting&text=cap%C3%ADtulo&limit=3');
  const second = await ask(
    'GET',
    `/jobs?queue=archive&text=cap%C3%ADtulo&limit=3&after=${encodeURIComponent(String(first.body['next']))}`,
  );
  const titles = [first, second].flatMap(({ body }) =>
    (body['items'] as { payload: { title: string } }[]).map(({ payload: { title } }) => title),
  );
  expect(titles).toEqual([4, 3, 2, 1, 0].map((n) => `Capítulo ${n}`));
  expect(second.body['next']).toBeNull();
  expect((await ask('GET', '/jobs?queue=media&name=test.sync')).body['items']).toEqual([]);
});

test('failed jobs are counted, and tried again all together or as the filter says', async () => {
  const ids = [await added('a film', breaks), await added('a song', breaks)];
  await expect.poll(async () => Promise.all(ids.map(stateOf)), soon).toEqual(['failed', 'failed']);
  expect(await queueOf('media')).toMatchObject({ failed: 2, waiting: 0 });
  expect(await jobs.count({ state: 'failed', queue: 'media' })).toBe(2);
  expect(await ask('POST', '/jobs/retry-failed', { queue: 'archive' })).toMatchObject({ body: { jobs: 0 } });
  expect(await ask('POST', '/jobs/retry-failed', { text: 'song' })).toMatchObject({ body: { jobs: 1 } });
  await expect
    .poll(async () => (await ask('GET', `/jobs/${ids[1] ?? ''}`)).body, soon)
    .toMatchObject({ state: 'failed', tries: 2, error: 'cannot fetch a song' });
  expect(await ask('GET', `/jobs/${ids[0] ?? ''}`)).toMatchObject({ body: { tries: 1 } });
});

test('a queue that goes on does its work, with as many places as it is given', async () => {
  const waiting = (await queueOf('archive')).waiting;
  expect(waiting).toBeGreaterThan(0);
  const changed = await ask('PATCH', '/queues/archive', { paused: false, concurrency: 3 });
  expect(changed.body['items']).toContainEqual(
    expect.objectContaining({ name: 'archive', pausedSince: null, concurrency: 3, usualConcurrency: 2 }),
  );
  await expect
    .poll(() => queueOf('archive'), soon)
    .toMatchObject({ waiting: 0, active: 0, failed: 0, done: waiting });
  const { hours } = await queueOf('archive');
  expect(hours.reduce((sum, { done }) => sum + done, 0)).toBe(waiting);
  expect(await ask('PATCH', '/queues/archive', { paused: true })).toMatchObject({ status: 200 });
  expect((await queueOf('archive')).pausedSince).toBeInstanceOf(Date);
});

test('the time tables are there, the next first', async () => {
  const { body } = await ask('GET', '/timetables');
  const items = body['items'] as { job: string; next: string }[];
  expect(items.map(({ job }) => job)).toContain('operations.forget-jobs');
  expect(items.map(({ next }) => next)).toEqual(items.map(({ next }) => next).toSorted());
});
