import { inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import type { Mark, MarkStore } from './keep.ports.ts';
import { cleanupPlans, cleanupVerdicts } from '../planning/planning.tables.ts';
import { refreshStandings } from '../planning/standings.store.ts';

/** The warnings under way, which end when somebody keeps an item and go on when that is taken back at once. */
export function createMarkStore(db: Db): MarkStore {
  const list = (): Promise<Mark[]> =>
    db
      .select()
      .from(cleanupVerdicts)
      .where(inArray(cleanupVerdicts.standing, ['leaving-soon', 'due']));

  return {
    list,

    async lost(marks) {
      const left = new Set((await list()).map(nameOf));
      return marks.filter((mark) => !left.has(nameOf(mark)));
    },

    async resume(marks, since) {
      for (const { policyId, itemId, standing, dueAt, markedSince } of marks) {
        await db.execute(sql`
          update ${cleanupVerdicts} set standing = ${standing},
            due_at = ${dueAt?.toISOString() ?? null}::timestamptz,
            marked_since = ${markedSince?.toISOString() ?? null}::timestamptz
          where policy_id = ${policyId} and item_id = ${itemId} and standing = 'protected' and marked_since is null
          and not exists (
            select from ${cleanupPlans} p where p.policy_id = ${policyId} and p.made_at >= ${since.toISOString()}::timestamptz
          )`);
      }
      if (marks.length > 0) await refreshStandings(db);
    },
  };
}

const nameOf = ({ policyId, itemId }: Mark): string => `${policyId} ${itemId}`;
