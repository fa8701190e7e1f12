import type { AddressProblem } from './address.ts';

export type ConnectionProblem =
  | { code: 'connections.not-found' }
  | { code: 'connections.name-taken' }
  | { code: 'connections.bad-address'; field: 'url'; why: AddressProblem['code'] }
  /** A saved key is never sent to another server than the one it was given for. */
  | { code: 'connections.key-required'; field: 'key' }
  /** The secret of this installation is another one than when the key was saved. */
  | { code: 'connections.key-unreadable'; field: 'key' };
