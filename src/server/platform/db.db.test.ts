import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { checkServerVersion, describeOpenProblem, openDb, sql, urlOf, withLock, type Pool } from './db.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
}, 30_000);
afterAll(() => database.close());

test('a transaction that throws leaves nothing behind', async () => {
  await database.db.execute(sql`create table things (name text)`);
  const half = database.db.transaction(async (tx) => {
    await tx.execute(sql`insert into things values ('one')`);
    throw new Error('half-way');
  });
  await expect(half).rejects.toThrow('half-way');
  expect((await database.db.execute(sql`select * from things`)).rows).toEqual([]);
});

test('a lock is busy for everybody else while it is held, and free afterwards', async () => {
  const outcome = await withLock(database.pool, 'library', async () =>
    withLock(database.pool, 'library', async () => 'both'),
  );
  expect(outcome).toEqual({ ok: true, value: { ok: false, error: { code: 'lock.busy', key: 'library' } } });
  expect(await withLock(database.pool, 'library', async () => 'again')).toEqual({ ok: true, value: 'again' });
});

test('different keys do not wait for each other', async () => {
  const outcome = await withLock(database.pool, 'library', async () =>
    withLock(database.pool, 'archive', async () => 'both'),
  );
  expect(outcome).toEqual({ ok: true, value: { ok: true, value: 'both' } });
});

test('work that throws frees the lock', async () => {
  await expect(withLock(database.pool, 'library', () => Promise.reject(new Error('broken')))).rejects.toThrow(
    'broken',
  );
  expect((await withLock(database.pool, 'library', async () => 1)).ok).toBe(true);
});

test('a holder whose connection dies is told, and somebody else gets the lock', async () => {
  const outcome = await withLock(database.pool, 'library', async (signal) => {
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()`,
    );
    await expect.poll(() => signal.aborted).toBe(true);
    return withLock(database.pool, 'library', async () => 'taken over');
  });
  expect(outcome).toEqual({ ok: true, value: { ok: true, value: 'taken over' } });
});

test('an address where nobody listens is a problem with a reason, not a crash', async () => {
  const opened = await openDb({ databaseUrl: 'postgresql://somebody@127.0.0.1:1/nothing' });
  expect(opened).toMatchObject({ ok: false, error: { code: 'database.unreachable' } });
});

test('a server that is too old is refused with its version', async () => {
  const old = { query: async () => ({ rows: [{ number: 140_011, text: '14.11' }] }) } as unknown as Pool;
  const checked = await checkServerVersion(old);
  expect(checked).toEqual({
    ok: false,
    error: { code: 'database.too-old', found: '14.11', wanted: '15 or newer' },
  });
  if (!checked.ok) expect(describeOpenProblem(checked.error)).toContain('PostgreSQL 14.11');
});

test('the printed address opens the same database', async () => {
  const again = await openDb({ databaseUrl: urlOf(database.address) });
  if (!again.ok) throw new Error(again.error.code);
  expect((await again.value.pool.query('select current_database() as name')).rows).toEqual([
    { name: database.address.database },
  ]);
  await again.value.close();
});

test('accents fold in both languages', async () => {
  const { rows } = await database.pool.query(
    `select to_tsvector('kc_spanish', 'Canción') @@ to_tsquery('kc_spanish', 'canciones') as spanish,
            to_tsvector('kc_english', 'Cafés') @@ to_tsquery('kc_english', 'cafe') as english,
            to_tsvector('kc_simple', 'Ñandú') @@ to_tsquery('kc_simple', 'nandu') as simple`,
  );
  expect(rows).toEqual([{ spanish: true, english: true, simple: true }]);
});
