/** Why a source did not give what was asked, each with something else that a person can do about it. */
export type SourceProblem =
  /** The sign-in is dead or missing: 401, a login page, a redirect to one. */
  | { code: 'source.signed-out' }
  /** A page that wants to see a browser (Cloudflare). Asking again soon makes it worse. */
  | { code: 'source.challenge' }
  /** The program that we say we are is too old for the source (426). */
  | { code: 'source.user-agent-refused' }
  | { code: 'source.rate-limited'; retryAfterMs: number | null }
  /** It does not understand our question (400): a dead cursor, or the source has changed. */
  | { code: 'source.bad-request'; reason: string }
  /** Allowed in, not allowed to see this (403): an address that died, or no access. */
  | { code: 'source.forbidden' }
  | { code: 'source.not-found' }
  | { code: 'source.suspended' }
  | { code: 'source.server-error'; status: number }
  /** An answer in a form that we do not read: HTML for JSON, a body cut short, a field of another kind. */
  | { code: 'source.bad-answer'; reason: string }
  | { code: 'source.timed-out'; afterMs: number }
  | { code: 'source.unreachable'; reason: string }
  /** A folder of this machine is not there: its disk may not be mounted. */
  | { code: 'source.folder-missing'; path: string }
  /** Nothing lies in the folder any more, although the archive has something of it: the disk under it may be missing. */
  | { code: 'source.folder-empty'; path: string }
  /** Of a creator whom we have something of nothing lies in the folder any more. */
  | { code: 'source.creator-empty' }
  | { code: 'source.folder-unreadable'; reason: string }
  /** Our own stop. */
  | { code: 'source.aborted' };
