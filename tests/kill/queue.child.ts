/**
 * A worker with nothing but the queue: `node queue.child.js <address of the database>`. Some jobs hang on their first
 * try, before or after their effect: it says so on a line of its own, and then somebody kills it.
 */
import { z } from 'zod';
import { openDb } from '../../src/server/platform/db.ts';
import { defineJob } from '../../src/server/platform/jobs.ts';
import { openQueue } from '../../src/server/platform/queue.ts';

const opened = await openDb({ databaseUrl: process.argv[2] ?? '' }, { maxConnections: 4 });
if (!opened.ok) throw new Error(opened.error.code);
const database = opened.value;

/** Its effect has a key of its own, so it can be done twice and is there once. */
const pay = defineJob({
  name: 'kill.pay',
  queue: 'maintenance',
  payload: z.object({ n: z.number(), hangs: z.enum(['before', 'after', 'never']) }),
  retries: 1000,
  backoff: { firstSeconds: 1, maxSeconds: 1 },
  concurrency: 4,
  run: async ({ n, hangs }) => {
    const { rows } = await database.pool.query<{ is_first: boolean }>(ATTEMPT, [n]);
    const dies = (when: string) => rows[0]?.is_first === true && hangs === when;
    if (dies('before')) await hang(n);
    await database.pool.query('insert into effects (n) values ($1) on conflict do nothing', [n]);
    if (dies('after')) await hang(n);
  },
});

const ATTEMPT = `
  with before as (select count(*) from attempts where n = $1), now as (insert into attempts (n) values ($1))
  select count = 0 as is_first from before`;

function hang(n: number): Promise<never> {
  process.stdout.write(`hangs at ${n}\n`);
  return new Promise<never>(() => undefined);
}

const queue = await openQueue(database, { superviseSeconds: 1 });
await queue.serve([pay]);
