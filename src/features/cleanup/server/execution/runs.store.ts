import { and, asc, desc, eq, isNull, lt, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Removal, Run, RunOutcome } from '../../core/removal/removal.ts';
import { reviveDates } from '../revive-dates.ts';
import type { RunStore } from './runs.ports.ts';
import { cleanupRemovals, cleanupRuns } from './runs.tables.ts';

export function createRunStore(db: Db): RunStore {
  return {
    async begin(run, removals) {
      await db.transaction(async (tx) => {
        await tx.insert(cleanupRuns).values(run);
        if (removals.length > 0) await tx.insert(cleanupRemovals).values(removals.map(rowOf));
      });
    },

    async end(id, endedAt, outcome) {
      await db.update(cleanupRuns).set({ endedAt, outcome }).where(eq(cleanupRuns.id, id));
    },

    async get(id) {
      const [row] = await db.select().from(cleanupRuns).where(eq(cleanupRuns.id, id));
      return row === undefined ? null : runOf(row);
    },

    async list({ limit, before, policyId }) {
      const wanted: (SQL | undefined)[] = [
        before === null ? undefined : lt(cleanupRuns.startedAt, before),
        policyId === undefined ? undefined : eq(cleanupRuns.policyId, policyId),
      ];
      const rows = await db
        .select()
        .from(cleanupRuns)
        .where(and(...wanted))
        .orderBy(desc(cleanupRuns.startedAt), desc(cleanupRuns.id))
        .limit(limit);
      return rows.map(runOf);
    },

    async underWay() {
      const rows = await db
        .select()
        .from(cleanupRuns)
        .where(isNull(cleanupRuns.endedAt))
        .orderBy(asc(cleanupRuns.startedAt), asc(cleanupRuns.id));
      return rows.map(runOf);
    },
  };
}

const runOf = (row: typeof cleanupRuns.$inferSelect): Run => ({
  ...row,
  outcome: reviveDates(row.outcome) as RunOutcome,
});

const rowOf = (removal: Removal): typeof cleanupRemovals.$inferInsert => ({ ...removal, trail: [] });
