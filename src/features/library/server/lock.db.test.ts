import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { createLibraryLocks } from './lock.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('T-70 while one is inside, another is turned away and told who it was', async () => {
  const lockFor = createLibraryLocks(database.pool);
  const inside = Promise.withResolvers<undefined>();
  const leave = Promise.withResolvers<undefined>();
  const first = lockFor('library.sync').run(async () => {
    inside.resolve(undefined);
    await leave.promise;
    return 'done';
  });
  await inside.promise;

  expect(await lockFor('cleanup.run').run(async () => 'never')).toEqual({
    ok: false,
    error: { code: 'library.busy', holder: 'library.sync' },
  });
  leave.resolve(undefined);

  expect(await first).toEqual({ ok: true, value: 'done' });
  expect(await lockFor('cleanup.run').run(async () => 'now')).toEqual({ ok: true, value: 'now' });
});

test('work that breaks gives the lock back', async () => {
  const lockFor = createLibraryLocks(database.pool);
  await expect(lockFor('library.sync').run(() => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  );
  expect(await lockFor('library.sync').run(async () => 1)).toEqual({ ok: true, value: 1 });
});
