import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { openDb, type Database } from './db.ts';
import { dumpInto, dumpVersion, restoreDump } from './dump.ts';
import { describeMigrateProblem, migrate, readMigrations, type MigrateOptions } from './migrate.ts';

const real = join(import.meta.dirname, '../../../migrations');
let server: TestDatabase;
let home: string;
let database: Database;
let made = 0;

beforeAll(async () => {
  server = await openTestDatabase();
  home = mkdtempSync(join(tmpdir(), 'kc-migrate-'));
}, 30_000);
beforeEach(async () => {
  database = await emptyDatabase();
  return () => database.close();
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Not from the template: nothing in it. */
async function emptyDatabase(): Promise<Database> {
  const name = `${server.address.database}_empty_${++made}`;
  await server.pool.query(`create database ${name} template template0`);
  const opened = await openDb({ ...server.address, database: name }, { maxConnections: 3 });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** The first steps of a small history; each is one file. */
function history(...files: string[]): string {
  const folder = mkdtempSync(join(home, 'history-'));
  cpSync(join(real, 'meta'), join(folder, 'meta'), { recursive: true });
  files.forEach((text, at) => writeFileSync(join(folder, `000${at}_step.sql`), text));
  const entries = files.map((_, idx) => ({ idx, tag: `000${idx}_step` }));
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ entries }));
  return folder;
}

const FIRST =
  'create table films (id integer generated always as identity primary key, title text not null, double integer generated always as (id * 2) stored)';
const SECOND = 'alter table films add column seen boolean not null default false';
const tables = async (): Promise<string[]> =>
  (
    await database.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    )
  ).rows.map(({ name }) => name);
const run = async (options: MigrateOptions) => {
  const outcome = await migrate(database.pool, options);
  if (!outcome.ok) throw new Error(describeMigrateProblem(outcome.error));
  return outcome.value;
};

test('every migration of the program applies, one after the other, and a second start has nothing to do', async () => {
  for (const { position, name } of readMigrations(real)) {
    expect((await run({ folder: real, upTo: position })).applied).toEqual([name]);
  }
  expect((await run({ folder: real })).applied).toEqual([]);
});

test('a step that fails leaves the steps before it, and goes on after it is mended', async () => {
  const broken = history(FIRST, 'create table half (id int);--> statement-breakpoint\nselect 1 / 0');
  const outcome = await migrate(database.pool, { folder: broken });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'migrate.failed', name: '0001_step' } });
  expect(await tables()).toEqual(['films', 'platform_migrations']);
  expect((await run({ folder: history(FIRST, SECOND) })).applied).toEqual(['0001_step']);
});

test('a process that dies between two steps leaves whole steps only', async () => {
  const slow = history(
    FIRST,
    'create table half (id int);--> statement-breakpoint\nselect pg_sleep(20)',
    SECOND,
  );
  const dying = migrate(database.pool, { folder: slow });
  await expect
    .poll(
      async () =>
        (
          await server.pool.query(
            `select pg_terminate_backend(pid) from pg_stat_activity where query = E'\\nselect pg_sleep(20)' and state = 'active'`,
          )
        ).rowCount,
    )
    .toBe(1);
  expect((await dying).ok).toBe(false);
  expect(await tables()).toEqual(['films', 'platform_migrations']);
});

test('processes that start together apply each step once', async () => {
  const folder = history(FIRST, SECOND);
  const [one, two] = await Promise.all([run({ folder }), run({ folder })]);
  expect([...one.applied, ...two.applied]).toEqual(['0000_step', '0001_step']);
});

test('a database from a newer program is refused and left as it is', async () => {
  await run({ folder: history(FIRST, SECOND) });
  const outcome = await migrate(database.pool, { folder: history(FIRST) });
  expect(outcome).toEqual({
    ok: false,
    error: { code: 'migrate.newer-schema', found: '0001_step', known: '0000_step' },
  });
});

test('a database from another text of the same step is refused', async () => {
  await run({ folder: history(FIRST) });
  const outcome = await migrate(database.pool, { folder: history(`${FIRST} -- else`) });
  expect(outcome).toEqual({ ok: false, error: { code: 'migrate.changed', name: '0000_step' } });
});

test('a user who may not create things is told what to do', async () => {
  await server.pool.query(
    `do $$ begin create role guest login; exception when duplicate_object then null; end $$`,
  );
  const guest = await openDb({ databaseUrl: database.url.replace('keepercheky@', 'guest@') });
  if (!guest.ok) throw new Error(guest.error.code);
  const outcome = await migrate(guest.value.pool, { folder: real });
  await guest.value.close();
  expect(outcome).toMatchObject({ ok: false, error: { code: 'migrate.no-right' } });
});

test('a dump is written before data changes, and restores every row, sequence and odd character', async () => {
  const dump = dumpInto(join(home, 'backups'));
  const folder = history(FIRST, SECOND);
  expect((await run({ folder, upTo: 0, dump })).dump).toBeNull(); // nothing there yet
  const odd = ['plain', 'tab\tnew\nline\\.', '\\.', '', 'ñandú 🦤', 'carriage\rreturn'];
  for (const title of odd) await database.pool.query('insert into films (title) values ($1)', [title]);
  await database.pool.query(
    `insert into films (title) select repeat('x', 100) from generate_series(1, 30000)`,
  );

  const file = (await run({ folder, dump })).dump ?? '';
  expect(readdirSync(join(home, 'backups'))).toHaveLength(1);
  expect(readFileSync(file).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  expect(await dumpVersion(file)).toBe('0000_step');

  await database.close();
  database = await emptyDatabase();
  await run({ folder, upTo: 0 });
  const connection = await database.pool.connect();
  await restoreDump(connection, file);
  connection.release();
  await run({ folder });
  const { rows } = await database.pool.query<{ title: string }>(
    'select title from films where id <= 6 order by id',
  );
  expect(rows.map(({ title }) => title)).toEqual(odd);
  const { rows: next } = await database.pool.query(
    `insert into films (title) values ('next') returning id, double, seen`,
  );
  expect(next).toEqual([{ id: 30007, double: 60014, seen: false }]);
});

test('a dump that cannot be written stops the change', async () => {
  await run({ folder: history(FIRST) });
  writeFileSync(join(home, 'a-file'), '');
  const outcome = await migrate(database.pool, {
    folder: history(FIRST, SECOND),
    dump: dumpInto(join(home, 'a-file')),
  });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'migrate.dump-failed' } });
  expect((await run({ folder: history(FIRST, SECOND) })).applied).toEqual(['0001_step']);
});

test('half a dump restores nothing', async () => {
  const folder = history(FIRST);
  await run({ folder });
  await database.pool.query(`insert into films (title) values ('kept')`);
  const { gzipSync } = await import('node:zlib');
  const half = join(home, 'half.sql.gz');
  writeFileSync(
    half,
    gzipSync('-- keepercheky dump, schema 0000_step\ncopy "films" ("title") from stdin;\none\n'),
  );
  const connection = await database.pool.connect();
  await expect(restoreDump(connection, half)).rejects.toThrow('middle of a table');
  connection.release();
  expect((await database.pool.query('select title from films')).rows).toEqual([{ title: 'kept' }]);
});
