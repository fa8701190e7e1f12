import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { SourceId, SyncRunId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { SyncCounts } from '../schemas.ts';
import { syncRuns } from '../tables.ts';
import type { SyncRunStore } from './sync.ports.ts';

export function createSyncRunStore(db: Db): SyncRunStore {
  const underWay = (id: SyncRunId) => and(eq(syncRuns.id, id), isNull(syncRuns.endedAt));

  return {
    begin: (run) =>
      db.transaction(async (transaction) => {
        const others = and(
          eq(syncRuns.sourceId, run.sourceId),
          isNull(syncRuns.endedAt),
          ne(syncRuns.id, run.id),
        );
        await transaction
          .update(syncRuns)
          .set({ outcome: { is: 'interrupted' }, endedAt: run.startedAt })
          .where(others);
        await transaction.insert(syncRuns).values(run);
      }),

    async at(id, creator) {
      await db
        .update(syncRuns)
        .set({ outcome: { is: 'under-way', creator } })
        .where(underWay(id));
    },

    count: (id, more) => db.transaction((transaction) => addCounts(transaction, id, more)),

    async end(id, outcome, at) {
      await db.update(syncRuns).set({ outcome, endedAt: at }).where(underWay(id));
    },

    async find(id) {
      const [row] = await db.select().from(syncRuns).where(eq(syncRuns.id, id));
      return row ?? null;
    },

    async underWay() {
      const rows = await db
        .selectDistinct({ sourceId: syncRuns.sourceId })
        .from(syncRuns)
        .where(isNull(syncRuns.endedAt));
      return rows.map(({ sourceId }) => sourceId);
    },

    list: ({ sourceId, limit }) =>
      db
        .select()
        .from(syncRuns)
        .where(sourceId === null ? undefined : eq(syncRuns.sourceId, sourceId))
        .orderBy(desc(syncRuns.startedAt), desc(syncRuns.id))
        .limit(limit),
  };
}

/** In the transaction of what is counted, so that a process that is killed counts nothing twice. */
export async function addCounts(transaction: Db, id: SyncRunId, more: Partial<SyncCounts>): Promise<void> {
  const parts = Object.entries(more).filter(([, count]) => count > 0);
  if (parts.length === 0) return;
  const [row] = await transaction
    .select({ counts: syncRuns.counts })
    .from(syncRuns)
    .where(eq(syncRuns.id, id))
    .for('update');
  if (!row) return;
  const sums = parts.map(([name, count]) => [name, row.counts[name as keyof SyncCounts] + count] as const);
  const counts: SyncCounts = { ...row.counts, ...Object.fromEntries(sums) };
  await transaction.update(syncRuns).set({ counts }).where(eq(syncRuns.id, id));
}

/** What posts tell when they are read counts for the run that found them, which may be over already. */
export async function addToNewest(
  transaction: Db,
  sourceId: SourceId,
  more: Partial<SyncCounts>,
): Promise<void> {
  const [newest] = await transaction
    .select({ id: syncRuns.id })
    .from(syncRuns)
    .where(eq(syncRuns.sourceId, sourceId))
    .orderBy(desc(syncRuns.startedAt), desc(syncRuns.id))
    .limit(1);
  if (newest) await addCounts(transaction, newest.id, more);
}
