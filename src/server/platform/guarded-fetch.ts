import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import { METADATA_ADDRESS } from './http-failure.ts';

/**
 * Where cloud machines keep their secrets, and what only the own network cable knows. Addresses as typed are refused by
 * `parseAddress`; a name can lead there as well, and can lead elsewhere a second later, so it is looked at when connecting.
 */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addSubnet('fd00:ec2::', 32, 'ipv6');
/** The same IPv4 addresses by a gateway (RFC 6052), and as they were once written. */
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
forbidden.addSubnet('::a9fe:0', 112, 'ipv6');

/** A zone (`fe80::1%eth0`) says through which cable, not which address. */
export const isForbidden = ({ address, family }: LookupAddress): boolean =>
  forbidden.check(address.replace(/%.*$/, ''), family === 6 ? 'ipv6' : 'ipv4');

type Resolve = (
  hostname: string,
  options: { all: true },
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/**
 * A name at home often has a link-local address beside its real one: the rest is used, and only a name that leads nowhere
 * else is refused.
 */
export const guardedLookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const allowed = found.filter((one) => !isForbidden(one));
      const [first] = allowed;
      if (first === undefined)
        return done(Object.assign(new Error(hostname), { code: METADATA_ADDRESS }), []);
      if (options.all) return done(null, allowed);
      done(null, first.address, first.family);
    });
  };

type PoolOptions = { connect: { lookup: LookupFunction }; headersTimeout: number; bodyTimeout: number };
type Pool = new (options: PoolOptions) => object;

/** Every call has a time limit of its own; the usual five minutes are too few for a model that listens. */
const NONE = 0;

/**
 * Node's own fetch takes a pool of connections but does not export the class of it. The package `undici` is the same code
 * a second time, and 8 MB of memory; so the class is taken from the pool that is in use, where undici itself looks for it.
 */
function poolClass(): Pool {
  void Response.name; // the first use of any of them loads the pool
  const inUse = (globalThis as Record<symbol, unknown>)[Symbol.for('undici.globalDispatcher.1')];
  if (typeof inUse !== 'object' || inUse === null)
    throw new Error('This Node keeps its connections elsewhere');
  return inUse.constructor as Pool;
}

/** As `fetch`, but never to an address that no service of a home has. */
export function createGuardedFetch(resolve: Resolve = lookup): typeof fetch {
  const dispatcher = new (poolClass())({
    connect: { lookup: guardedLookup(resolve) },
    headersTimeout: NONE,
    bodyTimeout: NONE,
  });
  return (input, init) => fetch(input, { ...init, dispatcher } as RequestInit);
}
