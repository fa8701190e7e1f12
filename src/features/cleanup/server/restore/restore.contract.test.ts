import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aRemovedSeason, aRestore } from '../../core/restore/restore.fake.ts';
import { fakeRestoreStore } from './restore.fake.ts';
import { createRestoreStore } from './restore.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = {
  fake: async () => fakeRestoreStore(),
  postgres: async () => {
    await database.pool.query('truncate cleanup_restores');
    return createRestoreStore(database.db);
  },
};

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 10, minute));
const restored = {
  is: 'restored',
  at: at(5),
  itemId: 'radarr01-71' as ItemId,
  keptUntil: at(9),
  notes: ['already-there'],
} as const;

describe.each(Object.entries(stores))('restore store (%s)', (_name, open) => {
  test('gives back a restore as it was begun, and its state with its dates', async () => {
    const store = await open();
    const restore = aRestore(aRemovedSeason());
    expect(await store.begin(restore)).toBe(true);
    expect(await store.underWay()).toEqual([restore]);
    await store.write(restore.id, restored, at(5));
    expect(await store.latest([restore.removalId, 'other'])).toEqual([{ ...restore, state: restored }]);
    expect(await store.underWay()).toEqual([]);
    await expect(store.write(restore.id, restored, at(6))).rejects.toThrow('has ended');
  });

  test('of two who undo the same removal one wins, and after a refusal it may be tried again', async () => {
    const store = await open();
    const first = aRestore(undefined, { id: 'a', startedAt: at(1) });
    expect(await store.begin(first)).toBe(true);
    expect(await store.begin({ ...first, id: 'b' })).toBe(false);
    await store.write('a', { is: 'refused', at: at(2), because: 'profile-gone' }, at(2));
    expect(await store.begin({ ...first, id: 'c', startedAt: at(3) })).toBe(true);
    expect((await store.latest([first.removalId])).map(({ id }) => id)).toEqual(['c']);
    await store.write('c', restored, at(5));
    expect(await store.begin({ ...first, id: 'd', startedAt: at(6) })).toBe(false);
  });

  test('what is under way comes oldest first', async () => {
    const store = await open();
    await store.begin(aRestore(undefined, { id: 'a', removalId: 'x', startedAt: at(2) }));
    await store.begin(aRestore(undefined, { id: 'b', removalId: 'y', startedAt: at(1) }));
    expect((await store.underWay()).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await store.latest([])).toEqual([]);
  });
});
