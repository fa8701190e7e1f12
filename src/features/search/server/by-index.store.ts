import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';

/**
 * Reading a vector costs ten times what planners think, and what a query asks for may be a value that they do not know: so
 * they may not read all passages, nor begin a second process or a compiler for a few milliseconds.
 */
const PLANNING = sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true)`;

/** For queries on the words of passages. */
export const byIndex = <T>(db: Db, ask: (transaction: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (transaction) => {
    await transaction.execute(PLANNING);
    return ask(transaction);
  });
