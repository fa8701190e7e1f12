import { addDays } from '#core/time-span.ts';
import type { Removal, RemovalState } from './removal.ts';
import type { Observed } from './saga.ts';
import { isGone, scopeOf } from './saga-judge.ts';

/** What is found gone later than this was somebody else: by then, a slow disk or a service that was down has long caught up. */
export const LOOKED_AFTER_DAYS = 2;

type Failed = Extract<RemovalState, { is: 'failed' }>;

/** The service took the order, or nobody heard what it said to it, and then the files could not be proven gone. */
const mayBeGone = ({ step, because }: Failed): boolean =>
  step === 'verify' || (step === 'delete' && because.startsWith('step.unreachable'));

export const isWorthALook = ({ state }: Removal, now: Date): boolean =>
  state.is === 'failed' && mayBeGone(state) && addDays(state.at, LOOKED_AFTER_DAYS) > now;

/** As the last look of a removal would see it; only such a look proves anything. */
export const asVerifying = (removal: Removal, now: Date): Removal => ({
  ...removal,
  state: { is: 'under-way', step: 'verify', begunAt: now, tries: 0, bytes: removal.plannedBytes, notes: [] },
});

/**
 * A removal that could not be confirmed and whose files turn out to be gone was one: the history says so, with both dates.
 * Null while nothing proves it. Requests and torrents were not looked after then, and are not now.
 */
export function seenGone(removal: Removal, observed: Observed, now: Date): RemovalState | null {
  const scope = scopeOf(removal);
  if (removal.state.is !== 'failed' || scope === null || observed.was !== 'read') return null;
  if (!isGone(removal, scope, observed.title)) return null;
  if (observed.onDisk.known && observed.onDisk.value) return null;
  const { at } = removal.state;
  return { is: 'removed', at, freedBytes: removal.plannedBytes, notes: [], seenGoneAt: now };
}
