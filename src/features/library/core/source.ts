import type { ConnectionId } from '#core/ids.ts';
import type { ServiceKind } from '#features/connections/core/connection.ts';

/** What is known about one service's share of the library: when it was last read whole, and what went wrong since. */
export type Source = {
  connectionId: ConnectionId;
  kind: ServiceKind;
  name: string;
  lastSuccessAt: Date | null;
  lastAttemptAt: Date | null;
  problem: SyncProblem | null;
  /** Since when it has gone wrong without a good sync between; null while there is no problem. */
  problemSince: Date | null;
  count: number;
};

/** What is known of one that is switched on and that no sync has reached yet. */
export const neverRead = ({
  id,
  kind,
  name,
}: {
  id: ConnectionId;
  kind: ServiceKind;
  name: string;
}): Source => ({
  connectionId: id,
  kind,
  name,
  lastSuccessAt: null,
  lastAttemptAt: null,
  problem: null,
  problemSince: null,
  count: 0,
});

/** Every one of these keeps the data of the last good sync. */
export type SyncProblem =
  | ReadProblem
  /** An empty answer where there was data is a failed sync, not an empty library. */
  | { code: 'sync.empty'; had: number }
  | { code: 'sync.shrunk'; had: number; has: number; allowedPercent: number };

/** A service could not be read whole. `what` names the list that failed, such as `movies` or `users/ana`. */
export type ReadProblem =
  | { code: 'read.timed-out'; what: string; afterMs: number }
  | { code: 'read.unreachable'; what: string; reason: string }
  | { code: 'read.refused'; what: string; status: number }
  | { code: 'read.server-error'; what: string; status: number }
  | { code: 'read.bad-answer'; what: string; reason: string }
  | { code: 'read.short'; what: string; expected: number; got: number };
