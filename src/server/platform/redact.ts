const HIDDEN = '[hidden]';

/** Shortest text that is hidden wherever it stands; hiding shorter ones would eat ordinary words. */
const SHORTEST_SECRET = 8;

const known = new Set<string>();

/** From now on this text never reaches a log. Whoever opens a sealed secret says so here. */
export function hideFromLogs(secret: string): void {
  if (secret.length >= SHORTEST_SECRET) known.add(secret);
}

const SECRET_NAMES =
  'x-api-key|api[-_]?key|apikey|sealed_?key|(?:new|current)?password|passwordAgain|secret|(?:session|access|refresh|x-emby|x-mediabrowser)?[-_]?token|set-cookie|cookie|session_id|authorization';
const secretName = new RegExp(`^(${SECRET_NAMES})$`, 'i');
/** `Authorization: Bearer …`: the scheme stands before the secret. */
const scheme = /\b(bearer|basic)\s+[\w.~+/=-]{12,}/gi;
/** `apikey=…`, `Token: …` inside a sentence or an address. */
const namedInText = new RegExp(
  `\\b((?:${SECRET_NAMES})["']?\\s*[:=]\\s*)("[^"]*"|'[^']*'|[^\\s&",;}]+)`,
  'gi',
);
const credentialsInAddress = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s:@"]+:[^/\s@"]+@/gi;

export function redactText(text: string): string {
  let clean = text
    .replace(scheme, `$1 ${HIDDEN}`)
    .replace(namedInText, `$1${HIDDEN}`)
    .replace(credentialsInAddress, `$1${HIDDEN}@`);
  for (const secret of known) clean = clean.replaceAll(secret, HIDDEN);
  return clean;
}

/** The same for a whole log entry: values under the name of a secret go, every other text is cleaned. */
export function redactEntry(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactEntry);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, secretName.test(name) ? HIDDEN : redactEntry(inner)]),
  );
}
