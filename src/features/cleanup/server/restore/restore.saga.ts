import { err, ok, type Result } from '#core/result.ts';
import { isRestoreEnded, type Restore } from '../../core/restore/restore.ts';
import type { RestoreDeed, RestoreObserved } from '../../core/restore/restore-moves.ts';
import { nextRestoreStep } from '../../core/restore/restore-saga.ts';
import type { RestoreNow } from '../../core/restore/restore-now.ts';
import type { Restorers, StepProblem, TitleRestorer } from '../ports.ts';
import type { KeepByHand, RestoreStore } from './restore.ports.ts';
import type { Clock, Pause } from '../execution/runs.ports.ts';

export type RestoreSagaDeps = {
  restores: Pick<RestoreStore, 'write'>;
  restorers: Restorers;
  keepByHand: KeepByHand;
  time: Clock & { pause: Pause };
};

export type RestoreSaga = ReturnType<typeof createRestoreSaga>;

/** Drives one restore through the table in core. It decides nothing: it writes, lets do, and tells what was seen. */
export function createRestoreSaga({ restores, restorers, keepByHand, time }: RestoreSagaDeps) {
  /** Ends in an ended restore, or earlier when `signal` aborts: then it is parked between two steps. */
  async function advance(restore: Restore, signal: AbortSignal): Promise<Restore> {
    let now = restore;
    let observed: RestoreObserved = { was: 'nothing' };
    while (!isRestoreEnded(now.state) && !signal.aborted) {
      const { write, deed } = nextRestoreStep(now, observed, time.now());
      if (write !== null) {
        await restores.write(now.id, write, time.now());
        now = { ...now, state: write };
      }
      const times: number = observed.was === 'not-read' ? observed.times + 1 : 1;
      observed = await perform(now, deed, { signal, times });
    }
    return now;
  }

  async function perform(
    restore: Restore,
    deed: RestoreDeed,
    { signal, times }: { signal: AbortSignal; times: number },
  ): Promise<RestoreObserved> {
    if (deed.is === 'end') return { was: 'nothing' };
    if (deed.is === 'look') {
      if (deed.afterMs > 0) await time.pause(deed.afterMs, signal);
      return signal.aborted ? { was: 'nothing' } : look(restore, times);
    }
    const done = await command(restore, deed);
    return done.ok ? { was: 'done' } : { was: 'not-done', problem: done.error };
  }

  async function look(restore: Restore, times: number): Promise<RestoreObserved> {
    const read = await readNow(restorers, restore);
    return read.ok ? { was: 'read', now: read.value } : { was: 'not-read', problem: read.error, times };
  }

  async function command(
    restore: Restore,
    deed: Exclude<RestoreDeed, { is: 'look' } | { is: 'end' }>,
  ): Promise<Result<void, StepProblem>> {
    if (deed.is === 'keep') {
      const { byUserId, byName } = restore;
      if (deed.until)
        await keepByHand(deed.itemId, { until: deed.until, by: { id: byUserId, name: byName } });
      return ok(undefined);
    }
    return withRestorer(restorers, restore, (restorer) => change(restorer, restore, deed));
  }

  return { advance };
}

type Change = Extract<RestoreDeed, { is: 'unexclude' | 'add' | 'monitor' | 'search' }>;

function change(restorer: TitleRestorer, restore: Restore, deed: Change): Promise<Result<void, StepProblem>> {
  switch (deed.is) {
    case 'unexclude':
      return restorer.unexclude(targetOf(restore));
    case 'add':
      return restorer.add(deed.title);
    case 'monitor':
      return restorer.monitor(deed.externalId, deed.change);
    case 'search':
      return restorer.search(deed.externalId, deed.scope);
    default:
      return deed satisfies never;
  }
}

type Wanted = Pick<Restore, 'connectionId' | 'externalId' | 'identity'>;

/** The title and the places it can go to, as they are at this moment. */
export const readNow = (restorers: Restorers, wanted: Wanted): Promise<Result<RestoreNow, StepProblem>> =>
  withRestorer(restorers, wanted, async (restorer) => {
    const found = await restorer.find(targetOf(wanted));
    if (!found.ok) return found;
    const places = await restorer.places();
    return places.ok ? ok({ ...found.value, places: places.value }) : places;
  });

const targetOf = ({ externalId, identity }: Pick<Restore, 'externalId' | 'identity'>) => ({
  externalId,
  ...identity,
});

async function withRestorer<T>(
  restorers: Restorers,
  { connectionId }: Pick<Restore, 'connectionId'>,
  use: (restorer: TitleRestorer) => Promise<Result<T, StepProblem>>,
): Promise<Result<T, StepProblem>> {
  const restorer = await restorers(connectionId);
  return restorer === null ? err({ code: 'step.unreachable', reason: 'connection-missing' }) : use(restorer);
}
