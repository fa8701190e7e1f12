import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import { retryAfterMs } from '#server/platform/http-retry.ts';
import { fieldsOf, isFields, listIn, numberIn, textIn, type Fields } from '../shared/fields.ts';
import { parseJson } from '../shared/json.ts';

export type Answer = { status: number; headers: Headers; text: string };

const CHALLENGE = /just a moment|challenge-platform|cf-chl|_cf_chl_opt|attention required! \| cloudflare/i;
const LOGIN = /\/login(-sync-domains)?\b/i;
const SUSPENDED = /suspended|campaign_removed|has been removed/i;

/** Why an answer of the API is none, or null when it is one to read. Exactly one problem for each of its refusals. */
export function refusalOf({ status, headers, text }: Answer, now: Date): SourceProblem | null {
  if (status >= 300 && status < 400) return ofRedirect(headers.get('location') ?? '');
  if (isChallenge(status, headers, text)) return { code: 'source.challenge' };
  if (status >= 200 && status < 300) return isPage(text) ? ofPage(text) : null;
  return ofStatus(status, headers, text, now);
}

/** Where the door is: whoever is sent there is not signed in. */
export const ofRedirect = (location: string): SourceProblem =>
  LOGIN.test(location)
    ? { code: 'source.signed-out' }
    : { code: 'source.bad-answer', reason: 'A redirect where an answer was expected' };

const isPage = (text: string): boolean => text.trimStart().startsWith('<');

const ofPage = (text: string): SourceProblem =>
  LOGIN.test(text) || /log in \| patreon/i.test(text)
    ? { code: 'source.signed-out' }
    : { code: 'source.bad-answer', reason: 'A page where JSON was expected' };

/** Cloudflare asks with 403 or 503, and at times with 200. */
const isChallenge = (status: number, headers: Headers, text: string): boolean =>
  headers.get('cf-mitigated')?.toLowerCase() === 'challenge' ||
  ([200, 403, 429, 503].includes(status) && isPage(text) && CHALLENGE.test(text));

function ofStatus(status: number, headers: Headers, text: string, now: Date): SourceProblem {
  const error = firstError(text);
  const reason = (textIn(error, 'detail') ?? textIn(error, 'title') ?? `HTTP ${status}`).slice(0, 200);
  if (status === 429) return { code: 'source.rate-limited', retryAfterMs: pauseAsked(headers, error, now) };
  if (status >= 500) return { code: 'source.server-error', status };
  const known = PROBLEMS[status];
  if (!known) return { code: 'source.bad-request', reason };
  const mayBeSuspended = known === 'source.forbidden' || known === 'source.not-found';
  return { code: mayBeSuspended && SUSPENDED.test(reason) ? 'source.suspended' : known };
}

const PROBLEMS: Readonly<
  Record<number, 'source.signed-out' | 'source.forbidden' | 'source.not-found' | 'source.user-agent-refused'>
> = {
  401: 'source.signed-out',
  403: 'source.forbidden',
  404: 'source.not-found',
  410: 'source.not-found',
  426: 'source.user-agent-refused',
};

/** The header in seconds or as a date, or a number in the body. */
function pauseAsked(headers: Headers, error: Fields, now: Date): number | null {
  const seconds = numberIn(error, 'retry_after_seconds');
  return (
    retryAfterMs(headers.get('retry-after'), now) ?? (seconds === null ? null : Math.max(0, seconds * 1000))
  );
}

const firstError = (text: string): Fields => {
  const parsed = parseJson(text);
  return isFields(parsed) ? fieldsOf(listIn(parsed, 'errors')[0]) : {};
};
