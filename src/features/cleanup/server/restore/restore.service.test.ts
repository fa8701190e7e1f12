import { describe, expect, test } from 'vitest';
import type { ConnectionId, UserId } from '#core/ids.ts';
import { aRun, radarr } from '../../core/removal/removal.fake.ts';
import type { Removal } from '../../core/removal/removal.ts';
import { aBefore, aChoice, aRemoved, aRestoredFilm } from '../../core/restore/restore.fake.ts';
import { countingIds, fakeTime, freeLock, silentLog } from '../execution/execution.fake.ts';
import { fakeRunStores } from '../execution/runs.fake.ts';
import { createRecycleBinService } from './recycle-bin.service.ts';
import {
  aRestoreWorld,
  fakeKeep,
  fakeRestorer,
  fakeRestoreStore,
  type RestoreWorld,
} from './restore.fake.ts';
import { createRestoreSaga } from './restore.saga.ts';
import { createRestoreService } from './restore.service.ts';

const by = { id: 'user-1' as UserId, name: 'Ana' };
const never = new AbortController().signal;

async function aService(
  world: RestoreWorld = aRestoreWorld(),
  removal: Removal = aRemoved(),
  connected = true,
) {
  const { runs, removals } = fakeRunStores();
  await runs.begin(aRun(), [{ ...removal, state: { is: 'planned' } }]);
  if ('at' in removal.state) await removals.write(removal.id, removal.state, removal.state.at);
  const time = fakeTime(new Date('2026-11-21T10:00:00.000Z'));
  const restores = fakeRestoreStore();
  const restorers = async (id: ConnectionId) => (connected && id === radarr ? fakeRestorer(world) : null);
  const saga = createRestoreSaga({ restores, restorers, keepByHand: fakeKeep(world), time });
  const parts = { restores, removals, restorers, saga, lock: freeLock, time, log: silentLog };
  return createRestoreService({ ...parts, newId: countingIds('restore') });
}

test('C-14: a removed film is added again, searched for and kept, and its removal is undone only once', async () => {
  const world = aRestoreWorld();
  const service = await aService(world);
  const begun = await service.begin('removal-1', { choice: aChoice(), by });
  expect(begun).toMatchObject({ ok: true, value: { state: { is: 'planned' }, byName: 'Ana' } });
  expect(await service.begin('removal-1', { choice: aChoice(), by })).toEqual({
    ok: false,
    error: { code: 'cleanup.restore-under-way' },
  });
  expect(await service.resume(never)).toMatchObject({ ok: true, value: [{ state: { is: 'restored' } }] });
  expect(world.added).toHaveLength(1);
  expect(world.searched).toEqual([{ type: 'title' }]);
  expect(world.kept).toEqual([{ itemId: 'radarr01-71', until: new Date('2026-12-21T10:00:00.000Z') }]);
  expect(await service.preview('removal-1')).toEqual({
    ok: false,
    error: { code: 'cleanup.restored-already' },
  });
});

test('a refused one may be tried again with another choice', async () => {
  const world = aRestoreWorld();
  const removal = aRemoved();
  const before = aBefore({ rootFolder: '/gone' });
  const service = await aService(world, { ...removal, keepsake: { ...removal.keepsake, before } });
  expect(await service.preview('removal-1')).toMatchObject({ value: { problem: 'root-folder-gone' } });
  await service.begin('removal-1', { choice: aChoice(), by });
  expect(await service.resume(never)).toMatchObject({
    value: [{ state: { is: 'refused', because: 'root-folder-gone' } }],
  });
  expect(world.added).toEqual([]);
  await service.begin('removal-1', { choice: aChoice({ rootFolder: '/films' }), by });
  expect(await service.resume(never)).toMatchObject({ value: [{ state: { is: 'restored' } }] });
  expect(world.added).toMatchObject([{ path: null, rootFolder: '/films' }]);
});

describe('what cannot be undone is refused by name', () => {
  test.each([
    ['cleanup.removal-not-found', 'nope', aRemoved()],
    ['cleanup.removal-under-way', 'removal-1', aRemoved({ state: { is: 'planned' } })],
    [
      'cleanup.nothing-remembered',
      'removal-1',
      aRemoved({ keepsake: { ...aRemoved().keepsake, before: null } }),
    ],
  ])('%s', async (code, id, removal) => {
    const service = await aService(aRestoreWorld(), removal);
    expect(await service.begin(id, { choice: aChoice(), by })).toEqual({ ok: false, error: { code } });
    expect(await service.preview(id)).toEqual({ ok: false, error: { code } });
  });
});

test('a preview changes nothing, and says so when the service does not answer', async () => {
  const world = aRestoreWorld({ title: aRestoredFilm() });
  expect(await (await aService(world)).preview('removal-1')).toMatchObject({
    value: { problem: null, now: { ok: true, value: { title: { externalId: 71 } } } },
  });
  expect(world).toEqual(aRestoreWorld({ title: aRestoredFilm() }));
  expect(await (await aService(world, aRemoved(), false)).preview('removal-1')).toMatchObject({
    value: { now: { ok: false, error: { reason: 'connection-missing' } } },
  });
});

test('a service that was taken away fails the restore, and says which', async () => {
  const service = await aService(aRestoreWorld(), aRemoved(), false);
  await service.begin('removal-1', { choice: aChoice(), by });
  expect(await service.resume(never)).toMatchObject({
    value: [{ state: { is: 'failed', because: 'step.unreachable (connection-missing)' } }],
  });
});

test('the bins of the services are told; one that could not be asked is not taken for none', async () => {
  const bin = { path: '/bin', cleanupDays: 7 };
  const world = aRestoreWorld({ recycleBin: bin });
  const connections = async () =>
    ['radarr01', 'radarr02', 'jellyfin'].map((id) => ({
      id: id as ConnectionId,
      kind: id === 'jellyfin' ? 'jellyfin' : 'radarr',
      name: id,
      enabled: true,
    }));
  const restorers = async (id: ConnectionId) => (id === radarr ? fakeRestorer(world) : null);
  const { bins } = createRecycleBinService(restorers, connections);
  expect(await bins()).toEqual([
    { connectionId: 'radarr01', name: 'radarr01', bin: { known: true, value: bin } },
    { connectionId: 'radarr02', name: 'radarr02', bin: { known: false, why: 'connection-missing' } },
  ]);
  world.recycleBin = null;
  expect(await bins([radarr])).toEqual([]);
});
