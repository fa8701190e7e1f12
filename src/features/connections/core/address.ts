import { err, ok, type Result } from '#core/result.ts';

/** Why an address cannot be used; each has a sentence for people beside the field. */
export type AddressProblem =
  | { code: 'address.empty' }
  | { code: 'address.scheme'; scheme: string }
  | { code: 'address.has-credentials' }
  | { code: 'address.has-query' }
  | { code: 'address.host' }
  | { code: 'address.ipv6-needs-brackets' }
  | { code: 'address.port' }
  | { code: 'address.path' }
  /** Where cloud machines keep their secrets: never a media service, and a gift to whoever can make us ask there. */
  | { code: 'address.metadata' };

export type Address = { scheme: 'http' | 'https'; host: string; port: number | null; path: string };

const DEFAULT_PORTS = { http: 80, https: 443 } as const;
const METADATA_NAMES = ['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal'];
/** `fe80::/10` is what only the own network cable knows; the rest are spellings of 169.254.x.x. */
const METADATA_IPV6 = /^(fe[89ab][0-9a-f]:|fd00:ec2:|(::ffff:|::|64:ff9b::)(169\.254\.|a9fe:))/;

/**
 * Reads what a person typed as the address of a service: `nas:7878`, `https://media.example.org/radarr/`,
 * `http://[fd12::1]:8096`. The scheme may be left out and is then http, as it is at home.
 */
export function parseAddress(text: string): Result<Address, AddressProblem> {
  const typed = text.trim();
  if (typed === '') return err({ code: 'address.empty' });
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase() ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') return err({ code: 'address.scheme', scheme });
  const rest = typed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  if (/[?#]/.test(rest)) return err({ code: 'address.has-query' });
  // A backslash is a slash to a browser's parser, and then what we checked is not what is called.
  if (/[\s\\]/.test(rest)) return err({ code: 'address.host' });
  const slash = rest.indexOf('/');
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  if (authority.includes('@')) return err({ code: 'address.has-credentials' });
  return assemble(scheme, authority, slash === -1 ? '' : rest.slice(slash));
}

function assemble(
  scheme: 'http' | 'https',
  authority: string,
  rawPath: string,
): Result<Address, AddressProblem> {
  const split = splitPort(authority);
  if (!split.ok) return split;
  const port = portOf(split.value.port, scheme);
  if (!port.ok) return port;
  const host = checkHost(split.value.host.toLowerCase());
  if (!host.ok) return host;
  const path = checkPath(rawPath);
  if (!path.ok) return path;
  return ok({ scheme, host: host.value, port: port.value, path: path.value });
}

function splitPort(authority: string): Result<{ host: string; port: string | null }, AddressProblem> {
  const bracketed = /^(\[[^\]]*\])(?::(.*))?$/.exec(authority);
  if (bracketed) return ok({ host: bracketed[1] ?? '', port: bracketed[2] ?? null });
  const parts = authority.split(':');
  if (parts.length > 2) return err({ code: 'address.ipv6-needs-brackets' });
  return ok({ host: parts[0] ?? '', port: parts[1] ?? null });
}

function portOf(text: string | null, scheme: 'http' | 'https'): Result<number | null, AddressProblem> {
  if (text === null) return ok(null);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) return err({ code: 'address.port' });
  return ok(port === DEFAULT_PORTS[scheme] ? null : port);
}

function checkHost(host: string): Result<string, AddressProblem> {
  if (host.startsWith('[')) return checkIpv6(host);
  // A trailing dot is the same host to the resolver, and would slip past a list of names.
  const name = host.replace(/\.$/, '');
  if (!/^[\p{L}\p{N}_]([\p{L}\p{N}._-]*[\p{L}\p{N}_])?$/u.test(name) || name.includes('..'))
    return err({ code: 'address.host' });
  const last = name.split('.').at(-1) ?? '';
  if (/^(\d+|0x[0-9a-f]*)$/.test(last)) return checkIpv4(name);
  return METADATA_NAMES.includes(name) ? err({ code: 'address.metadata' }) : ok(name);
}

/** Only four plain numbers: `2852039166`, `0xa9fe…` and `0251.…` are other spellings of addresses, and traps. */
function checkIpv4(host: string): Result<string, AddressProblem> {
  const parts = host.split('.');
  const isPlain =
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  if (!isPlain) return err({ code: 'address.host' });
  return host.startsWith('169.254.') ? err({ code: 'address.metadata' }) : ok(host);
}

function checkIpv6(host: string): Result<string, AddressProblem> {
  const inner = host.slice(1, -1);
  if (!/^[0-9a-f:.]{2,45}$/.test(inner) || !inner.includes(':')) return err({ code: 'address.host' });
  return METADATA_IPV6.test(inner.replace(/^(0+:)+(?=ffff:|:)/, '::').replace(/:::+/, '::'))
    ? err({ code: 'address.metadata' })
    : ok(host);
}

/** The base path without a slash at its end; a service never lives behind `..`. */
function checkPath(raw: string): Result<string, AddressProblem> {
  const segments = raw.split('/').filter((segment) => segment !== '');
  const isPlain = segments.every(
    (segment) => /^[\p{L}\p{N}._~!$&'()*+,;=:@%-]+$/u.test(segment) && !/^(\.|%2e)+$/i.test(segment),
  );
  return isPlain ? ok(segments.map((segment) => `/${segment}`).join('')) : err({ code: 'address.path' });
}

/** Where calls go to, without the base path. A key that was given for one origin is not sent to another. */
export const originOf = ({ scheme, host, port }: Address): string =>
  `${scheme}://${host}${port === null ? '' : `:${port}`}`;

export const formatAddress = (address: Address): string => originOf(address) + address.path;
