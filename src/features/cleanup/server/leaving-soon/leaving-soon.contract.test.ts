import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { fakeShelfStore } from './leaving-soon.fake.ts';
import type { KnownShelf } from './leaving-soon.ports.ts';
import { createShelfStore } from './leaving-soon.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = {
  fake: async () => fakeShelfStore(),
  postgres: async () => {
    await database.pool.query('truncate cleanup_shelves');
    return createShelfStore(database.db);
  },
};

const jellyfin = 'jelly001' as ConnectionId;
const aShelf = (changes: Partial<KnownShelf> = {}): KnownShelf => ({
  connectionId: jellyfin,
  kind: 'films',
  collectionId: 'box1',
  members: ['a', 'b'],
  posterKey: null,
  ...changes,
});

describe.each(Object.entries(stores))('shelf store (%s)', (_name, open) => {
  test('gives back what was saved, one per kind', async () => {
    const store = await open();
    await store.save(aShelf());
    await store.save(aShelf({ kind: 'shows', collectionId: 'box2' }));
    await store.save(aShelf({ members: ['c'], posterKey: 'k' }));
    expect(await store.get(jellyfin, 'films')).toEqual(aShelf({ members: ['c'], posterKey: 'k' }));
    expect(await store.get(jellyfin, 'shows')).toMatchObject({ collectionId: 'box2' });
  });

  test('forgets', async () => {
    const store = await open();
    await store.save(aShelf());
    await store.forget(jellyfin, 'films');
    expect(await store.get(jellyfin, 'films')).toBeNull();
  });
});
