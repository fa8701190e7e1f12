import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aRemoval, aRun } from '../../core/removal/removal.fake.ts';
import { createFreedStore } from './freed.store.ts';
import { createRemovalStore } from '../execution/removals.store.ts';
import { createRunStore } from '../execution/runs.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);

afterAll(() => database.close());

const at = (day: number) => new Date(Date.UTC(2026, 10, day));

test('tells what removals freed since a day, and nothing of those that left the item alone', async () => {
  const removals = createRemovalStore(database.db);
  const ids = ['early', 'late', 'left', 'open'];
  await createRunStore(database.db).begin(
    aRun(),
    ids.map((id) => aRemoval({ id })),
  );
  await removals.write('early', { is: 'removed', at: at(1), freedBytes: 5, notes: [] }, at(1));
  await removals.write('late', { is: 'removed', at: at(9), freedBytes: 40_000_000_000, notes: [] }, at(9));
  await removals.write('left', { is: 'left-alone', at: at(9), because: 'x', unmonitored: false }, at(9));

  const { connectionId, plannedFiles } = aRemoval();
  const path = plannedFiles[0]?.path ?? null;
  const store = createFreedStore(database.db);
  expect(await store.freedSince(at(2))).toEqual([{ at: at(9), connectionId, path, bytes: 40_000_000_000 }]);
  expect(await store.freedSince(at(1))).toHaveLength(2);
});
