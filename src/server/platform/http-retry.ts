import type { HttpFailure } from './http-failure.ts';

const FIRST_PAUSE_MS = 500;
/** A server that asks for a longer pause than this gets no second call; the next scheduled run will ask again. */
const LONGEST_PAUSE_MS = 10_000;

/** `Retry-After` is seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/**
 * How long to wait before asking again, or null when asking again makes no sense. Only for calls that change
 * nothing. A time-out is not repeated: whoever waits for us has waited long enough.
 */
export function pauseBefore(attempt: number, failure: HttpFailure, askedMs: number | null): number | null {
  const backOffMs = FIRST_PAUSE_MS * 2 ** attempt;
  switch (failure.code) {
    case 'http.refused':
    case 'http.host-unknown':
    case 'http.dropped':
      return backOffMs;
    case 'http.rate-limited':
      return within(askedMs ?? backOffMs);
    case 'http.status':
      if (failure.status === 503) return within(askedMs ?? backOffMs);
      return failure.status === 502 || failure.status === 504 ? backOffMs : null;
    default:
      return null;
  }
}

const within = (ms: number): number | null => (ms <= LONGEST_PAUSE_MS ? ms : null);
