import type { PolicyId, RunId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { onlyApproved } from '../../core/plan/approval.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Removal, Run, RunOutcome } from '../../core/removal/removal.ts';
import { draftRemovals, whatExceedsCaps } from '../../core/removal/saga-draft.ts';
import { removesForReal } from '../../core/removal/saga-run.ts';
import type { RunSaga } from './run.saga.ts';
import type { Clock, LibraryLock, Pause, Planning, RemovalLibrary, RunLog, RunStore } from './runs.ports.ts';

export type ExecutionDeps = {
  runs: RunStore;
  planning: Planning;
  library: Pick<RemovalLibrary, 'targets'>;
  saga: RunSaga;
  lock: LibraryLock;
  time: Clock & { pause: Pause };
  newId: () => string;
  log: RunLog;
};

export type ExecutionService = ReturnType<typeof createExecutionService>;

export type Starter = { startedBy: Run['startedBy']; byName: string | null };
type Begun = Starter & Pick<Run, 'startedAt'>;

export type RunProblem = { code: 'cleanup.policy-not-found' } | { code: 'cleanup.library-busy' };

/** A sync of a large library takes a minute or two; a run waits for it for a quarter of an hour. */
const LOCK_TRIES = 90;
const LOCK_DELAY_MS = 10_000;

export function createExecutionService(deps: ExecutionDeps) {
  const { runs, planning, library, saga, lock, time, newId, log } = deps;

  /**
   * A fresh plan, and then as the policy is armed or not: for real, or dry. A dry run writes to no service at all, so that
   * people may trust the word; Leaving Soon collections too are kept for armed policies only.
   * A breaker that trips, or a plan that fails, gives a run that was stopped. When `signal` aborts, the run is parked.
   */
  async function run(policyId: PolicyId, by: Starter, signal: AbortSignal): Promise<Result<Run, RunProblem>> {
    const held = await underLock(signal, async (until): Promise<Result<Run, RunProblem>> => {
      await finishAll(until);
      if (until.aborted) return err({ code: 'cleanup.library-busy' });
      const startedAt = time.now(); // whatever is changed from here on, the run is not the one that was asked for
      const policy = await planning.policy(policyId);
      if (policy === null) return err({ code: 'cleanup.policy-not-found' });
      return ok(await runPlan(policy, { ...by, startedAt }, until));
    });
    return held.ok ? held.value : held;
  }

  async function runPlan(policy: Policy, by: Begun, signal: AbortSignal): Promise<Run> {
    const planned = await planning.makePlan(policy.id);
    const fresh = newRun(policy, planned.ok ? planned.value : null, by);
    if (!planned.ok) return endAtOnce(fresh, { is: 'stopped', because: [planned.error.code] });
    const plan = planned.value;
    const against = [...plan.breaker.map((trip) => trip.code), ...whatExceedsCaps(plan, policy.caps)];
    if (against.length > 0) return endAtOnce(fresh, { is: 'stopped', because: [...new Set(against)] });
    if (!removesForReal(policy)) return endAtOnce(fresh, whatItWouldDo(plan));
    const allowed = policy.needsApproval ? onlyApproved(plan, await planning.approvalOf(policy.id)) : plan;
    if (allowed.totals.remove.items === 0 && plan.totals.remove.items > 0)
      return endAtOnce(fresh, { is: 'waiting', ...plan.totals.remove });

    const removals = await removalsOf(fresh, allowed, policy);
    await runs.begin(fresh, removals);
    return saga.finish(fresh, signal);
  }

  async function removalsOf(run: Run, plan: Plan, policy: Policy): Promise<Removal[]> {
    const doomed = plan.entries.flatMap((e) => (e.fate.is === 'remove' ? [e.itemId] : []));
    const [targets, claims] = await Promise.all([library.targets(doomed), planning.claims()]);
    const removals = draftRemovals({ run, plan, policy, claims, targets, newId });
    const missing = plan.totals.remove.items - removals.length;
    if (missing > 0) log.warn('Planned items are not in the library any more', { runId: run.id, missing });
    return removals;
  }

  async function endAtOnce(run: Run, outcome: RunOutcome): Promise<Run> {
    const ended: Run = { ...run, endedAt: time.now(), outcome };
    await runs.begin(ended, []);
    log.info('A clean-up run ended', { runId: run.id, mode: run.mode, outcome: outcome.is });
    return ended;
  }

  /** Goes on with every run that was begun and has not ended: after a crash, after a graceful stop, or asked for by hand. */
  const resume = (signal: AbortSignal): Promise<Result<Run[], { code: 'cleanup.library-busy' }>> =>
    underLock(signal, finishAll);

  async function finishAll(signal: AbortSignal): Promise<Run[]> {
    const finished: Run[] = [];
    for (const run of await runs.underWay()) {
      if (!signal.aborted) finished.push(await saga.finish(run, signal));
    }
    return finished;
  }

  async function underLock<T>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T, { code: 'cleanup.library-busy' }>> {
    for (let tries = 0; tries < LOCK_TRIES && !signal.aborted; tries += 1) {
      const held = await lock((lost) => work(AbortSignal.any([signal, lost])));
      if (held.ok) return ok(held.value);
      await time.pause(LOCK_DELAY_MS, signal);
    }
    return err({ code: 'cleanup.library-busy' });
  }

  const newRun = (policy: Policy, plan: Plan | null, by: Begun): Run => ({
    id: newId() as RunId,
    policyId: policy.id,
    policyName: policy.name,
    planId: plan?.id ?? null,
    mode: removesForReal(policy) ? 'real' : 'dry',
    endedAt: null,
    outcome: { is: 'under-way' },
    ...by,
  });

  return { run, resume };
}

const whatItWouldDo = ({ totals }: Plan): RunOutcome => ({
  is: 'done',
  ...totals.remove,
  failed: 0,
  leftAlone: 0,
});
