/** Set by the front server on every request and never believed from outside. */
export const PROTOCOL_HEADER = 'x-app-proto';
export const HOST_HEADER = 'x-app-host';
export const ADDRESS_HEADER = 'x-client-ip';

/** The address that the person typed, as far as the front server knows, and what they sent along. */
export function visitOf(request: Request): { url: string; headers: Headers } {
  const { protocol, host, pathname, search } = new URL(request.url);
  const typed = `${request.headers.get(PROTOCOL_HEADER) ?? protocol.slice(0, -1)}://${request.headers.get(HOST_HEADER) ?? host}`;
  return { url: new URL(pathname + search, typed).href, headers: request.headers };
}

/**
 * Whether a page of another site made the browser send this (CSRF). Programs that are not browsers send neither
 * header and carry no cookie of somebody else, so they pass.
 */
export function comesFromElsewhere({ url, headers }: { url: string; headers: Headers }): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return origin !== new URL(url).origin;
  const site = headers.get('sec-fetch-site');
  return site !== null && site !== 'same-origin' && site !== 'none';
}
