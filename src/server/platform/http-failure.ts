/**
 * Why a call to another program did not give what was asked. Every case that means something different to the
 * caller has its own code, and no text in here ever holds a key: see `redact`.
 */
export type HttpFailure =
  | { code: 'http.timed-out'; afterMs: number }
  | { code: 'http.refused'; host: string }
  | { code: 'http.host-unknown'; host: string }
  /** The name leads to where cloud machines keep their secrets: see guarded-fetch. */
  | { code: 'http.metadata'; host: string }
  | { code: 'http.certificate'; reason: string }
  | { code: 'http.redirected'; to: string }
  /** `json` says whether the body was JSON: a 404 from a proxy is not the service's own "not found" (T-01). */
  | { code: 'http.status'; status: number; message: string; json: boolean }
  /** `reason` is the service's own word for it, if it has one: "too many" and "not paid" share this status. */
  | { code: 'http.rate-limited'; retryAfterMs: number | null; reason?: string }
  | { code: 'http.not-json'; contentType: string }
  | { code: 'http.bad-json'; reason: string }
  | { code: 'http.unexpected-shape'; where: string }
  | { code: 'http.too-large'; limitBytes: number }
  | { code: 'http.dropped'; reason: string }
  | { code: 'http.aborted' };

/** Takes every secret out of a text that came from, or was made for, another server. */
export const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);

export const METADATA_ADDRESS = 'EMETADATA';

const HOST_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA']);
const REFUSED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EACCES',
  'EADDRNOTAVAIL',
]);
const TIMED_OUT = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
/** OpenSSL's names: DEPTH_ZERO_SELF_SIGNED_CERT, UNABLE_TO_VERIFY_LEAF_SIGNATURE, ERR_TLS_CERT_ALTNAME_INVALID … */
const CERTIFICATE = /CERT|LEAF_SIGNATURE|ISSUER|ALTNAME/;

/** The code of the innermost cause: fetch wraps the reason, and trying IPv6 and IPv4 wraps it once more. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  if (error.cause instanceof Error) return errorCode(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** What fetch, or reading the body, threw. Whether it was our own deadline or the caller is told by `deadline`. */
export function failureOf(
  error: unknown,
  host: string,
  deadline: { passed: boolean; afterMs: number; aborted: boolean },
): HttpFailure {
  if (deadline.passed) return { code: 'http.timed-out', afterMs: deadline.afterMs };
  if (deadline.aborted) return { code: 'http.aborted' };
  const code = errorCode(error);
  if (HOST_UNKNOWN.has(code)) return { code: 'http.host-unknown', host };
  if (code === METADATA_ADDRESS) return { code: 'http.metadata', host };
  if (REFUSED.has(code)) return { code: 'http.refused', host };
  if (TIMED_OUT.has(code)) return { code: 'http.timed-out', afterMs: deadline.afterMs };
  if (CERTIFICATE.test(code)) return { code: 'http.certificate', reason: code };
  return { code: 'http.dropped', reason: code };
}

/** The keys under which the services put their sentence, most telling first. */
const MESSAGE_KEYS = [
  'message',
  'errorMessage',
  'errorDescription',
  'error',
  'detail',
  'title',
  'description',
];

function messageIn(value: unknown): string | null {
  if (Array.isArray(value)) return messageIn(value[0]);
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Record<string, unknown>;
  const found = MESSAGE_KEYS.map((key) => fields[key]).find(
    (text) => typeof text === 'string' && text !== '',
  );
  if (typeof found === 'string') return found;
  // OpenAI, and whoever speaks as it does: `{ error: { message } }`.
  return typeof fields['error'] === 'object' ? messageIn(fields['error']) : null;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);

/** A short, safe sentence out of an error body. A page of HTML says nothing, so it gives an empty text. */
export function messageOf(body: string): { message: string; json: boolean } {
  try {
    const parsed: unknown = JSON.parse(body);
    return { message: oneLine(messageIn(parsed) ?? ''), json: true };
  } catch {
    return { message: body.trimStart().startsWith('<') ? '' : oneLine(body), json: false };
  }
}

const seconds = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value < 86_400 ? Math.ceil(value * 1000) : null;

/** Telegram says how long to wait in the body only, Discord there more exactly than in its header. */
export function retryAfterIn(body: string): number | null {
  try {
    const parsed = JSON.parse(body) as {
      retry_after?: unknown;
      parameters?: { retry_after?: unknown };
    } | null;
    return seconds(parsed?.retry_after) ?? seconds(parsed?.parameters?.retry_after);
  } catch {
    return null;
  }
}

/** OpenAI, and whoever speaks as it does: `{ error: { code } }`, a word rather than a number. */
export function reasonIn(body: string): string | null {
  try {
    const parsed = JSON.parse(body) as { error?: { code?: unknown; type?: unknown } | null } | null;
    const told = [parsed?.error?.code, parsed?.error?.type].find((one) => typeof one === 'string');
    return typeof told === 'string' ? told.slice(0, 80) : null;
  } catch {
    return null;
  }
}
