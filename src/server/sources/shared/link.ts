/** What may stand in a text as a link. Everything else (`javascript:`, `data:`, `vbscript:` …) is plain text. */
const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
const LONGEST = 2000;

/**
 * The address as a browser would read it, or null when it is no link for people: `URL` takes out the tabs, line ends and
 * controls that hide a scheme from whoever compares texts.
 */
export function safeLink(text: unknown, base?: string): string | null {
  if (typeof text !== 'string' || text.length > LONGEST || text.trim() === '') return null;
  const url = URL.parse(text, base);
  if (!url || !PROTOCOLS.has(url.protocol)) return null;
  // A name in front of the host is how addresses pretend to be of another site.
  url.username = '';
  url.password = '';
  return url.href;
}
