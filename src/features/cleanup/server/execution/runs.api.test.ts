import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import type { PolicyId, UserId } from '#core/ids.ts';
import { err, ok } from '#core/result.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { aRemoval } from '../../core/removal/removal.fake.ts';
import { aPlanOf, aPolicy, assembleExecution, fakePlanning, targetOf } from './execution.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { cleanupRunsApi, type RunsApiDeps } from './runs.api.ts';
import { aWorld, fakeServices } from './world.fake.ts';

const never = new AbortController().signal;

function anApi() {
  const stores = fakeRunStores();
  const targets = [targetOf(aRemoval())];
  const planning = fakePlanning(aPolicy(), aPlanOf(targets));
  const parts = assembleExecution({ stores, services: fakeServices(aWorld()), planning, targets });
  const started: string[] = [];
  const start = {
    run: async (policyId: PolicyId, byName: string) => started.push(`${policyId} by ${byName}`) === 1,
    resume: async () => started.push('resume') > 0,
  };
  const approve: RunsApiDeps['approve'] = async (policyId, { planId, without, byName }) =>
    planId === 'plan-1'
      ? ok({
          policyId,
          planId,
          items: targets.map(({ itemId }) => itemId).filter((id) => !without.includes(id)),
          byName,
          at: new Date(),
        })
      : err({ code: 'cleanup.plan-not-found' });
  const root = new OpenAPIHono<ApiEnv>();
  root.use(async (c, next) => {
    c.set('person', { id: 'u1' as UserId, name: 'Ana', username: 'ana', role: 'admin' });
    await next();
  });
  root.route(
    '/',
    cleanupRunsApi({ byHand: parts.byHand, ...stores, policy: planning.policy, approve, start }),
  );
  const ask = async (path: string, method = 'GET', body?: object) => {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await root.request(path, { method, ...json });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { ...parts, ask, started };
}

describe('approving a plan', () => {
  test('queues the run under the name of who approved', async () => {
    const { ask, started } = anApi();
    const done = await ask('/schedules/policy-1/approve', 'POST', { planId: 'plan-1' });
    expect(done).toEqual({ status: 202, body: { items: 1, state: 'queued' } });
    expect(started).toEqual(['policy-1 by Ana']);
  });

  test('of a plan that is not there runs nothing', async () => {
    const { ask, started } = anApi();
    const gone = await ask('/schedules/policy-1/approve', 'POST', { planId: 'other' });
    expect(gone).toMatchObject({ status: 404, body: { code: 'cleanup.plan-not-found' } });
    expect(started).toEqual([]);
  });
});

describe('running a policy now', () => {
  test('puts it into the queue under the name of who asked', async () => {
    const { ask, started } = anApi();
    expect(await ask('/schedules/policy-1/run', 'POST')).toEqual({ status: 202, body: { state: 'queued' } });
    expect((await ask('/schedules/policy-1/run', 'POST')).body).toEqual({ state: 'waiting-already' });
    expect(started[0]).toBe('policy-1 by Ana');
  });

  test('answers 404 for a policy that is not there', async () => {
    const { ask } = anApi();
    expect(await ask('/schedules/nope/run', 'POST')).toMatchObject({
      status: 404,
      body: { code: 'cleanup.policy-not-found' },
    });
  });
});

test('a run is shown with what became of each item, and its history with what is needed to bring it back', async () => {
  const { ask, execution } = anApi();
  await execution.run('policy-1' as PolicyId, { startedBy: 'schedule', byName: null }, never);

  const runs = await ask('/runs?policyId=policy-1');
  expect(runs.body).toMatchObject({
    items: [{ mode: 'real', policyName: 'Films nobody watches', outcome: { is: 'done', items: 1 } }],
    next: null,
  });
  const [first] = (await ask('/runs?limit=1')).body['items'] as { startedAt: string }[];
  const full = await ask('/runs?limit=1');
  expect(full.body['next']).toBe(first?.startedAt);
  expect((await ask(`/runs?after=${String(full.body['next'])}`)).body).toEqual({ items: [], next: null });
  const run = await ask('/runs/id-1');
  expect(run.body).toMatchObject({
    removals: [{ title: 'Alma', state: 'removed', freedBytes: 8_000_000_000 }],
  });
  const history = await ask('/history?outcome=removed&limit=1');
  expect(history.body).toMatchObject({
    items: [
      {
        title: 'Alma',
        path: '/films/Alma (2012)',
        qualityProfile: 'HD-1080p',
        requestedBy: ['ana'],
        lastWatchedAt: '2025-03-01T20:00:00.000Z',
        files: [{ path: '/films/Alma (2012)/Alma.mkv', sizeBytes: 8_000_000_000 }],
      },
    ],
  });
  expect((await ask(`/history?after=${String(history.body['next'])}`)).body).toEqual({
    items: [],
    next: null,
  });
});

test('there is no run that is not there', async () => {
  expect(await anApi().ask('/runs/nope')).toMatchObject({
    status: 404,
    body: { code: 'cleanup.run-not-found' },
  });
});

test.each(['limit=0', 'after=garbage', 'after=999999999999999_a', 'aftre=1_a'])(
  'a history with %s is refused',
  async (query) => {
    expect(await anApi().ask(`/history?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'request.invalid' },
    });
  },
);

test('runs before all time are refused', async () => {
  expect(await anApi().ask('/runs?after=0000-01-01T00:00:00Z')).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'after', code: 'not-a-cursor' }] },
  });
});

describe('deleting by hand', () => {
  test('is previewed, then written down and left to the queue', async () => {
    const { ask, started } = anApi();
    expect(await ask('/media/radarr01-7/removal')).toMatchObject({
      status: 200,
      body: { title: 'Alma', bytes: 8_000_000_000 },
    });
    const answer = await ask('/media/radarr01-7?addImportExclusion=true', 'DELETE');
    expect(answer).toMatchObject({
      status: 202,
      body: { byName: 'Ana', policyId: null, outcome: { is: 'under-way' } },
    });
    expect(started).toEqual(['resume']);
    expect(await ask('/media/radarr01-7', 'DELETE')).toMatchObject({ status: 409 });
  });

  test('answers 404 for an item that is not there', async () => {
    expect(await anApi().ask('/media/nope', 'DELETE')).toMatchObject({
      status: 404,
      body: { code: 'cleanup.item-not-found' },
    });
  });
});
