import { DAY_MS } from '#core/time-span.ts';
import type { SourceState } from './source.ts';
import type { SourceProblem } from './source-problem.ts';

/** What a problem means for everything else that its source could be asked. */
export type Effect =
  /** Nothing: the next question may well be answered. */
  | { is: 'this-question' }
  /** Nothing is asked for a while; the source goes on by itself. */
  | { is: 'rests'; forMs: number }
  /** Nothing is asked until a person has done something. */
  | { is: 'waits' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A rest grows with the time that the source has been stopped already, up to this. */
const LONGEST_REST_MS = 6 * HOUR_MS;

/** Addresses were banned for asking on (PatreonDownloader#158). How long is long enough is not published: six hours is careful. */
const CHALLENGE_REST_MS = 6 * HOUR_MS;

const effects: Readonly<Record<SourceProblem['code'], Effect>> = {
  'source.signed-out': { is: 'waits' },
  'source.user-agent-refused': { is: 'waits' },
  'source.challenge': { is: 'rests', forMs: CHALLENGE_REST_MS },
  'source.rate-limited': { is: 'rests', forMs: 15 * MINUTE_MS },
  'source.server-error': { is: 'rests', forMs: 5 * MINUTE_MS },
  'source.timed-out': { is: 'rests', forMs: 5 * MINUTE_MS },
  'source.unreachable': { is: 'rests', forMs: 5 * MINUTE_MS },
  'source.folder-missing': { is: 'waits' },
  'source.folder-empty': { is: 'waits' },
  'source.creator-empty': { is: 'this-question' },
  'source.folder-unreadable': { is: 'this-question' },
  'source.bad-request': { is: 'this-question' },
  'source.forbidden': { is: 'this-question' },
  'source.not-found': { is: 'this-question' },
  'source.suspended': { is: 'this-question' },
  'source.bad-answer': { is: 'this-question' },
  'source.aborted': { is: 'this-question' },
};

export const effectOf = (problem: SourceProblem): Effect => effects[problem.code];

/** A watched folder is looked at all the same, and goes on by itself when it is there again. */
export const isFolderAway = ({ code }: SourceProblem): boolean =>
  code === 'source.folder-missing' || code === 'source.folder-empty';

/** Whether nothing may be asked at this moment. */
export const isResting = (state: SourceState, now: Date): boolean =>
  state.is === 'stopped' && (state.until === null || state.until > now);

/** What a source is after a question that went wrong. One that waits for a person goes on waiting, whatever comes after. */
export function afterProblem(state: SourceState, problem: SourceProblem, now: Date): SourceState {
  const effect = effectOf(problem);
  if (effect.is === 'this-question') return state;
  const waitsAlready = state.is === 'stopped' && state.until === null;
  if (effect.is === 'waits')
    return waitsAlready && state.problem.code === problem.code
      ? state
      : { is: 'stopped', problem, since: now, until: null };
  return waitsAlready ? state : rest(state, problem, effect.forMs, now);
}

/** A check is about the whole source, so whatever it met stops it: for a while at least. */
export function afterFailedCheck(state: SourceState, problem: SourceProblem, now: Date): SourceState {
  if (problem.code === 'source.aborted') return state;
  const effect = effectOf(problem);
  switch (effect.is) {
    case 'waits':
      return afterProblem(state, problem, now);
    case 'rests':
      return rest(state, problem, effect.forMs, now);
    case 'this-question':
      return rest(state, problem, 15 * MINUTE_MS, now);
  }
}

function rest(state: SourceState, problem: SourceProblem, forMs: number, now: Date): SourceState {
  const wasResting = state.is === 'stopped' && state.until !== null && state.problem.code === problem.code;
  const since = wasResting ? state.since : now;
  const stoppedForMs = now.getTime() - since.getTime();
  const asked = problem.code === 'source.rate-limited' ? (problem.retryAfterMs ?? 0) : 0;
  const restMs = Math.max(forMs, asked, Math.min(stoppedForMs, LONGEST_REST_MS));
  return { is: 'stopped', problem, since, until: new Date(now.getTime() + restMs) };
}

const LASTS_MS = DAY_MS;

/** Whether a person is to be told, given what the source was before. */
export function isNews(before: SourceState, after: SourceState): boolean {
  if (after.is !== 'stopped') return false;
  const told =
    before.is === 'stopped' && before.problem.code === after.problem.code && concernsPeople(before);
  return concernsPeople(after) && !told;
}

/** A rest of minutes is nobody's business; what waits for a person, or lasts, is. */
export const concernsPeople = ({ problem, since, until }: Extract<SourceState, { is: 'stopped' }>): boolean =>
  until === null || problem.code === 'source.challenge' || until.getTime() - since.getTime() >= LASTS_MS;

/** Time enough for somebody who looks at such things at the weekend. */
const WARN_DAYS = 7;

export type Expiry = { is: 'unknown' } | { is: 'far' } | { is: 'soon'; at: Date } | { is: 'over'; at: Date };

export function expiryOf(state: SourceState, now: Date): Expiry {
  if (state.is !== 'ready' || state.expiresAt === null) return { is: 'unknown' };
  const leftMs = state.expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return { is: 'over', at: state.expiresAt };
  return leftMs <= WARN_DAYS * DAY_MS ? { is: 'soon', at: state.expiresAt } : { is: 'far' };
}
