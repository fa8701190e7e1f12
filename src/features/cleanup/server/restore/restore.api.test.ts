import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import type { UserId } from '#core/ids.ts';
import type { ApiEnv } from '#features/accounts/server/index.ts';
import { aRun, radarr } from '../../core/removal/removal.fake.ts';
import { aRemoved } from '../../core/restore/restore.fake.ts';
import { countingIds, fakeTime, freeLock, silentLog } from '../execution/execution.fake.ts';
import { fakeRunStores } from '../execution/runs.fake.ts';
import { restoreApi } from './restore.api.ts';
import { aRestoreWorld, fakeKeep, fakeRestorer, fakeRestoreStore } from './restore.fake.ts';
import { createRestoreSaga } from './restore.saga.ts';
import { createRestoreService } from './restore.service.ts';
import { restoreForm } from './restore.schemas.ts';

async function anApi() {
  const world = aRestoreWorld();
  const { runs, removals } = fakeRunStores();
  const removal = aRemoved();
  await runs.begin(aRun(), [{ ...removal, state: { is: 'planned' } }]);
  await removals.write(removal.id, removal.state, new Date('2026-11-20T03:10:00.000Z'));
  const time = fakeTime(new Date('2026-11-21T10:00:00.000Z'));
  const store = fakeRestoreStore();
  const restorers = async (id: string) => (id === radarr ? fakeRestorer(world) : null);
  const saga = createRestoreSaga({ restores: store, restorers, keepByHand: fakeKeep(world), time });
  const parts = { restores: store, removals, restorers, saga, lock: freeLock, time, log: silentLog };
  const restores = createRestoreService({ ...parts, newId: countingIds('restore') });
  let started = 0;
  const root = new OpenAPIHono<ApiEnv>();
  root.use(async (c, next) => {
    c.set('person', { id: 'u1' as UserId, name: 'Ana', username: 'ana', role: 'admin' });
    await next();
  });
  root.route('/', restoreApi({ restores, start: async () => (started += 1) }));
  const ask = async (path: string, body?: unknown) => {
    const init =
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await root.request(path, init);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return { ask, restores, started: () => started };
}

test('C-14: undo is previewed, begun, and told how far it got', async () => {
  const { ask, restores, started } = await anApi();
  expect(await ask('/removals/removal-1/restore')).toMatchObject({
    status: 200,
    body: {
      does: 'add',
      problem: null,
      rootFolder: '/films',
      qualityProfile: 'HD-1080p',
      qualityProfiles: ['HD-1080p', 'UHD'],
      recycleBin: null,
    },
  });
  expect(await ask('/removals/removal-1/restores/latest')).toMatchObject({
    status: 404,
    body: { code: 'cleanup.never-restored' },
  });
  expect(await ask('/removals/removal-1/restore', { search: true })).toMatchObject({
    status: 202,
    body: { state: 'planned', byName: 'Ana', itemId: null },
  });
  expect(started()).toBe(1);
  expect(await ask('/removals/removal-1/restore', {})).toMatchObject({
    status: 409,
    body: { code: 'cleanup.restore-under-way' },
  });
  await restores.resume(new AbortController().signal);
  expect(await ask('/removals/removal-1/restores/latest')).toMatchObject({
    body: { state: 'restored', itemId: 'radarr01-71', keptUntil: '2026-12-21T10:00:00.000Z', notes: [] },
  });
});

test('a removal that is not there, and a choice that is none, are refused', async () => {
  const { ask, started } = await anApi();
  expect(await ask('/removals/nope/restore')).toMatchObject({
    status: 404,
    body: { code: 'cleanup.removal-not-found' },
  });
  expect(await ask('/removals/removal-1/restore', { keepDays: -1 })).toMatchObject({ status: 400 });
  expect(await ask('/removals/removal-1/restore', { everything: true })).toMatchObject({ status: 400 });
  expect(started()).toBe(0);
});

test.each([
  [
    { keepDays: '30', search: 'on' },
    { keepDays: 30, search: true },
  ],
  [
    { keepDays: ' 0 ', rootFolder: '/films' },
    { keepDays: 0, search: false, rootFolder: '/films' },
  ],
  [{ keepDays: '30', rootFolder: '' }, null],
  [{ keepDays: '4000' }, null],
  [{ keepDays: 'ever' }, null],
])('what the page posts is read: %j', (given, wanted) => {
  const read = restoreForm.safeParse(given);
  expect(read.success ? read.data : null).toEqual(wanted);
});
