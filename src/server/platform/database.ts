import { join } from 'node:path';
import type { Config } from './config.ts';
import { describeOpenProblem, openDb, type Database } from './db.ts';
import { dumpInto } from './dump.ts';
import { describeStartProblem, openEmbeddedPostgres } from './embedded-postgres.ts';
import { describeMigrateProblem, migrate } from './migrate.ts';
import type { Log } from './log.ts';

export type OpenDatabase = Database & {
  /** The private server's process, for the health page; null when the server is somebody else's. */
  serverPid: number | null;
  /** Resolves with a reason when the private server ends by itself; never when it is somebody else's. */
  lost: Promise<string>;
};

/** What went wrong is already in words for the person at the terminal: nobody can go on without a database. */
export class DatabaseUnavailable extends Error {}

/**
 * The database that the configuration asks for, migrated and ready: the private server in the data folder, or the
 * one that DATABASE_URL names. `close` also stops the private server.
 */
export async function openDatabase(config: Config, migrations: string, log: Log): Promise<OpenDatabase> {
  const say = (line: string) => log.info({ part: 'database' }, line);
  const server = config.DATABASE_URL
    ? null
    : await openEmbeddedPostgres({ dataDir: config.DATA_DIR, log: say });
  if (server && !server.ok) throw new DatabaseUnavailable(describeStartProblem(server.error));

  const where = server ? server.value.address : { databaseUrl: config.DATABASE_URL ?? '' };
  const stopServer = async () => server?.value.stop();
  const opened = await openDb(where, { log: say });
  if (!opened.ok) {
    await stopServer();
    throw new DatabaseUnavailable(describeOpenProblem(opened.error));
  }

  const database = opened.value;
  const close = async () => {
    await database.close();
    await stopServer();
  };
  const migrated = await migrate(database.pool, {
    folder: migrations,
    dump: dumpInto(join(config.DATA_DIR, 'backups')),
  });
  if (!migrated.ok) {
    await close();
    throw new DatabaseUnavailable(describeMigrateProblem(migrated.error));
  }
  if (migrated.value.applied.length > 0)
    log.info({ part: 'database', applied: migrated.value.applied }, 'migrated');

  return { ...database, close, serverPid: server?.value.pid ?? null, lost: whenLost(server?.value.ended) };
}

const whenLost = (ended: Promise<string | null> | undefined): Promise<string> =>
  new Promise((resolve) => void ended?.then((reason) => (reason === null ? undefined : resolve(reason))));
