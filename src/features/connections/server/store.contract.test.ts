import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aConnection, fakeConnections } from './ports.fake.ts';
import type { ConnectionStore } from './ports.ts';
import { createConnectionStore } from './store.ts';
import { connections } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const stores: Record<string, () => Promise<ConnectionStore>> = {
  fake: async () => fakeConnections(),
  postgres: async () => {
    await database.db.delete(connections);
    return createConnectionStore(database.db);
  },
};

const first = aConnection();
const second = aConnection({ id: 'c0000002' as ConnectionId, name: 'Shows', kind: 'sonarr' });
const since = new Date('2026-01-01T00:00:00Z');

describe.each(Object.entries(stores))('ConnectionStore (%s)', (_name, open) => {
  test('gives back what was added, in that order', async () => {
    const store = await open();
    const mapped = { ...first, pathMappings: [{ theirs: '/movies', ours: '/srv/movies' }] };
    expect([await store.add(mapped), await store.add(second)]).toEqual([true, true]);
    expect(await store.list()).toEqual([mapped, second]);
    expect(await store.find(first.id)).toEqual(mapped);
    expect(await store.find('nope' as ConnectionId)).toBeNull();
  });

  test('two connections never share a name', async () => {
    const store = await open();
    await store.add(first);
    expect(await store.add({ ...second, name: first.name })).toBe(false);
    await store.add(second);
    expect(await store.change({ ...second, name: first.name })).toBe('name-taken');
    expect(await store.change({ ...second, name: 'Series' })).toBe('changed');
    expect((await store.list()).map(({ name }) => name)).toEqual(['Films', 'Series']);
  });

  test('a change leaves the health alone, and says when there is nothing to change', async () => {
    const store = await open();
    await store.add(first);
    const health = { state: 'online', since, product: 'Radarr', version: '6.0.3' } as const;
    await store.saveHealth(first, health);
    expect(await store.change({ ...first, enabled: false })).toBe('changed');
    expect(await store.find(first.id)).toEqual({ ...first, enabled: false, health });
    expect(await store.change(second)).toBe('gone');
  });

  test('the health of an address that was changed meanwhile is not kept', async () => {
    const store = await open();
    await store.add(first);
    await store.change({ ...first, url: 'http://elsewhere' });
    await store.saveHealth(first, { state: 'offline', since, why: { code: 'probe.key-refused' } });
    expect((await store.find(first.id))?.health).toEqual({ state: 'untested' });
  });

  test('says whether there was something to remove', async () => {
    const store = await open();
    await store.add(first);
    expect(await store.remove(first.id)).toBe(true);
    expect(await store.remove(first.id)).toBe(false);
  });
});
