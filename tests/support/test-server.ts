import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeStartProblem,
  openEmbeddedPostgres,
  type SocketAddress,
} from '../../src/server/platform/embedded-postgres.ts';
import { identify } from '../../src/server/platform/embedded-postgres/process-identity.ts';
import { stopOrphan } from '../../src/server/platform/embedded-postgres/orphan.ts';
import { openDb } from '../../src/server/platform/db.ts';
import { describeMigrateProblem, migrate } from '../../src/server/platform/migrate.ts';
import { generate, tableFiles } from '../../tools/migrations.ts';

export type TestServer = { newDatabase: () => Promise<SocketAddress>; stop: () => Promise<void> };

const PREFIX = 'keepercheky-test-';
const TEMPLATE = 'keepercheky';
const MIGRATIONS = join(import.meta.dirname, '../../migrations');

export async function openTestServer(folder: string): Promise<TestServer> {
  const started = await openEmbeddedPostgres({ dataDir: folder, forgetful: true });
  if (!started.ok) throw new Error(describeStartProblem(started.error));
  const { address, stop } = started.value;
  try {
    await makeTemplate(address, folder);
  } catch (problem) {
    await stop(); // a server nobody stops keeps the test run from ending
    throw problem;
  }

  const opened = await openDb({ ...address, database: 'postgres' }, { maxConnections: 1 });
  if (!opened.ok) throw new Error(opened.error.code);
  let made = 0;
  return {
    newDatabase: async () => {
      const database = `test_${++made}`;
      await opened.value.pool.query(`create database ${database} template ${TEMPLATE}`);
      return { ...address, database };
    },
    stop: async () => {
      await opened.value.close();
      await stop();
    },
  };
}

async function makeTemplate(address: SocketAddress, folder: string): Promise<void> {
  const opened = await openDb(address, { maxConnections: 1 });
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    const migrated = await migrate(opened.value.pool, { folder: currentMigrations(folder) });
    if (!migrated.ok) throw new Error(describeMigrateProblem(migrated.error));
  } finally {
    await opened.value.close(); // a template with a connection cannot be copied
  }
}

/** Somebody at work on tables.ts gets them without a `generate` in between; `check` still demands one before a push. */
function currentMigrations(folder: string): string {
  const written = statSync(join(MIGRATIONS, 'meta/_journal.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (tableFiles().every((file) => statSync(file).mtimeMs <= written)) return MIGRATIONS;
  const fresh = join(folder, 'migrations');
  try {
    generate(fresh);
    return fresh;
  } catch (problem) {
    if (written === 0) throw problem;
    process.stderr.write(
      `The tables cannot be read just now, so the tests use migrations/ as it is. ${String(problem)}\n`,
    );
    return MIGRATIONS;
  }
}

/** A new folder for this run. A run that was killed leaves its folder and its server: the next run clears both away. */
export function removeAbandoned(): string {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const owner = Number(/^\d+/.exec(name.slice(PREFIX.length))?.[0]);
    if (identify(owner) !== null || !isOurs(folder)) continue;
    void clearAway(folder);
  }
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711); // as root, the server runs as another user who must pass through
  return folder;
}

async function clearAway(folder: string): Promise<void> {
  try {
    await stopOrphan(join(folder, 'postgres/cluster'));
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // another run clears the same folder away
  }
}

function isOurs(folder: string): boolean {
  try {
    return (
      statSync(folder).uid === process.getuid?.() &&
      readFileSync(join(folder, 'postgres/cluster/PG_VERSION')).length > 0
    );
  } catch {
    return false;
  }
}
