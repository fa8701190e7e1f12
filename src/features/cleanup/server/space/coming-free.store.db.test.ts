import { afterAll, beforeAll, expect, test } from 'vitest';
import { known, unknown } from '#core/fact.ts';
import type { RunId } from '#core/ids.ts';
import { openTestDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { aRemoval, aRun } from '../../core/removal/removal.fake.ts';
import { aBefore } from '../../core/restore/restore.fake.ts';
import { readGone } from './coming-free.store.ts';
import { createRemovalStore } from '../execution/removals.store.ts';
import { createRunStore } from '../execution/runs.store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 3));
const bin = { path: '/bin', cleanupDays: 7 };

test('what was removed since a day is told with its bin; what failed, or went before, is not', async () => {
  const removals = createRemovalStore(database.db);
  const planned = (id: string, recycleBin: Parameters<typeof aBefore>[0]) => {
    const removal = aRemoval({ id });
    return { ...removal, keepsake: { ...removal.keepsake, before: aBefore(recycleBin) } };
  };
  await createRunStore(database.db).begin(aRun(), [
    planned('old', { recycleBin: known(bin) }),
    planned('binned', { recycleBin: known(bin) }),
    planned('for-good', { recycleBin: known(null) }),
    aRemoval({ id: 'not-asked' }),
    planned('failed', { recycleBin: known(bin) }),
  ]);
  const removed = (day: number) => ({ is: 'removed', at: at(day), freedBytes: 8e9, notes: [] }) as const;
  await removals.write('old', removed(1), at(1));
  for (const id of ['binned', 'for-good', 'not-asked']) await removals.write(id, removed(10), at(10));
  await removals.write('failed', { is: 'failed', at: at(10), step: 'delete', because: 'x' }, at(10));

  const gone = await readGone(database.db, at(5));
  const { connectionId, identity } = aRemoval();
  const base = { connectionId, path: identity.path, bytes: 8e9, heldBytes: 0, at: at(10) };
  expect(gone).toHaveLength(3);
  expect(gone).toEqual(
    expect.arrayContaining([
      { ...base, bin: known(bin) },
      { ...base, bin: known(null) },
      { ...base, bin: unknown('recycle-bin-not-read') },
    ]),
  );
});

test('what had another name is still held, unless its torrents followed', async () => {
  const [runs, removals] = [createRunStore(database.db), createRemovalStore(database.db)];
  const torrents = { remove: true, minRatio: 1, minSeedDays: null };
  const following = { ...aRemoval().options, torrents };
  const runId = 'run-2' as RunId;
  await runs.begin(aRun({ id: runId }), [
    aRemoval({ id: 'kept-seeding', runId }),
    aRemoval({ id: 'followed', runId, options: following }),
    aRemoval({ id: 'stayed', runId, options: following }),
  ]);
  const mark = { device: '1', inode: '2', sizeBytes: 3e9, changedAtMs: 0 };
  const end = (notes: string[]) =>
    ({ is: 'removed', at: at(20), freedBytes: 8e9, notes, trace: { marks: [mark], downloads: [] } }) as const;
  await removals.write('kept-seeding', end([]), at(20));
  await removals.write('followed', end(['request: x']), at(20));
  await removals.write('stayed', end(['torrents: seeds-on (Alma)']), at(20));
  const held = (await readGone(database.db, at(15))).map(({ heldBytes }) => heldBytes);
  expect(held.sort()).toEqual([0, 3e9, 3e9]);
});
