import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Connection } from '../core/connection.ts';
import type { ConnectionProblem } from '../core/connection-problem.ts';
import type { ConnectionStore, StoredConnection } from './ports.ts';

/** The key and its sealed form stay in here. */
export const shown = ({ sealedKey: _sealedKey, ...connection }: StoredConnection): Connection => connection;

export async function findStored(
  store: Pick<ConnectionStore, 'find'>,
  id: string,
): Promise<Result<StoredConnection, ConnectionProblem>> {
  const connection = await store.find(id as ConnectionId);
  return connection ? ok(connection) : err({ code: 'connections.not-found' });
}
