import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { fakeLinkStore } from './links.fake.ts';
import { createLinkStore } from './links.store.ts';
import { newShelf } from './links.update.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 30_000);
afterAll(() => database.close());

const stores = {
  fake: async () => fakeLinkStore(),
  postgres: async () => {
    await database.pool.query('truncate cleanup_link_owner, cleanup_link_shelves');
    let next = 1;
    return createLinkStore(database.db, () => `instance-${String(next++)}`);
  },
};

const jellyfin = 'jelly001' as ConnectionId;

describe.each(Object.entries(stores))('link store (%s)', (_name, open) => {
  test('J-115: who we are is made up once', async () => {
    const store = await open();
    expect([await store.instanceId(), await store.instanceId()]).toEqual(['instance-1', 'instance-1']);
  });

  test('remembers which folders were ours, until a person looked at one', async () => {
    const store = await open();
    await store.noteFolder('/a');
    await store.noteFolder('/a');
    await store.noteFolder('/b');
    expect(await store.folders()).toEqual(['/a', '/b']);
    await store.forgetFolder('/a');
    expect(await store.folders()).toEqual(['/b']);
  });

  test('gives back what was saved, one per media server and folder', async () => {
    const store = await open();
    const shelf = {
      ...newShelf(jellyfin, '/a'),
      tree: {
        links: [{ path: 'films/a/a.mkv', target: '/data/a.mkv' }],
        standIns: [{ links: 'films/a', folder: '/media/a' }],
      },
      folders: ['films', 'films/a'],
      libraries: { films: 'Leaving', shows: null },
      untold: { changes: [{ path: 'films/a/a.mkv', is: 'new' as const }], everything: true },
      updatedAt: new Date('2026-11-01T10:00:00.123Z'),
      problem: { code: 'links.library-taken' as const, name: 'Films' },
    };
    await store.save(newShelf(jellyfin, '/a'));
    await store.save(shelf);
    await store.save(newShelf(jellyfin, '/b'));
    expect(await store.shelves()).toEqual([shelf, newShelf(jellyfin, '/b')]);
    await store.forget(jellyfin, '/a');
    expect(await store.shelves()).toEqual([newShelf(jellyfin, '/b')]);
  });
});
