import type { Policy } from '../policy/policy.ts';
import type { Removal, RunCounts } from './removal.ts';

/** When one service fails for this many items in a row, the rest of the run would fail too. */
export const MOST_FAILURES_IN_A_ROW = 3;

/** C-08: both switches. Who switches a policy off in the middle of a run means it, as who disarms it does. */
export const removesForReal = ({ armed, enabled }: Pick<Policy, 'armed' | 'enabled'>): boolean =>
  armed && enabled;

/** What a run came to, from the ends of its removals. */
export function countsOf(removals: readonly Removal[]): RunCounts {
  const counts = { items: 0, bytes: 0, failed: 0, leftAlone: 0 };
  for (const { state } of removals) {
    if (state.is === 'removed') counts.items += 1;
    if (state.is === 'removed') counts.bytes += state.freedBytes;
    if (state.is === 'failed') counts.failed += 1;
    if (state.is === 'left-alone') counts.leftAlone += 1;
  }
  return counts;
}

/**
 * The service that failed for the last three items in a row, or null. One item that fails alone stops nothing (J-04 FIX).
 * An item that was left alone says nothing about a service, so it neither counts nor breaks the row.
 */
export function failingService(ended: readonly Removal[]): string | null {
  const row = ended.filter((one) => one.state.is !== 'left-alone').slice(-MOST_FAILURES_IN_A_ROW);
  const [first, ...rest] = row.map(failuresOf);
  if (first === undefined || row.length < MOST_FAILURES_IN_A_ROW) return null;
  return first.find((service) => rest.every((others) => others.includes(service))) ?? null;
}

function failuresOf({ state, connectionId }: Removal): string[] {
  if (state.is === 'failed') return [connectionId];
  if (state.is !== 'removed') return [];
  return ['request', 'media-server'].filter((step) =>
    state.notes.some((note) => note.startsWith(`${step}: `)),
  );
}
