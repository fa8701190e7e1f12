import type { Result } from '../../src/core/result.ts';
import type { Plan } from '../../src/features/cleanup/core/plan/plan.ts';
import type { Removal, Run } from '../../src/features/cleanup/core/removal/removal.ts';
import type { Restore } from '../../src/features/cleanup/core/restore/restore.ts';
import type { Health } from '../../src/features/connections/core/connection.ts';
import type { SyncProblem } from '../../src/features/library/core/source.ts';
import type { Delivery } from '../../src/features/notifications/server/ports.ts';

/** What happened, in the fewest words; codes without their first part, and nothing that differs from one day to the next. */
const short = (code: string): string =>
  code
    .replace(/ \(.*$/s, '')
    .replaceAll(/\b[a-z]+\.(?=[a-z])/g, '')
    .replaceAll('-', ' ');

export const health = (seen: Health): string =>
  seen.state === 'offline' ? `offline: ${short(seen.why.code)}` : seen.state;

const tripsOf = ({ breaker }: Plan): string =>
  [...new Set(breaker.map(({ code }) => short(code)))].join(', ');

export function sync(problem: SyncProblem | null, after: Plan): string {
  const read = problem === null ? 'read whole' : `not read, old data kept: ${short(problem.code)}`;
  if (after.breaker.length > 0) return `${read}; no run: ${tripsOf(after)}`;
  return after.totals.remove.items > 0 ? `${read}; runs go on` : `${read}; runs take nothing`;
}

export const plan = (made: Plan): string =>
  made.breaker.length > 0
    ? `no run: ${tripsOf(made)}`
    : made.totals.remove.items > 0
      ? 'as before'
      : 'takes nothing';

export function arm(done: Result<unknown, { code: string; trips?: Plan['breaker'] }>): string {
  if (done.ok) return 'armed';
  const trips = (done.error.trips ?? []).map(({ code }) => short(code));
  return `refused: ${trips.length > 0 ? [...new Set(trips)].join(', ') : short(done.error.code)}`;
}

export const leavingSoon = (failed: number): string =>
  failed === 0 ? 'updated' : 'not updated; caught up at the next turn';

export function run({ outcome }: Run, removals: readonly Removal[]): string {
  if (outcome.is === 'stopped') return `stopped: ${outcome.because.map(short).join(', ')}`;
  const [removal] = removals;
  if (removal === undefined) return 'nothing to take';
  const { state } = removal;
  switch (state.is) {
    case 'removed':
      return state.notes.length > 0 ? `removed; noted: ${state.notes.map(note).join(', ')}` : 'removed';
    case 'left-alone':
      return `left alone: ${short(state.because)}`;
    case 'failed':
      return `failed at ${state.step}: ${short(state.because)}`;
    default:
      return state.is;
  }
}

/** `request: step.unreachable` and the like; what follows the code names titles and times. */
const note = (text: string): string => {
  const [about = '', what = ''] = text.split(': ');
  return `${about} ${short(what.split(' ')[0] ?? '')}`.trim();
};

export function restore(state: Restore['state']): string {
  if (state.is === 'failed') return `failed at ${state.step}: ${short(state.because)}`;
  if (state.is === 'refused') return `refused: ${short(state.because)}`;
  if (state.is !== 'restored') return state.is;
  return state.notes.length > 0 ? `restored; noted: ${state.notes.map(note).join(', ')}` : 'restored';
}

export function delivery(seen: Delivery | undefined): string {
  if (seen === undefined) return 'nothing to send';
  if (seen.state === 'pending') return `sent later: ${short(seen.problem?.code ?? '')}`;
  if (seen.state === 'failed') return `given up, shown: ${short(seen.problem?.code ?? '')}`;
  return seen.state;
}
