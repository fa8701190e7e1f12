import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '#server/platform/db.ts';
import { openEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { migrate } from '#server/platform/migrate.ts';

/** An empty database of the program's, with a server of its own; nothing of it is left after `close`. */
export async function openBenchDatabase() {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const server = await openEmbeddedPostgres({ dataDir: data });
  if (!server.ok) throw new Error(server.error.code);
  const database = await openDb(server.value.address);
  if (!database.ok) throw new Error(database.error.code);
  const migrated = await migrate(database.value.pool, {
    folder: join(import.meta.dirname, '..', '..', 'migrations'),
  });
  if (!migrated.ok) throw new Error(migrated.error.code);
  return {
    ...database.value,
    close: async () => {
      await database.value.close();
      await server.value.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
