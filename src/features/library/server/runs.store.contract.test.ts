import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { aRun, fakeRuns } from './runs.fake.ts';
import { createRunStore } from './runs.store.ts';
import type { RunStore } from './store.ports.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const stores: Record<string, () => Promise<RunStore>> = {
  fake: async () => fakeRuns(),
  postgres: async () => {
    await database.pool.query('truncate library_syncs');
    return createRunStore(database.db);
  },
};
const later = new Date('2026-01-01T00:05:00Z');
const two = 'run-2' as RunId;

describe.each(Object.entries(stores))('RunStore (%s)', (_name, open) => {
  test('gives back what was added, and null for what was not', async () => {
    const store = await open();
    await store.add(aRun());
    expect(await store.find(aRun().id)).toEqual(aRun());
    expect(await store.find(two)).toBeNull();
  });

  test('lists the newest first, no more than asked', async () => {
    const store = await open();
    await store.add(aRun());
    await store.add(aRun({ id: two, requestedAt: later }));
    expect((await store.list(9)).map((run) => run.id)).toEqual(['run-2', 'run-1']);
    expect(await store.list(1)).toHaveLength(1);
  });

  test('shows how far a run is and how it ended', async () => {
    const store = await open();
    await store.add(aRun());
    await store.start(aRun().id, later);
    await store.saveProgress(aRun().id, { step: 'episodes', done: 3, total: 9 }, later);
    expect(await store.find(aRun().id)).toMatchObject({
      state: 'running',
      startedAt: later,
      aliveAt: later,
      progress: { step: 'episodes', done: 3, total: 9 },
    });
    await store.finish(aRun().id, { state: 'failed', at: later, results: [] });
    expect(await store.find(aRun().id)).toMatchObject({ state: 'failed', finishedAt: later });
  });

  test('a run that still says it runs when another has the lock was interrupted', async () => {
    const store = await open();
    await store.add(aRun({ state: 'running' }));
    await store.add(aRun({ id: two, state: 'running' }));
    await store.interruptOthers(two, later);
    expect((await store.find(aRun().id))?.state).toBe('interrupted');
    expect((await store.find(two))?.state).toBe('running');
  });
});
