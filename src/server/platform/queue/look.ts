import type { QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';
import { SCHEMA } from './schema.ts';

/** Which of these queues have a job whose turn has come. */
export async function readyQueues(
  pool: Pool,
  served: readonly { queue: QueueName; names: readonly string[] }[],
): Promise<QueueName[]> {
  const pairs = served.flatMap(({ queue, names }) => names.map((name) => [queue, name]));
  if (pairs.length === 0) return [];
  const { rows } = await pool.query<{ queue: QueueName }>(READY, [
    pairs.map(([queue]) => queue),
    pairs.map(([, name]) => name),
  ]);
  return rows.map(({ queue }) => queue);
}

const READY = `
  select distinct queue from unnest($1::text[], $2::text[]) as asked(queue, name)
  where exists (select from ${SCHEMA}.job j
    where j.name = asked.name and j.state < 'active' and not j.blocked and j.start_after <= now())`;
