import type { z } from 'zod';
import { err, type Result } from '#core/result.ts';
import { messageOf, redact, type HttpFailure } from './http-failure.ts';
import { parseJson } from './http-json.ts';

/** An answer as it came, a refusal too. */
export type Exchange = { status: number; headers: Headers; text: string };

/** The body as JSON, whatever its content type says: Deluge calls its own `application/x-json`. */
export function jsonOf<T>(
  { status, text, headers }: Exchange,
  schema: z.ZodType<T>,
  secrets: readonly string[],
): Result<T, HttpFailure> {
  if (status < 200 || status > 299) return err(statusFailure({ status, text, headers }, secrets));
  const type = (headers.get('content-type') ?? '').slice(0, 80);
  if (text.trimStart().startsWith('<')) return err({ code: 'http.not-json', contentType: type });
  return parseJson(text, schema);
}

export function statusFailure({ status, text, headers }: Exchange, secrets: readonly string[]): HttpFailure {
  if (status >= 300 && status < 400)
    return { code: 'http.redirected', to: redact(headers.get('location') ?? '', secrets) };
  if (status === 429) return { code: 'http.rate-limited', retryAfterMs: null };
  const { message, json } = messageOf(text);
  return { code: 'http.status', status, message: redact(message, secrets), json };
}

/** The cookies of an answer as the next request sends them. */
export const cookiesOf = ({ headers }: Exchange): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0]?.trim() ?? '')
    .filter((pair) => pair.includes('='))
    .join('; ');
