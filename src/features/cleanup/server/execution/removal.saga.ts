import { isEnded, type Removal } from '../../core/removal/removal.ts';
import { nextStep, type Observed } from '../../core/removal/saga.ts';
import type { Deeds } from './removal.deeds.ts';
import type { Objections } from './removal.look.ts';
import type { Clock, RemovalStore } from './runs.ports.ts';

export type RemovalSagaDeps = {
  removals: Pick<RemovalStore, 'write' | 'keepBefore'>;
  deeds: Deeds;
  clock: Clock;
};

export type RemovalSaga = ReturnType<typeof createRemovalSaga>;

/** Drives one removal through the table in core. It decides nothing: it writes, lets do, and tells what was seen. */
export function createRemovalSaga({ removals, deeds, clock }: RemovalSagaDeps) {
  /** Ends in an ended removal, or earlier when `signal` aborts: then it is parked between two steps. */
  async function advance(removal: Removal, objections: Objections, signal: AbortSignal): Promise<Removal> {
    let now = removal;
    let observed: Observed = { was: 'nothing' };
    while (!isEnded(now.state) && !signal.aborted) {
      const { write, deed } = nextStep(now, observed, clock.now());
      if (observed.was === 'read' && observed.before) await removals.keepBefore(now.id, observed.before);
      if (write !== null) {
        await removals.write(now.id, write, clock.now());
        now = { ...now, state: write };
      }
      const times: number = observed.was === 'not-read' ? observed.times + 1 : 1;
      observed = await deeds.perform(now, deed, { objections, signal, times });
    }
    return now;
  }

  return { advance };
}
