/** Why a message did not get out; each has a sentence for people in both languages. */
export type SendProblem =
  /** The token, key or password. */
  | { code: 'send.secret-refused' }
  /** The webhook, topic, chat or path is not there. */
  | { code: 'send.not-found'; reason: string }
  | { code: 'send.rejected'; reason: string }
  | { code: 'send.address-refused'; address: string; reason: string }
  | { code: 'send.rate-limited'; retryAfterMs: number | null }
  | { code: 'send.timed-out'; afterMs: number }
  | { code: 'send.host-unknown'; host: string }
  | { code: 'send.metadata'; host: string }
  | { code: 'send.refused'; host: string }
  | { code: 'send.certificate-not-trusted'; reason: string }
  | { code: 'send.no-encryption' }
  | { code: 'send.redirected'; to: string }
  | { code: 'send.another-program'; reason: string }
  | { code: 'send.server-error'; status: number; reason: string }
  | { code: 'send.unreachable'; reason: string }
  /** The secret of this installation is another one than when the channel was saved. */
  | { code: 'send.secret-unreadable' }
  | { code: 'send.channel-off' };

/** What waiting may mend. A wrong token stays wrong, and asking again with it gets the house locked out. */
const passing: readonly SendProblem['code'][] = [
  'send.rate-limited',
  'send.timed-out',
  'send.host-unknown',
  'send.refused',
  'send.server-error',
  'send.unreachable',
  'send.another-program',
];

const MINUTE_MS = 60_000;
/** Eight tries within a night: somebody who restarts the mail server in the morning still gets what came in the evening. */
const WAITS_MS = [0.5, 2, 10, 30, 60, 180, 360].map((minutes) => minutes * MINUTE_MS);

/** How long to wait after this many tries, never shorter than the service asked for; null: give up. */
export function waitBeforeRetry(tries: number, problem: SendProblem): number | null {
  const wait = WAITS_MS[tries - 1];
  if (wait === undefined || !passing.includes(problem.code)) return null;
  const asked = problem.code === 'send.rate-limited' ? (problem.retryAfterMs ?? 0) : 0;
  return Math.max(wait, asked);
}
