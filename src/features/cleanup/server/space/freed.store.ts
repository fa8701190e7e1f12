import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { FreedBytes } from '../../core/space/freed.ts';
import { cleanupRemovals } from '../execution/runs.tables.ts';

export type FreedStore = {
  /** What each removal freed that ended since then, oldest first. */
  freedSince(since: Date): Promise<FreedBytes[]>;
};

export const createFreedStore = (db: Db): FreedStore => ({
  async freedSince(since) {
    const rows = await db
      .select({
        at: cleanupRemovals.endedAt,
        connectionId: cleanupRemovals.connectionId,
        path: sql<string | null>`${cleanupRemovals.plannedFiles}->0->>'path'`,
        bytes: sql<number>`coalesce((${cleanupRemovals.state}->>'freedBytes')::float8, 0)`,
      })
      .from(cleanupRemovals)
      .where(and(eq(cleanupRemovals.outcome, 'removed'), gte(cleanupRemovals.endedAt, since)))
      .orderBy(asc(cleanupRemovals.endedAt), asc(cleanupRemovals.id));
    return rows.flatMap(({ at, ...row }) => (at === null ? [] : [{ ...row, at }]));
  },
});
