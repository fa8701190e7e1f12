import { createInterface } from 'node:readline';
import type { SourceId } from '#core/ids.ts';
import { openDb } from '../../src/server/platform/db.ts';
import { anArchive, wantedInTable } from '../../src/features/archive/server/sync/archive.fake.ts';
import { aMovingWorld } from '../../src/features/archive/server/sync/world.fake.ts';

export type Command = { databaseUrl: string; sourceId: SourceId; dieAt: number };

/** A life that ends by SIGKILL right before its nth statement, which may be in the middle of a transaction. */
async function obey({ databaseUrl, sourceId, dieAt }: Command): Promise<number> {
  const opened = await openDb({ databaseUrl }, { maxConnections: 1 });
  if (!opened.ok) throw new Error(opened.error.code);
  const { pool, close } = opened.value;
  let statements = 0;
  // The only connection that there is: whatever asks, asks through it.
  const client = await pool.connect();
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    statements += 1;
    if (statements === dieAt) process.kill(process.pid, 'SIGKILL');
    return query(...args);
  }) as typeof client.query;
  client.release();
  await anArchive(opened.value, aMovingWorld(), { fetchMedia: wantedInTable }).sync(sourceId);
  await close();
  return statements;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${await obey(JSON.parse(line) as Command)}\n`);
}
