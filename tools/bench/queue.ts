import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openDb } from '#server/platform/db.ts';
import { openEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { defineJob } from '#server/platform/jobs.ts';
import { migrate } from '#server/platform/migrate.ts';
import { openQueue } from '#server/platform/queue.ts';
import { timed, type Measurement } from './measurement.ts';

const JOBS = 2000;

export async function measureQueue(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'keepercheky-bench-'));
  const server = await openEmbeddedPostgres({ dataDir: data });
  if (!server.ok) throw new Error(server.error.code);
  const database = await openDb(server.value.address);
  if (!database.ok) throw new Error(database.error.code);
  const migrated = await migrate(database.value.pool, {
    folder: join(import.meta.dirname, '..', '..', 'migrations'),
  });
  if (!migrated.ok) throw new Error(migrated.error.code);
  const queue = await openQueue(database.value);

  let done = 0;
  const { promise: allDone, resolve } = Promise.withResolvers<undefined>();
  const job = defineJob({
    name: 'bench.nothing',
    queue: 'maintenance',
    payload: z.object({ n: z.number() }),
    concurrency: 10,
    run: () => {
      done += 1;
      if (done === JOBS) resolve(undefined);
      return Promise.resolve();
    },
  });
  await queue.desk.setConcurrency('maintenance', 10);
  for (let n = 0; n < JOBS; n += 1) await queue.add(job, { n });
  const { ms } = await timed(async () => {
    await queue.serve([job]);
    await allDone;
  });

  await queue.stop();
  await database.value.close();
  await server.value.stop();
  rmSync(data, { recursive: true, force: true });
  return [
    {
      name: 'no-op jobs through the queue',
      value: JOBS / (ms / 1000),
      unit: '/s',
      budget: 300,
      atLeast: true,
    },
  ];
}
