import { addDays } from '#core/time-span.ts';
import { isEnded, type Removal, type Run, type RunOutcome } from '../../core/removal/removal.ts';
import { countsOf, failingService, removesForReal } from '../../core/removal/saga-run.ts';
import type { RemovalSaga } from './removal.saga.ts';
import type { Clock, Planning, RemovalStore, RunLog, RunStore } from './runs.ports.ts';

export type RunSagaDeps = {
  runs: Pick<RunStore, 'end'>;
  removals: Pick<RemovalStore, 'ofRun' | 'write'>;
  saga: RemovalSaga;
  planning: Pick<Planning, 'policy'>;
  clock: Clock;
  log: RunLog;
};

export type RunSaga = ReturnType<typeof createRunSaga>;

/** A run that a crash left behind deletes nothing new after this; the next run plans again. */
const PLAN_GOES_STALE_DAYS = 1;

/** Carries a written run to its end, from wherever it stands. It adds nothing: only removals that were written with it. */
export function createRunSaga({ runs, removals, saga, planning, clock, log }: RunSagaDeps) {
  /** One item after the other. What a crash left under way comes first, because it stands first. */
  async function finish(run: Run, signal: AbortSignal): Promise<Run> {
    const ended: Removal[] = [];
    for (const removal of await removals.ofRun(run.id)) {
      const failing = failingService(ended);
      const next =
        failing !== null && removal.state.is === 'planned'
          ? await giveUp(removal)
          : await advance(run, removal, signal);
      if (!isEnded(next.state)) return run; // parked
      ended.push(next);
    }
    return end(run, ended);
  }

  /** J-04 FIX: what goes wrong with one item is told and kept with it; the others go on. */
  async function advance(run: Run, removal: Removal, signal: AbortSignal): Promise<Removal> {
    try {
      return await saga.advance(removal, () => objectionsOf(run), signal);
    } catch (problem) {
      if (signal.aborted) return removal; // the machine is going down: parked
      log.warn('A removal broke', { removalId: removal.id, problem: String(problem) });
      const [current = removal] = (await removals.ofRun(run.id)).filter((one) => one.id === removal.id);
      if (isEnded(current.state)) return current;
      const step = current.state.is === 'under-way' ? current.state.step : 'unmonitor';
      return write(current, { is: 'failed', at: clock.now(), step, because: 'unexpected' });
    }
  }

  const giveUp = (removal: Removal) =>
    write(removal, { is: 'left-alone', at: clock.now(), because: 'run-cut-short', unmonitored: false });

  async function write(removal: Removal, state: Removal['state']): Promise<Removal> {
    await removals.write(removal.id, state, clock.now());
    return { ...removal, state };
  }

  async function objectionsOf(run: Run): Promise<readonly string[]> {
    if (clock.now() > addDays(run.startedAt, PLAN_GOES_STALE_DAYS)) return ['plan-too-old'];
    if (run.policyId === null) return [];
    const policy = await planning.policy(run.policyId);
    if (policy === null || !removesForReal(policy)) return ['policy-not-armed'];
    const lastTouched = Math.max(policy.changedAt.getTime(), policy.armedAt?.getTime() ?? 0);
    return lastTouched > run.startedAt.getTime() ? ['policy-changed'] : [];
  }

  async function end(run: Run, ended: readonly Removal[]): Promise<Run> {
    const because = failingService(ended.filter((one) => !isCutOff(one)));
    const cutShort = ended.some(isCutOff) && because !== null;
    const counts = countsOf(ended);
    const outcome: RunOutcome = cutShort
      ? { is: 'cut-short', because, ...counts }
      : { is: 'done', ...counts };
    const endedAt = clock.now();
    await runs.end(run.id, endedAt, outcome);
    log.info('A clean-up run ended', { runId: run.id, outcome: outcome.is, ...counts });
    return { ...run, endedAt, outcome };
  }

  return { finish };
}

const isCutOff = ({ state }: Removal): boolean =>
  state.is === 'left-alone' && state.because === 'run-cut-short';
