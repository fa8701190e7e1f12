import type { ServiceKind } from './connection.ts';

/** These ask for a user name and a password where others have one key. */
const withUser: readonly ServiceKind[] = ['qbittorrent', 'transmission'];

export const hasUser = (kind: ServiceKind): boolean => withUser.includes(kind);

/**
 * Both travel as one secret, `user:password`, so that the name is sealed as the password is and a change of one is a
 * change of the key. A colon in the name would move into the password, as in HTTP's own scheme (RFC 7617).
 */
export const joinCredentials = (user: string, password: string): string => `${user}:${password}`;

export function splitCredentials(key: string): { user: string; password: string } {
  const colon = key.indexOf(':');
  return colon < 0
    ? { user: '', password: key }
    : { user: key.slice(0, colon), password: key.slice(colon + 1) };
}
