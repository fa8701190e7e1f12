import { addDays } from '#core/time-span.ts';
import { countsOf } from '../../core/removal/saga-run.ts';
import { asVerifying, isWorthALook, LOOKED_AFTER_DAYS, seenGone } from '../../core/removal/seen-gone.ts';
import type { Removal } from '../../core/removal/removal.ts';
import type { Deeds } from './removal.deeds.ts';
import type { Clock, RemovalStore, RunLog, RunStore } from './runs.ports.ts';

export type UnconfirmedDeps = {
  runs: Pick<RunStore, 'get' | 'end'>;
  removals: Pick<RemovalStore, 'failedSince' | 'settle' | 'ofRun'>;
  deeds: Pick<Deeds, 'perform'>;
  clock: Clock;
  log: RunLog;
};

/** Looks again, after a sync, at what could not be proven gone. It changes nothing but the history. */
export function createUnconfirmedService({ runs, removals, deeds, clock, log }: UnconfirmedDeps) {
  async function look(removal: Removal, signal: AbortSignal): Promise<boolean> {
    const now = clock.now();
    const at = { objections: () => Promise.resolve([]), signal, times: 1 };
    const seen = await deeds.perform(asVerifying(removal, now), { is: 'look', afterMs: 0 }, at);
    const state = seenGone(removal, seen, now);
    if (state === null) return false;
    await removals.settle(removal.id, state, now);
    log.info('A removal that was not confirmed is gone', { removalId: removal.id });
    return true;
  }

  /** The run said how many failed; it tells the same as its removals. */
  async function recount(runId: Removal['runId']): Promise<void> {
    const run = await runs.get(runId);
    if (!run?.endedAt || (run.outcome.is !== 'done' && run.outcome.is !== 'cut-short')) return;
    await runs.end(runId, run.endedAt, { ...run.outcome, ...countsOf(await removals.ofRun(runId)) });
  }

  return {
    async lookAgain(signal: AbortSignal): Promise<number> {
      const now = clock.now();
      const failed = await removals.failedSince(addDays(now, -LOOKED_AFTER_DAYS));
      const settled: Removal[] = [];
      for (const removal of failed) {
        if (signal.aborted || !isWorthALook(removal, now)) continue;
        if (await look(removal, signal)) settled.push(removal);
      }
      for (const runId of new Set(settled.map((removal) => removal.runId))) await recount(runId);
      return settled.length;
    },
  };
}
