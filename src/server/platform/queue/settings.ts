import { isQueueName, queueNames, usualConcurrency, type QueueName } from '#core/queues.ts';
import type { Pool } from '../db.ts';

export type QueueSetting = { pausedSince: Date | null; concurrency: number };
export type QueueSettings = Readonly<Record<QueueName, QueueSetting>>;

/** Every process reads them about once a second, so a change works everywhere without a restart. */
export async function readSettings(pool: Pool): Promise<QueueSettings> {
  const { rows } = await pool.query<{ name: string; pausedSince: Date | null; concurrency: number | null }>(
    'select name, paused_since as "pausedSince", concurrency from platform_queues',
  );
  const settings: Record<QueueName, QueueSetting> = { ...usualSettings };
  for (const { name, pausedSince, concurrency } of rows)
    if (isQueueName(name))
      settings[name] = { pausedSince, concurrency: concurrency ?? usualConcurrency[name] };
  return settings;
}

export const usualSettings: QueueSettings = Object.fromEntries(
  queueNames.map((name) => [name, { pausedSince: null, concurrency: usualConcurrency[name] }]),
) as Record<QueueName, QueueSetting>;

/** A queue that is paused already stays paused since when it was. */
export const savePause = (pool: Pool, name: QueueName) =>
  pool.query(
    `insert into platform_queues as q (name, paused_since) values ($1, now())
    on conflict (name) do update set paused_since = coalesce(q.paused_since, now())`,
    [name],
  );

export const saveResume = (pool: Pool, name: QueueName) =>
  pool.query('update platform_queues set paused_since = null where name = $1', [name]);

export const saveConcurrency = (pool: Pool, name: QueueName, concurrency: number) =>
  pool.query(
    `insert into platform_queues (name, concurrency) values ($1, $2)
    on conflict (name) do update set concurrency = $2`,
    [name, concurrency],
  );
