import { and, asc, desc, eq, gt, ilike, isNotNull, isNull, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { isEnded, type Removal, type RemovalState } from '../../core/removal/removal.ts';
import { cursorOf, markOf, readCursor } from './history.ts';
import { reviveDates } from '../revive-dates.ts';
import type { HistoryEntry, HistoryPage, RemovalStore, TrailMark } from './runs.ports.ts';
import { cleanupRemovals, cleanupRuns } from './runs.tables.ts';

export function createRemovalStore(db: Db): RemovalStore {
  return {
    async ofRun(runId) {
      const rows = await db
        .select()
        .from(cleanupRemovals)
        .where(eq(cleanupRemovals.runId, runId))
        .orderBy(asc(cleanupRemovals.position), asc(cleanupRemovals.id));
      return rows.map(removalOf);
    },

    async write(id, state, at) {
      const mark = JSON.stringify([markOf(state, at)]);
      const written = await db
        .update(cleanupRemovals)
        .set({
          state,
          trail: sql`${cleanupRemovals.trail} || ${mark}::jsonb`,
          outcome: isEnded(state) ? state.is : null,
          endedAt: isEnded(state) ? at : null,
        })
        .where(and(eq(cleanupRemovals.id, id), isNull(cleanupRemovals.endedAt)))
        .returning({ id: cleanupRemovals.id });
      if (written.length === 0) throw new Error(`Removal ${id} is not there or has ended`);
    },

    async find(id) {
      const [row] = await db.select().from(cleanupRemovals).where(eq(cleanupRemovals.id, id));
      return row === undefined ? null : removalOf(row);
    },

    async keepBefore(id, before) {
      const value = JSON.stringify(before);
      await db
        .update(cleanupRemovals)
        .set({ keepsake: sql`${cleanupRemovals.keepsake} || jsonb_build_object('before', ${value}::jsonb)` })
        .where(and(eq(cleanupRemovals.id, id), sql`${cleanupRemovals.state}->>'is' = 'planned'`));
    },

    async isUnderWay(itemId) {
      const rows = await db
        .select({ id: cleanupRemovals.id })
        .from(cleanupRemovals)
        .where(and(eq(cleanupRemovals.itemId, itemId), isNull(cleanupRemovals.endedAt)))
        .limit(1);
      return rows.length > 0;
    },

    async failedSince(since) {
      const rows = await db
        .select()
        .from(cleanupRemovals)
        .where(and(eq(cleanupRemovals.outcome, 'failed'), gt(cleanupRemovals.endedAt, since)))
        .orderBy(asc(cleanupRemovals.endedAt), asc(cleanupRemovals.id));
      return rows.map(removalOf);
    },

    async settle(id, state, at) {
      const mark = JSON.stringify([markOf(state, at)]);
      const written = await db
        .update(cleanupRemovals)
        .set({ state, outcome: state.is, trail: sql`${cleanupRemovals.trail} || ${mark}::jsonb` })
        .where(and(eq(cleanupRemovals.id, id), eq(cleanupRemovals.outcome, 'failed')))
        .returning({ id: cleanupRemovals.id });
      if (written.length === 0) throw new Error(`Removal ${id} did not fail`);
    },

    async history(page) {
      const rows = await db
        .select({ removal: cleanupRemovals, run: cleanupRuns })
        .from(cleanupRemovals)
        .innerJoin(cleanupRuns, eq(cleanupRemovals.runId, cleanupRuns.id))
        .where(and(...conditionsOf(page)))
        .orderBy(desc(cleanupRemovals.endedAt), desc(cleanupRemovals.id))
        .limit(page.limit);
      return rows.flatMap(({ removal, run }) => entryOf(removal, run));
    },
  };
}

type Row = typeof cleanupRemovals.$inferSelect;

function conditionsOf({ after, outcome, itemId, text }: HistoryPage): (SQL | undefined)[] {
  const from = after === null ? null : readCursor(after);
  return [
    isNotNull(cleanupRemovals.endedAt),
    from === null
      ? undefined
      : sql`(${cleanupRemovals.endedAt}, ${cleanupRemovals.id}) < (${from.at.toISOString()}::timestamptz, ${from.id})`,
    outcome === undefined ? undefined : eq(cleanupRemovals.outcome, outcome),
    itemId === undefined ? undefined : eq(cleanupRemovals.itemId, itemId),
    text ? ilike(cleanupRemovals.title, `%${text.replace(/[\\%_]/g, '\\$&')}%`) : undefined,
  ];
}

function entryOf(
  row: Row,
  { id, policyId, policyName, startedBy, byName }: typeof cleanupRuns.$inferSelect,
): HistoryEntry[] {
  if (row.endedAt === null) return [];
  return [
    {
      cursor: cursorOf(row.endedAt, row.id),
      removal: removalOf(row),
      run: { id, policyId, policyName, startedBy, byName },
      trail: reviveDates(row.trail) as TrailMark[],
    },
  ];
}

function removalOf({ trail: _trail, outcome: _outcome, endedAt: _endedAt, ...row }: Row): Removal {
  return {
    ...row,
    keepsake: reviveDates(row.keepsake) as Removal['keepsake'],
    state: reviveDates(row.state) as RemovalState,
  };
}
