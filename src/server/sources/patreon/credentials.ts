import { err, ok, type Result } from '#core/result.ts';
import type { CredentialField, CredentialProblem } from '#features/archive/core/source.ts';
import type { Credentials } from '#features/archive/server/ports.ts';

const FIELD = 'session_id';

export const credentialFields: readonly CredentialField[] = [
  { name: FIELD, kind: 'secret', required: true, example: 'session_id=aBcDeF…' },
];

type CookieProblem =
  | 'missing'
  /** A cookie of the same site, and not the one that signs in. */
  | 'another-cookie'
  /** `session_id=` with nothing behind it. */
  | 'empty-value'
  /** The beginning of it, as a table that is too narrow shows it. */
  | 'cut-short'
  /** White space or signs that no cookie has within. */
  | 'not-a-cookie';

/** What may stand in the value of a cookie (RFC 6265, 4.1.1). */
const VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;
/** Other cookies of the site, which people take for it. */
const OTHERS =
  /^(patreon_device_id|__cf_bm|cf_clearance|_cfuvid|a_csrf|analytics_session_id|patreon_locale_code|patreon_location_country_code|__ssid)=/i;

/**
 * Takes whatever people copy: the bare value, `session_id=…`, the whole line of a request, in quotes, encoded as in an
 * address, a line of a cookies.txt, or the answer's `Set-Cookie`.
 */
export function readCredentials(
  given: Readonly<Record<string, string>>,
): Result<Credentials, readonly CredentialProblem[]> {
  const value = sessionIn(given[FIELD] ?? '');
  return value.ok ? ok({ [FIELD]: value.value }) : err([{ field: FIELD, code: value.error }]);
}

function sessionIn(pasted: string): Result<string, CookieProblem> {
  const text = unwrapped(pasted);
  if (text === '') return err('missing');
  const fromFile = /(?:^|\s)session_id\s+(\S+)\s*$/m.exec(text)?.[1];
  if (fromFile !== undefined && text.includes('\t')) return valueOf(fromFile);
  const pairs = text.split(/[;\n]/).map((pair) => pair.trim());
  const session = pairs
    .map((pair) => /^session_id\s*[=:]\s*(.*)$/is.exec(pair)?.[1])
    .find((one) => one !== undefined);
  if (session !== undefined) return valueOf(session);
  if (pairs.some((pair) => OTHERS.test(pair)) || pairs.length > 1 || /^[\w-]{2,40}=[^=]/.test(text))
    return err('another-cookie');
  return valueOf(text);
}

/** Quotes, the name of the header, and what an address makes of a `=`. */
function unwrapped(pasted: string): string {
  const bare = unquoted(pasted.replaceAll(/[\u200b\ufeff]/g, '').trim())
    .replace(/^(set-)?cookie\s*:\s*/i, '')
    .trim();
  if (!/^session_id%3d/i.test(bare)) return bare;
  return decoded(bare);
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const unquoted = (text: string): string => /^(["'`“”‘’«])(.*)["'`“”‘’»]$/s.exec(text)?.[2]?.trim() ?? text;

function valueOf(given: string): Result<string, CookieProblem> {
  const value = unquoted(given.trim());
  if (value === '') return err('empty-value');
  if (/(…|\.\.\.)$/.test(value)) return err('cut-short');
  return VALUE.test(value) ? ok(value) : err('not-a-cookie');
}
