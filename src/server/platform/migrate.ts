import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { Connection, Pool } from './db.ts';

/** One SQL file of `migrations/`. Its position never changes, its text not after a release. */
export type Migration = { position: number; name: string; checksum: string; statements: readonly string[] };

export type Migrated = { applied: readonly string[]; dump: string | null };

export type MigrateProblem =
  | { code: 'migrate.newer-schema'; found: string; known: string }
  | { code: 'migrate.changed'; name: string }
  | { code: 'migrate.no-right'; name: string; reason: string }
  | { code: 'migrate.no-extension'; name: string; reason: string }
  | { code: 'migrate.dump-failed'; reason: string }
  | { code: 'migrate.failed'; name: string; reason: string };

export type MigrateOptions = {
  /** The folder `migrations/`; given by the caller because the program is bundled. */
  folder: string;
  /** Called before the first change to a database that holds data. Gives the file it wrote. */
  dump?: (connection: Connection, version: string) => Promise<string>;
  /** Stop after this position: for restoring a dump of an older schema. */
  upTo?: number;
};

/**
 * Brings the database to the schema of this program. Processes that start together wait for each other; each file is one
 * transaction together with its line in the list, so a crash leaves whole steps only and the next start goes on.
 */
export async function migrate(
  pool: Pool,
  options: MigrateOptions,
): Promise<Result<Migrated, MigrateProblem>> {
  const known = readMigrations(options.folder).filter(
    ({ position }) => position <= (options.upTo ?? Infinity),
  );
  const connection = await pool.connect();
  let broken: Error | undefined;
  const note = (problem: Error): void => void (broken = problem);
  connection.on('error', note);
  try {
    await connection.query(`select pg_advisory_lock(hashtextextended('keepercheky.migrate', 0))`);
    return await bringUp(connection, known, options);
  } finally {
    if (!broken)
      await connection
        .query(`select pg_advisory_unlock(hashtextextended('keepercheky.migrate', 0))`)
        .catch(note);
    connection.off('error', note);
    connection.release(broken ?? false);
  }
}

async function bringUp(
  connection: Connection,
  known: readonly Migration[],
  { dump }: MigrateOptions,
): Promise<Result<Migrated, MigrateProblem>> {
  const done = await listApplied(connection);
  const refused = compare(done, known);
  if (refused) return err(refused);

  const pending = known.slice(done.length);
  const before = done.at(-1);
  let dumpFile: string | null = null;
  if (pending.length > 0 && before && dump) {
    const dumped = await dump(connection, before.name).then(ok, (problem: unknown) =>
      err({ code: 'migrate.dump-failed' as const, reason: (problem as Error).message }),
    );
    if (!dumped.ok) return dumped;
    dumpFile = dumped.value;
  }
  for (const migration of pending) {
    const problem = await apply(connection, migration);
    if (problem) return err(problem);
  }
  return ok({ applied: pending.map(({ name }) => name), dump: dumpFile });
}

type Applied = { position: number; name: string; checksum: string };

/** The list is no Drizzle table: it must exist before the first migration. */
async function listApplied(connection: Connection): Promise<Applied[]> {
  const { rows: found } = await connection.query<{ found: boolean }>(
    `select to_regclass('platform_migrations') is not null as found`,
  );
  if (!found[0]?.found) return [];
  const { rows } = await connection.query<Applied>(
    'select position, name, checksum from platform_migrations order by position',
  );
  return rows;
}

const CREATE_LIST = `create table if not exists platform_migrations (
  position integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`;

function compare(done: readonly Applied[], known: readonly Migration[]): MigrateProblem | null {
  const newest = done.at(-1);
  if (newest && done.length > known.length) {
    return { code: 'migrate.newer-schema', found: newest.name, known: known.at(-1)?.name ?? 'nothing' };
  }
  const changed = done.find((one, index) => one.checksum !== known[index]?.checksum);
  return changed ? { code: 'migrate.changed', name: changed.name } : null;
}

async function apply(
  connection: Connection,
  { position, name, checksum, statements }: Migration,
): Promise<MigrateProblem | null> {
  try {
    await connection.query('begin');
    await connection.query(CREATE_LIST);
    for (const statement of statements) await connection.query(statement);
    await connection.query('insert into platform_migrations (position, name, checksum) values ($1, $2, $3)', [
      position,
      name,
      checksum,
    ]);
    await connection.query('commit');
    return null;
  } catch (problem) {
    await connection.query('rollback').catch(() => undefined); // a broken connection has rolled back already
    return explain(name, problem as Error & { code?: string });
  }
}

function explain(name: string, problem: Error & { code?: string }): MigrateProblem {
  const reason = problem.message;
  if (problem.code === '42501') return { code: 'migrate.no-right', name, reason };
  // feature_not_supported / undefined_file: the extension is not installed on that server
  if (problem.code === '0A000' || problem.code === '58P01')
    return { code: 'migrate.no-extension', name, reason };
  return { code: 'migrate.failed', name, reason };
}

export function describeMigrateProblem(problem: MigrateProblem): string {
  switch (problem.code) {
    case 'migrate.newer-schema':
      return (
        `The database was made by a newer version of the program (it is at ${problem.found}, this one knows up to ${problem.known}). ` +
        'Start the newer version, or restore the dump it wrote to `backups` before it changed the database.'
      );
    case 'migrate.changed':
      return `The database was made with another text of ${problem.name}: an unreleased version made it. Throw that database away, or start the version that made it.`;
    case 'migrate.no-right':
      return (
        `The database user may not do what ${problem.name} needs (${problem.reason}). Make it the owner of the database, or let an ` +
        'administrator run in it: create extension unaccent; create extension pg_trgm; grant create on schema public to <user>;'
      );
    case 'migrate.no-extension':
      return `The database server lacks an extension that ${problem.name} needs (${problem.reason}). Install its contrib package (Debian: postgresql-contrib).`;
    case 'migrate.dump-failed':
      return `Nothing was changed, because the dump before the change failed: ${problem.reason}`;
    case 'migrate.failed':
      return `${problem.name} failed and was rolled back: ${problem.reason}`;
  }
}

export function readMigrations(folder: string): Migration[] {
  const file = join(folder, 'meta/_journal.json');
  if (!existsSync(file)) throw new Error(`There are no migrations in ${folder}`);
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: { idx: number; tag: string }[] };
  return entries.map(({ idx, tag }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    return {
      position: idx,
      name: tag,
      checksum: createHash('sha256').update(text).digest('hex'),
      statements: text.split('--> statement-breakpoint').filter((part) => part.trim() !== ''),
    };
  });
}
