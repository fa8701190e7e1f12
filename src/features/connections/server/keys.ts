import { err, ok, type Result } from '#core/result.ts';
import { formatAddress, originOf, parseAddress } from '../core/address.ts';
import type { ConnectionTarget } from '../core/connection.ts';
import type { ConnectionProblem } from '../core/connection-problem.ts';
import type { KeyBox, StoredConnection } from './ports.ts';

export const readUrl = (text: string): Result<{ url: string; origin: string }, ConnectionProblem> => {
  const address = parseAddress(text);
  if (!address.ok) return err({ code: 'connections.bad-address', field: 'url', why: address.error.code });
  return ok({ url: formatAddress(address.value), origin: originOf(address.value) });
};

/** Seals and opens keys, and says which one may go to which address. */
export function createKeys(secrets: KeyBox) {
  return {
    seal: (key: string): string => secrets.seal(key),

    /** What a service is asked with. */
    targetOf({
      kind,
      url,
      sealedKey,
    }: Pick<StoredConnection, 'kind' | 'url' | 'sealedKey'>): Result<ConnectionTarget, ConnectionProblem> {
      const key = secrets.open(sealedKey);
      return key.ok
        ? ok({ kind, url, key: key.value })
        : err({ code: 'connections.key-unreadable', field: 'key' });
    },

    /** The key to use at an address: the one given, else the saved one if it was given for the same server. */
    sealedFor(
      saved: StoredConnection | null,
      origin: string,
      key: string | undefined,
    ): Result<string, ConnectionProblem> {
      if (key !== undefined) return ok(secrets.seal(key));
      const savedUrl = saved && readUrl(saved.url);
      const isSameServer = savedUrl?.ok === true && savedUrl.value.origin === origin;
      return saved && isSameServer
        ? ok(saved.sealedKey)
        : err({ code: 'connections.key-required', field: 'key' });
    },
  };
}

export type Keys = ReturnType<typeof createKeys>;
