import { expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId, DiskId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import { libraryApi } from './api.ts';
import { fakeClock, fakeReader, fakeSources } from './ports.fake.ts';
import { fakeRuns } from './runs.fake.ts';
import { createLibraryService } from './service.ts';

function setup() {
  const clock = fakeClock();
  const runs = fakeRuns();
  const started: string[] = [];
  const { sources, sourceList } = fakeSources([]);
  const folders = [{ connectionId: 'radarr01' as ConnectionId, path: '/films' }];
  const disk = {
    id: 'radarr01-films' as DiskId,
    path: '/films',
    totalBytes: known(200),
    freeBytes: known(50),
    measuredBy: 'own' as const,
    rootFolders: ['/films'],
    folders,
    readAt: clock.now(),
  };
  const blind = { ...disk, id: 'other' as DiskId, freeBytes: unknown('root-folder-not-accessible') };
  const library = createLibraryService({
    reader: fakeReader({ disks: async () => [disk, blind] }),
    runs,
    sync: async () => ok('done' as const),
    sourceList,
    sources,
    startSync: async (id) => void started.push(id),
    clock,
    newId: () => `run-${String(started.length + 1)}`,
  });
  const fills = {
    is: 'fills' as const,
    growth: { bytesPerDay: 10, low: 5, high: 25 },
    fullAt: new Date('2026-07-01T00:00:00Z'),
    earliest: new Date('2026-06-20T00:00:00Z'),
    latest: null,
  };
  const forecasts = async () => new Map([[disk.id, fills]]);
  return { api: libraryApi(library, forecasts), started, clock };
}

const post = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };

test('a sync that was asked for waits for its turn, and a second one is refused', async () => {
  const { api, started } = setup();
  const first = await api.request('/library/sync', post);
  expect(first.status).toBe(202);
  expect(await first.json()).toMatchObject({ id: 'run-1', state: 'queued', acceptShrink: false });
  expect(started).toEqual(['run-1']);

  const second = await api.request('/library/sync', post);
  expect(second.status).toBe(409);
  expect(await second.json()).toMatchObject({ code: 'library.busy', holder: 'library.sync' });
});

test('a body is not needed', async () => {
  const { api } = setup();
  expect((await api.request('/library/sync', { method: 'POST' })).status).toBe(202);
});

test('a sync that died does not block the next one for ever', async () => {
  const { api, clock } = setup();
  await api.request('/library/sync', post);
  clock.pass(1);
  expect((await api.request('/library/sync', post)).status).toBe(202);
});

test('syncs are listed and found, and a missing one is a problem', async () => {
  const { api } = setup();
  await api.request('/library/sync', post);
  expect(await (await api.request('/library/syncs')).json()).toMatchObject({ items: [{ id: 'run-1' }] });
  expect((await api.request('/library/syncs/run-1')).status).toBe(200);
  const missing = await api.request('/library/syncs/nope');
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ code: 'library.sync-not-found' });
});

test('a disk says what is free, or why nobody knows', async () => {
  const { items } = (await (await setup().api.request('/disks')).json()) as { items: unknown[] };
  expect(items).toMatchObject([
    { freeBytes: { value: 50, why: null }, freePercent: { value: 25 }, measuredBy: 'own' },
    { freeBytes: { value: null, why: 'root-folder-not-accessible' }, freePercent: { value: null } },
  ]);
  expect(items).toMatchObject([
    {
      forecast: {
        is: 'fills',
        growth: { bytesPerDay: 10 },
        fullAt: '2026-07-01T00:00:00.000Z',
        latest: null,
      },
    },
    { forecast: null },
  ]);
});
