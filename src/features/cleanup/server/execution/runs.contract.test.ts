import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemId, PolicyId, RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aRemoval, aRun, aSeasonRemoval } from '../../core/removal/removal.fake.ts';
import { aBefore } from '../../core/restore/restore.fake.ts';
import { fakeRunStores } from './runs.fake.ts';
import { createRemovalStore } from './removals.store.ts';
import { createRunStore } from './runs.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const stores = {
  fake: async () => fakeRunStores(),
  postgres: async () => {
    await database.pool.query('truncate cleanup_runs, cleanup_removals');
    return { runs: createRunStore(database.db), removals: createRemovalStore(database.db) };
  },
};

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 3, minute));
const removed = (minute: number) => ({ is: 'removed', at: at(minute), freedBytes: 5, notes: ['a'] }) as const;
const runId = aRun().id;

describe.each(Object.entries(stores))('run and removal stores (%s)', (_name, open) => {
  test('give back a run and its removals as they were begun, in their order', async () => {
    const { runs, removals } = await open();
    const run = aRun({ policyId: 'p' as PolicyId, policyName: 'Films', byName: 'ana' });
    const second = aSeasonRemoval({ position: 2 });
    await runs.begin(run, [second, aRemoval()]);
    expect(await runs.get(run.id)).toEqual(run);
    expect(await removals.ofRun(run.id)).toEqual([aRemoval(), second]);
    expect(await runs.get('nope' as RunId)).toBeNull();
  });

  test('runs under way come oldest first, and an ended one is not among them', async () => {
    const { runs } = await open();
    await runs.begin(aRun({ id: 'b' as RunId, startedAt: at(2) }), []);
    await runs.begin(aRun({ id: 'a' as RunId, startedAt: at(1) }), []);
    await runs.begin(aRun({ id: 'c' as RunId, startedAt: at(3) }), []);
    await runs.end('b' as RunId, at(9), { is: 'stopped', because: ['x'] });
    expect((await runs.underWay()).map((run) => run.id)).toEqual(['a', 'c']);
    expect(await runs.get('b' as RunId)).toMatchObject({
      endedAt: at(9),
      outcome: { is: 'stopped', because: ['x'] },
    });
  });

  test('the list is newest first, by pages and by policy', async () => {
    const { runs } = await open();
    const policyId = 'p' as PolicyId;
    await runs.begin(aRun({ id: 'a' as RunId, startedAt: at(1), policyId }), []);
    await runs.begin(aRun({ id: 'b' as RunId, startedAt: at(2) }), []);
    await runs.begin(aRun({ id: 'c' as RunId, startedAt: at(3), policyId }), []);
    expect((await runs.list({ limit: 2, before: null })).map((run) => run.id)).toEqual(['c', 'b']);
    expect((await runs.list({ limit: 2, before: at(2) })).map((run) => run.id)).toEqual(['a']);
    expect((await runs.list({ limit: 9, before: null, policyId })).map((run) => run.id)).toEqual(['c', 'a']);
  });

  test('a state is kept with its dates, and an ended removal cannot change any more', async () => {
    const { runs, removals } = await open();
    await runs.begin(aRun(), [aRemoval()]);
    const state = {
      is: 'under-way',
      step: 'verify',
      begunAt: at(1),
      tries: 2,
      bytes: 7,
      notes: ['n'],
    } as const;
    await removals.write('removal-1', state, at(1));
    expect((await removals.ofRun(runId))[0]?.state).toEqual(state);
    expect(await removals.isUnderWay(aRemoval().itemId)).toBe(true);

    await removals.write('removal-1', removed(2), at(2));
    await expect(removals.write('removal-1', state, at(3))).rejects.toThrow('has ended');
    expect((await removals.ofRun(runId))[0]?.state).toEqual(removed(2));
    expect(await removals.isUnderWay(aRemoval().itemId)).toBe(false);
  });

  test('what failed becomes removed when it was seen gone, once, and keeps its place in the history', async () => {
    const { runs, removals } = await open();
    await runs.begin(aRun(), [aRemoval(), aSeasonRemoval({ position: 2 })]);
    await removals.write(
      'removal-1',
      { is: 'failed', at: at(2), step: 'verify', because: 'still-there' },
      at(2),
    );
    await removals.write('removal-2', removed(3), at(3));
    expect((await removals.failedSince(at(1))).map(({ id }) => id)).toEqual(['removal-1']);
    expect(await removals.failedSince(at(2))).toEqual([]);

    const state = { ...removed(2), seenGoneAt: at(30) };
    await removals.settle('removal-1', state, at(30));
    expect(await removals.failedSince(at(1))).toEqual([]);
    const history = await removals.history({ limit: 9, after: null, outcome: 'removed' });
    expect(history.map(({ removal }) => removal.id)).toEqual(['removal-2', 'removal-1']);
    expect(history[1]?.removal.state).toEqual(state);
    expect(history[1]?.trail.map(({ is }) => is)).toEqual(['failed', 'removed']);
    await expect(removals.settle('removal-1', state, at(31))).rejects.toThrow('did not fail');
    await expect(removals.settle('removal-2', state, at(31))).rejects.toThrow('did not fail');
  });

  test('C-14: how a title stood is kept until its removal begins, and never overwritten afterwards', async () => {
    const { runs, removals } = await open();
    await runs.begin(aRun(), [aRemoval()]);
    expect((await removals.find('removal-1'))?.keepsake.before).toBeNull();
    await removals.keepBefore('removal-1', aBefore({ tags: ['first'] }));
    const begun = {
      is: 'under-way',
      step: 'unmonitor',
      begunAt: at(1),
      tries: 1,
      bytes: 7,
      notes: [],
    } as const;
    await removals.write('removal-1', begun, at(1));
    await removals.keepBefore('removal-1', aBefore({ tags: ['late'], monitored: false }));
    expect(await removals.find('removal-1')).toEqual({
      ...aRemoval({ state: begun }),
      keepsake: { ...aRemoval().keepsake, before: aBefore({ tags: ['first'] }) },
    });
    expect(await removals.find('nope')).toBeNull();
  });

  test('the history tells everything of what ended, newest first (J-01)', async () => {
    const { runs, removals } = await open();
    await runs.begin(aRun({ policyName: 'Films', byName: 'ana', startedBy: 'person' }), [
      aRemoval(),
      aSeasonRemoval(),
    ]);
    await removals.write('removal-1', removed(1), at(1));
    const [entry, ...others] = await removals.history({ limit: 10, after: null });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      removal: { ...aRemoval(), state: removed(1) },
      run: { id: runId, policyId: null, policyName: 'Films', startedBy: 'person', byName: 'ana' },
      trail: [{ at: at(1), is: 'removed', step: null, tries: null }],
    });
  });

  test('the history comes by pages, by outcome and by item', async () => {
    const { runs, removals } = await open();
    const ids = ['a', 'b', 'c', 'd'];
    await runs.begin(
      aRun(),
      ids.map((id) => aRemoval({ id, itemId: `radarr01-${id}` as ItemId })),
    );
    await removals.write('a', removed(1), at(1));
    await removals.write('c', { is: 'failed', at: at(2), step: 'verify', because: 'x' }, at(2));
    await removals.write('b', removed(2), at(2));
    await removals.write('d', removed(3), at(3));

    const first = await removals.history({ limit: 2, after: null });
    expect(first.map((entry) => entry.removal.id)).toEqual(['d', 'c']);
    const rest = await removals.history({ limit: 9, after: first.at(-1)?.cursor ?? null });
    expect(rest.map((entry) => entry.removal.id)).toEqual(['b', 'a']);
    const failed = await removals.history({ limit: 9, after: null, outcome: 'failed' });
    expect(failed.map((entry) => entry.removal.id)).toEqual(['c']);
    const one = await removals.history({ limit: 9, after: null, itemId: 'radarr01-b' as ItemId });
    expect(one.map((entry) => entry.removal.id)).toEqual(['b']);
    const title = aRemoval().title.toUpperCase();
    expect(await removals.history({ limit: 9, after: null, text: title })).toHaveLength(4);
    expect(await removals.history({ limit: 9, after: null, text: '%' })).toEqual([]);
    expect(await removals.history({ limit: 9, after: 'none of ours' })).toHaveLength(4);
  });
});
