import { sql } from 'drizzle-orm';
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { err, ok, type Result } from '#core/result.ts';
import type { SocketAddress } from './embedded-postgres.ts';

/** Works with the pool and with a transaction, so a store never knows which one it got. */
export type Db = PgDatabase<NodePgQueryResultHKT>;
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0];

/** The plain driver, for platform files that speak SQL themselves (migrations, dump, queue). */
export type Pool = pg.Pool;
export type Connection = pg.PoolClient;

/** The queue enqueues in a caller's transaction; only this file may import the database packages. */
export { sql };
export const quoteName = (name: string): string => pg.escapeIdentifier(name);

export type Database = {
  db: Db;
  pool: Pool;
  /** For programs that want an address; never log it, it may hold a password. */
  url: string;
  close: () => Promise<void>;
};

/**
 * For what may be forgotten in a power cut, such as who holds a place: its commit does not wait for the disk. What was
 * committed is seen by everybody at once all the same.
 */
export const withoutWaiting = <T>(db: Db, work: (transaction: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (transaction) => {
    await transaction.execute(sql`set local synchronous_commit to off`);
    return work(transaction);
  });

export type Where = { databaseUrl: string } | SocketAddress;

export type OpenProblem =
  | { code: 'database.unreachable'; reason: string }
  | { code: 'database.too-old'; found: string; wanted: string };

/** `max_connections` of the private server is 20; queue, locks and pages share this one pool. */
const DEFAULT_MAX_CONNECTIONS = 8;
/** 15 is the oldest we test: `nulls not distinct` and Debian 12. */
const OLDEST_MAJOR = 15;

export async function openDb(
  where: Where,
  {
    maxConnections = DEFAULT_MAX_CONNECTIONS,
    log = () => undefined,
  }: { maxConnections?: number; log?: (line: string) => void } = {},
): Promise<Result<Database, OpenProblem>> {
  const url = 'databaseUrl' in where ? where.databaseUrl : urlOf(where);
  if (!('databaseUrl' in where)) await makeSure(where);

  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'keepercheky',
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
  });
  // An idle connection that breaks (server restarted) is replaced on the next use; without a listener it ends the process.
  pool.on('error', (problem) => log(`A database connection broke: ${problem.message}`));

  const checked = await checkServerVersion(pool);
  if (!checked.ok) {
    await pool.end();
    return checked;
  }
  return ok({ db: drizzle(pool), pool, url, close: () => pool.end() });
}

export const urlOf = ({ socketFolder, port, user, database }: SocketAddress): string =>
  `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(socketFolder)}`;

export async function checkServerVersion(pool: Pool): Promise<Result<void, OpenProblem>> {
  try {
    const { rows } = await pool.query<{ number: number; text: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as text`,
    );
    const { number = 0, text = 'unknown' } = rows[0] ?? {};
    return number >= OLDEST_MAJOR * 10_000
      ? ok(undefined)
      : err({ code: 'database.too-old', found: text, wanted: `${OLDEST_MAJOR} or newer` });
  } catch (problem) {
    return err({ code: 'database.unreachable', reason: reasonOf(problem) });
  }
}

export function describeOpenProblem(problem: OpenProblem): string {
  switch (problem.code) {
    case 'database.unreachable':
      return `The database in DATABASE_URL does not answer: ${problem.reason}`;
    case 'database.too-old':
      return (
        `The database server is PostgreSQL ${problem.found}; ${problem.wanted} is needed, because older ones lack ` +
        '`nulls not distinct`. Upgrade it, or leave DATABASE_URL empty to use the private server.'
      );
  }
}

/** A refused TCP connection to a name with two addresses is an AggregateError with an empty message. */
const reasonOf = (problem: unknown): string =>
  problem instanceof AggregateError
    ? problem.errors.map((one) => (one as Error).message).join('; ')
    : (problem as Error).message;

/** Makes the database of the private server on its first start. */
async function makeSure(where: SocketAddress): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf({ ...where, database: 'postgres' }) });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [where.database]);
    if (rowCount === 0) await client.query(`create database ${quoteName(where.database)}`);
  } finally {
    await client.end();
  }
}

export type Busy = { code: 'lock.busy'; key: string };

/**
 * Runs `work` while holding an advisory lock of this name, or says at once that somebody else has it.
 * The lock belongs to one connection taken from the pool, so it is gone with the process. When that connection breaks
 * under way, `signal` aborts: somebody else may hold the lock by then.
 */
export async function withLock<T>(
  pool: Pool,
  key: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Result<T, Busy>> {
  const connection = await pool.connect();
  const lost = new AbortController();
  const lose = (problem: Error): void => lost.abort(problem);
  connection.on('error', lose);
  let taken = false;
  try {
    const { rows } = await connection.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [key],
    );
    taken = rows[0]?.taken ?? false;
    return taken ? ok(await work(lost.signal)) : err({ code: 'lock.busy', key });
  } finally {
    const freed = taken && !lost.signal.aborted ? await unlock(connection, key) : !taken;
    connection.off('error', lose);
    connection.release(!freed); // a connection that may still hold the lock must not return to the pool
  }
}

async function unlock(connection: Connection, key: string): Promise<boolean> {
  try {
    await connection.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]);
    return true;
  } catch {
    return false;
  }
}
