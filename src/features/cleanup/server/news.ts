import type { ItemId, PolicyId } from '#core/ids.ts';
import type { LeavingTitle, NotificationEvent, PlanNews } from '#features/notifications/core/event.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { Run } from '../core/removal/removal.ts';
import type { Leaving, StoredPolicy, VerdictStore } from './planning/planning.ports.ts';
import type { RunLog } from './execution/runs.ports.ts';

export type NewsDeps = {
  tell: (event: NotificationEvent) => Promise<void>;
  policy: (id: PolicyId) => Promise<Pick<StoredPolicy, 'name' | 'armed'> | null>;
  leaving: () => Promise<readonly Leaving[]>;
  markedSince: VerdictStore['markedSince'];
  /** Of a connection; null for anything else. */
  nameOf: (id: string) => Promise<string | null>;
  log: RunLog;
};

/** C-19: what of clean-up is told to people. Whether they hear it changes nothing here, so no failure leaves this file. */
export function createNews({ tell, policy, leaving, markedSince, nameOf, log }: NewsDeps) {
  async function quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (problem) {
      log.warn('What happened could not be told', { problem: String(problem) });
    }
  }

  async function planNews(plan: Plan): Promise<PlanNews[]> {
    const found = await policy(plan.policyId);
    if (found === null) return [];
    const { remove, leavingSoon } = plan.totals;
    const trips = [...new Set(plan.breaker.map(({ code }) => code))];
    return [
      { policyId: plan.policyId, policyName: found.name, armed: found.armed, remove, leavingSoon, trips },
    ];
  }

  return {
    plansMade: (plans: readonly Plan[]): Promise<void> =>
      quietly(async () =>
        tell({ kind: 'plans-made', plans: (await Promise.all(plans.map(planNews))).flat() }),
      ),

    runsEnded: (runs: readonly Run[]): Promise<void> =>
      quietly(async () => {
        for (const run of runs) {
          const because = run.outcome.is === 'cut-short' ? run.outcome.because : null;
          const failing = because === null ? null : ((await nameOf(because)) ?? because);
          for (const event of runNews(run, failing)) await tell(event);
        }
      }),

    /** Only armed policies announce: what is announced must be what happens. */
    leavingSoon: (): Promise<void> =>
      quietly(async () => {
        const all = (await leaving()).filter(({ armed }) => armed);
        const marks = await marksOf(all);
        await tell({ kind: 'leaving-soon', titles: titlesOf(all, marks) });
      }),
  };

  /** When several policies want an item, it was announced by the first. */
  async function marksOf(all: readonly Leaving[]): Promise<ReadonlyMap<ItemId, Date>> {
    const first = new Map<ItemId, Date>();
    for (const id of new Set(all.map(({ policyId }) => policyId))) {
      for (const [itemId, at] of await markedSince(id)) {
        const known = first.get(itemId);
        if (known === undefined || at < known) first.set(itemId, at);
      }
    }
    return first;
  }
}

/** Soonest first, as they come; of two policies the earlier day counts. An item without a mark was not announced yet. */
function titlesOf(all: readonly Leaving[], marks: ReadonlyMap<ItemId, Date>): LeavingTitle[] {
  const titles = new Map<ItemId, LeavingTitle>();
  for (const { itemId, title, year, seasonNumber, episodes, sizeBytes, dueAt, requestedBy } of all) {
    const markedAt = marks.get(itemId);
    if (markedAt === undefined || titles.has(itemId)) continue;
    const what = { itemId, title, year, seasonNumber, ...(episodes.length > 0 ? { episodes } : {}) };
    titles.set(itemId, { ...what, markedAt, bytes: sizeBytes, dueAt, requestedBy });
  }
  return [...titles.values()];
}

/** A run that had nothing to do is no news. */
function runNews(
  { id: runId, policyId, policyName, mode, outcome }: Run,
  cutShort: string | null,
): NotificationEvent[] {
  switch (outcome.is) {
    case 'under-way':
      return [];
    case 'waiting': {
      const { items, bytes } = outcome;
      return policyId === null
        ? []
        : [{ kind: 'run-waiting', run: { runId, policyId, policyName, items, bytes } }];
    }
    case 'stopped':
      return [{ kind: 'run-stopped', run: { runId, policyName, because: outcome.because } }];
    case 'done':
    case 'cut-short': {
      const { items, bytes, failed, leftAlone } = outcome;
      if (items + failed + leftAlone === 0 && cutShort === null) return [];
      return [
        { kind: 'run-done', run: { runId, policyName, mode, items, bytes, failed, leftAlone, cutShort } },
      ];
    }
    default:
      return outcome satisfies never;
  }
}
