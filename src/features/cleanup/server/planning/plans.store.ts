import { and, asc, count, desc, eq, gt, max, sql } from 'drizzle-orm';
import type { PlanId, PolicyId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import type { BreakerTrip, DiskForecast, Fate, Plan, PlanEntry } from '../../core/plan/plan.ts';
import type { Step } from '../../core/judging/verdict.ts';
import type { Baseline, PlanStore, PlanSummary } from './planning.ports.ts';
import { cleanupPlanEntries, cleanupPlans } from './planning.tables.ts';
import { reviveDates } from '../revive-dates.ts';
import { refreshStandings } from './standings.store.ts';
import { replaceVerdicts } from './verdicts.store.ts';

/** Older plans of a policy are forgotten; the history of what was removed stays. */
const PLANS_KEPT = 20;
/** PostgreSQL takes 65 535 parameters at once, and an entry has 19. */
const ROWS_AT_ONCE = 2_000;

type EntryRow = typeof cleanupPlanEntries.$inferSelect;

export function createPlanStore(db: Db): PlanStore {
  return {
    save: (plan, policyName) =>
      db.transaction(async (tx) => {
        const { entries, ...summary } = plan;
        await tx.insert(cleanupPlans).values({ ...summary, policyName });
        const rows = entries
          .filter(({ fate }) => fate.is !== 'kept')
          .map((entry, row) => rowOf(plan, entry, row));
        for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
          await tx.insert(cleanupPlanEntries).values(rows.slice(at, at + ROWS_AT_ONCE));
        }
        await replaceVerdicts(tx, plan);
        await refreshStandings(tx);
        await forgetOldPlans(tx, plan.policyId);
      }),

    async find(id) {
      const [row] = await db.select().from(cleanupPlans).where(eq(cleanupPlans.id, id));
      return row ? summaryOf(row) : null;
    },

    async latest(policyId) {
      const [row] = await db
        .select()
        .from(cleanupPlans)
        .where(eq(cleanupPlans.policyId, policyId))
        .orderBy(desc(cleanupPlans.madeAt), desc(cleanupPlans.id))
        .limit(1);
      return row ? summaryOf(row) : null;
    },

    async lastMadeAt() {
      const [row] = await db.select({ at: max(cleanupPlans.madeAt) }).from(cleanupPlans);
      return row?.at ?? null;
    },

    async entries(id, { fate, offset, limit }) {
      const wanted = and(
        eq(cleanupPlanEntries.planId, id),
        fate === undefined ? undefined : eq(cleanupPlanEntries.fate, fate),
      );
      const [rows, [counted]] = await Promise.all([
        db
          .select()
          .from(cleanupPlanEntries)
          .where(wanted)
          .orderBy(asc(cleanupPlanEntries.row))
          .offset(offset)
          .limit(limit),
        db.select({ total: count() }).from(cleanupPlanEntries).where(wanted),
      ]);
      const policyId = rows.length === 0 ? null : await policyOf(db, id);
      return {
        entries: policyId ? rows.map((row) => entryOf(row, policyId)) : [],
        total: counted?.total ?? 0,
      };
    },

    baselines: (policyId, wish) => readBaselines(db, policyId, wish),
  };
}

async function readBaselines(
  db: Db,
  policyId: PolicyId,
  { since, limit, jumpsToo }: Parameters<PlanStore['baselines']>[1],
): Promise<Baseline[]> {
  const jump = { code: 'breaker.candidates-jumped' };
  const accepted = jumpsToo
    ? sql`not exists (select from jsonb_array_elements(${cleanupPlans.breaker}) trip where not trip @> ${JSON.stringify(jump)}::jsonb)`
    : sql`${cleanupPlans.breaker} = '[]'::jsonb`;
  const rows = await db
    .select()
    .from(cleanupPlans)
    .where(and(eq(cleanupPlans.policyId, policyId), gt(cleanupPlans.madeAt, since), accepted))
    .orderBy(desc(cleanupPlans.madeAt))
    .limit(limit);
  return rows.map(({ totals, disks }) => ({ totals, disks: disks as DiskForecast[] }));
}

async function policyOf(db: Db, id: PlanId): Promise<PolicyId | null> {
  const [row] = await db
    .select({ policyId: cleanupPlans.policyId })
    .from(cleanupPlans)
    .where(eq(cleanupPlans.id, id));
  return row?.policyId ?? null;
}

async function forgetOldPlans(db: Db, policyId: PolicyId): Promise<void> {
  await db.execute(sql`
    delete from ${cleanupPlans} where policy_id = ${policyId} and id not in (
      select id from ${cleanupPlans} where policy_id = ${policyId} order by made_at desc, id desc limit ${PLANS_KEPT}
    )`);
}

const summaryOf = (row: typeof cleanupPlans.$inferSelect): PlanSummary => ({
  ...row,
  disks: row.disks as DiskForecast[],
  breaker: reviveDates(row.breaker) as BreakerTrip[],
});

function rowOf({ id: planId }: Plan, { verdict, fate, ...entry }: PlanEntry, row: number): EntryRow {
  const { standing, dueAt, markedSince, steps } = verdict;
  return {
    planId,
    row,
    ...entry,
    fate: fate.is,
    position: 'position' in fate ? fate.position : null,
    heldBackBy: 'by' in fate ? fate.by : null,
    standing,
    dueAt,
    markedSince,
    steps,
  };
}

function entryOf(row: EntryRow, policyId: PolicyId): PlanEntry {
  const { itemId, kind, title, year, seasonNumber, episodes, diskId, sizeBytes, score } = row;
  const { standing, dueAt, markedSince } = row;
  const steps = reviveDates(row.steps) as Step[];
  const verdict = { itemId, policyId, standing, dueAt, markedSince, steps };
  const what = { itemId, kind, title, year, seasonNumber, episodes, diskId, sizeBytes, score };
  return { ...what, fate: fateOf(row), verdict };
}

function fateOf({ fate: is, position, heldBackBy }: EntryRow): Fate {
  if (is === 'remove') return { is, position: position ?? 0 };
  return is === 'held-back' ? { is, position: position ?? 0, by: heldBackBy ?? 'target' } : { is };
}
