import { z } from 'zod';
import { defineJob } from '#server/platform/jobs.ts';
import { openQueue } from '#server/platform/queue.ts';
import { openBenchDatabase } from './database.ts';
import { timed, type Measurement } from './measurement.ts';

const JOBS = 2000;

export async function measureQueue(): Promise<Measurement[]> {
  const database = await openBenchDatabase();
  const queue = await openQueue(database);

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
  await database.close();
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
