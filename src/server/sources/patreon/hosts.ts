/** Where Patreon is. Only a demo or a test says something else: then nothing beside it is asked. */
export type PatreonAddresses = {
  /** What the sign-in belongs to, as an origin. */
  site: string;
  /** Origins of its file servers. */
  files: readonly string[];
};

/** Patreon's own, its file server, and Mux, which has the videos. */
const SUFFIXES: readonly string[] = ['patreon.com', 'patreonusercontent.com', 'mux.com'];

export type Hosts = {
  site: string;
  /** The site itself gets the sign-in; its file servers are asked without; nobody else is asked at all. */
  of(url: URL): 'own' | 'files' | 'other';
  /** Whether it may lie in a private network: only where a person chose it. */
  mayBePrivate(url: URL): boolean;
};

export function hostsOf(addresses: PatreonAddresses | undefined): Hosts {
  const site = new URL(addresses?.site ?? 'https://www.patreon.com').origin;
  const files = addresses?.files.map((address) => new URL(address).origin);
  const isFiles = (url: URL): boolean =>
    files
      ? files.includes(url.origin)
      : url.protocol === 'https:' &&
        url.port === '' &&
        SUFFIXES.some((suffix) => isWithin(url.hostname, suffix));
  return {
    site,
    of: (url) => (url.origin === site ? 'own' : isFiles(url) ? 'files' : 'other'),
    mayBePrivate: (url) =>
      addresses !== undefined && (url.origin === site || files?.includes(url.origin) === true),
  };
}

const isWithin = (hostname: string, suffix: string): boolean =>
  hostname === suffix || hostname.endsWith(`.${suffix}`);
