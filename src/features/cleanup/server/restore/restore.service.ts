import type { UserId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import {
  draftRestore,
  isRestoreEnded,
  whyNotRestorable,
  type NotRestorable,
  type Restore,
  type RestoreChoice,
  type RestoreRefusal,
} from '../../core/restore/restore.ts';
import { whyRefused } from '../../core/restore/restore-judge.ts';
import type { RestoreNow } from '../../core/restore/restore-now.ts';
import type { Removal } from '../../core/removal/removal.ts';
import type { Before } from '../../core/removal/title-settings.ts';
import type { Restorers, StepProblem } from '../ports.ts';
import type { RestoreStore } from './restore.ports.ts';
import { readNow, type RestoreSaga } from './restore.saga.ts';
import type { Clock, LibraryLock, Pause, RemovalStore, RunLog } from '../execution/runs.ports.ts';

export type RestoreServiceDeps = {
  restores: RestoreStore;
  removals: Pick<RemovalStore, 'find' | 'isUnderWay'>;
  restorers: Restorers;
  saga: RestoreSaga;
  lock: LibraryLock;
  time: Clock & { pause: Pause };
  newId: () => string;
  log: RunLog;
};

export type RestoreService = ReturnType<typeof createRestoreService>;

export type RestoreProblem =
  | { code: NotRestorable }
  | { code: 'cleanup.removal-not-found' }
  | { code: 'cleanup.restored-already' }
  | { code: 'cleanup.restore-under-way' };

export type RestorePreview = {
  removal: Removal;
  before: Before;
  /** The title has to be added again; else only its monitoring is given back. Null when the service does not answer. */
  now: Result<RestoreNow, StepProblem>;
  /** What would be in the way without another choice; a folder or profile that is gone, the person can choose anew. */
  problem: RestoreRefusal | null;
  /** There is an import exclusion that we wrote, which would be taken away. */
  liftsExclusion: boolean;
};

/** A run may hold the library for long; a restore waits for a quarter of an hour, and then for the next turn of its job. */
const LOCK_TRIES = 90;
const LOCK_DELAY_MS = 10_000;

/** C-14: one item back to its service, from the history. */
export function createRestoreService(deps: RestoreServiceDeps) {
  const { restores, removals, restorers, time, newId } = deps;

  async function restorable(
    id: string,
  ): Promise<Result<{ removal: Removal; before: Before }, RestoreProblem>> {
    const removal = await removals.find(id);
    if (removal === null) return err({ code: 'cleanup.removal-not-found' });
    const because = whyNotRestorable(removal);
    if (because !== null) return err({ code: because });
    const { before } = removal.keepsake;
    if (before === null) return err({ code: 'cleanup.nothing-remembered' });
    if (await removals.isUnderWay(removal.itemId)) return err({ code: 'cleanup.removal-under-way' });
    const taken = takenBy(await restores.latest([id]));
    return taken === null ? ok({ removal, before }) : err({ code: taken });
  }

  /** What would be done, asked of the service at this moment. Changes nothing. */
  async function preview(id: string): Promise<Result<RestorePreview, RestoreProblem>> {
    const found = await restorable(id);
    if (!found.ok) return found;
    const { removal, before } = found.value;
    const now = await readNow(restorers, removal);
    const plain = draftRestore(removal, before, { ...asBefore, startedAt: time.now() });
    const problem = now.ok ? whyRefused(plain, now.value) : null;
    const liftsExclusion = plain.ownExclusion && now.ok && now.value.isExcluded;
    return ok({ removal, before, now, problem, liftsExclusion });
  }

  /** Writes it down; the job `cleanup.restore` carries it out. */
  async function begin(
    id: string,
    { choice, by }: { choice: RestoreChoice; by: { id: UserId; name: string } },
  ): Promise<Result<Restore, RestoreProblem>> {
    const found = await restorable(id);
    if (!found.ok) return found;
    const restore = draftRestore(found.value.removal, found.value.before, {
      id: newId(),
      choice,
      byUserId: by.id,
      byName: by.name,
      startedAt: time.now(),
    });
    return (await restores.begin(restore)) ? ok(restore) : err({ code: 'cleanup.restore-under-way' });
  }

  return {
    preview,
    begin,
    resume: createResume(deps),
    latest: (ids: readonly string[]) => restores.latest(ids),
  };
}

/** Nothing chosen otherwise: for the preview, which writes nothing. */
const asBefore = {
  id: '',
  choice: { rootFolder: null, qualityProfile: null, search: false, keepDays: 0 },
  byUserId: '' as UserId,
  byName: '',
};

function takenBy([latest]: readonly Restore[]):
  'cleanup.restored-already' | 'cleanup.restore-under-way' | null {
  if (latest === undefined) return null;
  if (latest.state.is === 'restored') return 'cleanup.restored-already';
  return isRestoreEnded(latest.state) ? null : 'cleanup.restore-under-way';
}

function createResume({ restores, saga, lock, time, log }: RestoreServiceDeps) {
  /** Goes on with every restore that has not ended, one after the other, while nothing else touches the library. */
  async function resume(signal: AbortSignal): Promise<Result<Restore[], { code: 'cleanup.library-busy' }>> {
    if ((await restores.underWay()).length === 0) return ok([]);
    for (let tries = 0; tries < LOCK_TRIES && !signal.aborted; tries += 1) {
      const held = await lock((lost) => finishAll(AbortSignal.any([signal, lost])));
      if (held.ok) return ok(held.value);
      await time.pause(LOCK_DELAY_MS, signal);
    }
    return err({ code: 'cleanup.library-busy' });
  }

  async function finishAll(signal: AbortSignal): Promise<Restore[]> {
    const finished: Restore[] = [];
    for (const restore of await restores.underWay()) {
      if (!signal.aborted) finished.push(await finish(restore, signal));
    }
    return finished;
  }

  /** What goes wrong with one is told and kept with it; the others go on. */
  async function finish(restore: Restore, signal: AbortSignal): Promise<Restore> {
    try {
      const ended = await saga.advance(restore, signal);
      log.info('A removal was undone', { restoreId: restore.id, outcome: ended.state.is });
      return ended;
    } catch (problem) {
      if (signal.aborted) return restore; // the machine is going down: parked
      log.warn('Undoing a removal broke', { restoreId: restore.id, problem: String(problem) });
      const [current = restore] = (await restores.latest([restore.removalId])).filter(
        ({ id }) => id === restore.id,
      );
      if (isRestoreEnded(current.state)) return current;
      const step = current.state.is === 'under-way' ? current.state.step : 'look';
      const state = { is: 'failed', at: time.now(), step, because: 'unexpected' } as const;
      await restores.write(restore.id, state, time.now());
      return { ...current, state };
    }
  }

  return resume;
}
