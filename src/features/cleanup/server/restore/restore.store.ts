import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { isRestoreEnded, type Restore, type RestoreState } from '../../core/restore/restore.ts';
import type { RestoreStore } from './restore.ports.ts';
import { cleanupRestores } from './restore.tables.ts';
import { reviveDates } from '../revive-dates.ts';

export function createRestoreStore(db: Db): RestoreStore {
  return {
    async begin({ id, removalId, state, startedAt, ...wish }) {
      const begun = await db
        .insert(cleanupRestores)
        .values({ id, removalId, state, startedAt, wish })
        .onConflictDoNothing()
        .returning({ id: cleanupRestores.id });
      return begun.length > 0;
    },

    async write(id, state, at) {
      const isEnd = isRestoreEnded(state);
      const written = await db
        .update(cleanupRestores)
        .set({ state, outcome: isEnd ? state.is : null, endedAt: isEnd ? at : null })
        .where(and(eq(cleanupRestores.id, id), isNull(cleanupRestores.endedAt)))
        .returning({ id: cleanupRestores.id });
      if (written.length === 0) throw new Error(`Restore ${id} is not there or has ended`);
    },

    async underWay() {
      const rows = await db
        .select()
        .from(cleanupRestores)
        .where(isNull(cleanupRestores.endedAt))
        .orderBy(asc(cleanupRestores.startedAt), asc(cleanupRestores.id));
      return rows.map(restoreOf);
    },

    async latest(removalIds) {
      if (removalIds.length === 0) return [];
      const rows = await db
        .selectDistinctOn([cleanupRestores.removalId])
        .from(cleanupRestores)
        .where(inArray(cleanupRestores.removalId, [...removalIds]))
        .orderBy(cleanupRestores.removalId, desc(cleanupRestores.startedAt), desc(cleanupRestores.id));
      return rows.map(restoreOf);
    },
  };
}

function restoreOf({ id, removalId, startedAt, wish, state }: typeof cleanupRestores.$inferSelect): Restore {
  const rest = wish as Omit<Restore, 'id' | 'removalId' | 'startedAt' | 'state'>;
  return { ...rest, id, removalId, startedAt, state: reviveDates(state) as RestoreState };
}
