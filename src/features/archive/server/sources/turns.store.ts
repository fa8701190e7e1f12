import { eq, sql } from 'drizzle-orm';
import type { SourceId } from '#core/ids.ts';
import { withoutWaiting, type Db } from '#server/platform/db.ts';
import { turns } from '../tables.ts';
import type { TurnStore } from './turns.ts';

/** The clock is the database's: processes on two machines may disagree about the time, and pauses must not. */
export function createTurnStore(db: Db): TurnStore {
  const later = (ms: number) => sql`now() + make_interval(secs => ${ms / 1000}::float8)`;
  const holds = (id: SourceId, holder: string) =>
    sql`${eq(turns.sourceId, id)} and ${eq(turns.holder, holder)}`;

  return {
    take: (id, holder, leaseMs) =>
      withoutWaiting(db, async (transaction) => {
        const taken = await transaction
          .insert(turns)
          .values({ sourceId: id, holder, heldUntil: later(leaseMs), freeAt: sql`now()` })
          .onConflictDoUpdate({
            target: turns.sourceId,
            set: { holder, heldUntil: later(leaseMs) },
            setWhere: sql`(${turns.holder} is null or ${turns.heldUntil} <= now()) and ${turns.freeAt} <= now()`,
          })
          .returning({ holder: turns.holder });
        if (taken.length > 0) return { is: 'taken' };
        const [row] = await transaction
          .select({
            isHeld: sql<boolean>`${turns.holder} is not null and ${turns.heldUntil} > now()`,
            freeInMs: sql<number>`(extract(epoch from ${turns.freeAt} - now()) * 1000)::float8`,
          })
          .from(turns)
          .where(eq(turns.sourceId, id));
        if (row?.isHeld) return { is: 'held' };
        return { is: 'paused', freeInMs: Math.max(0, row?.freeInMs ?? 0) };
      }),

    async keep(id, holder, leaseMs) {
      await db
        .update(turns)
        .set({ heldUntil: later(leaseMs) })
        .where(holds(id, holder));
    },

    async give(id, holder, pauseMs) {
      await withoutWaiting(db, (transaction) =>
        transaction
          .update(turns)
          .set({ holder: null, freeAt: later(pauseMs) })
          .where(holds(id, holder)),
      );
    },
  };
}
