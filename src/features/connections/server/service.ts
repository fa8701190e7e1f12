import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { Connection, ConnectionTarget, PathMapping, ServiceKind } from '../core/connection.ts';
import type { ConnectionProblem } from '../core/connection-problem.ts';
import { createKeys, readUrl, type Keys } from './keys.ts';
import type { ConnectionsDeps, StoredConnection } from './ports.ts';
import { findStored, shown } from './stored.ts';
import { createTrials } from './trials.service.ts';

export type NewConnection = {
  kind: ServiceKind;
  name: string;
  url: string;
  key: string;
  enabled: boolean;
  pathMappings: readonly PathMapping[];
};
export type ConnectionChange = {
  [Part in Exclude<keyof NewConnection, 'kind'>]?: NewConnection[Part] | undefined;
};

export type ConnectionsService = ReturnType<typeof createConnectionsService>;

export function createConnectionsService(deps: ConnectionsDeps) {
  const { store, moving, newId } = deps;
  const keys = createKeys(deps.secrets);
  const { probe, ...trials } = createTrials({ ...deps, keys });

  return {
    list: async (): Promise<Connection[]> => (await store.list()).map(shown),

    async find(id: string): Promise<Result<Connection, ConnectionProblem>> {
      const connection = await findStored(store, id);
      return connection.ok ? ok(shown(connection.value)) : connection;
    },

    /** Saved even when the service does not answer now; the health says what is wrong. */
    async create({ key, ...draft }: NewConnection): Promise<Result<Connection, ConnectionProblem>> {
      const address = readUrl(draft.url);
      if (!address.ok) return address;
      const sealedKey = keys.seal(key);
      const health = { state: 'untested' } as const;
      const connection = { ...draft, url: address.value.url, id: newId() as ConnectionId, sealedKey, health };
      if (!(await store.add(connection))) return err({ code: 'connections.name-taken' });
      return connection.enabled ? probe(connection) : ok(shown(connection));
    },

    async update(id: string, change: ConnectionChange): Promise<Result<Connection, ConnectionProblem>> {
      const before = await findStored(store, id);
      if (!before.ok) return before;
      const after = changed(before.value, change, keys);
      if (!after.ok) return after;
      if (after.value.url !== before.value.url) await moving(before.value.id);
      const outcome = await store.change(after.value);
      if (outcome === 'gone') return err({ code: 'connections.not-found' });
      if (outcome === 'name-taken') return err({ code: 'connections.name-taken' });
      const isElsewhere =
        after.value.url !== before.value.url || after.value.sealedKey !== before.value.sealedKey;
      const isBack = after.value.enabled && !before.value.enabled;
      return isElsewhere || isBack ? probe(after.value) : ok(shown(after.value));
    },

    async remove(id: string): Promise<Result<void, ConnectionProblem>> {
      return (await store.remove(id as ConnectionId))
        ? ok(undefined)
        : err({ code: 'connections.not-found' });
    },

    ...trials,

    /** For `server/compose`, which opens adapters with it. The only way the key leaves this feature. */
    async target(id: ConnectionId): Promise<Result<ConnectionTarget, ConnectionProblem>> {
      const connection = await findStored(store, id);
      return connection.ok ? keys.targetOf(connection.value) : connection;
    },
  };
}

function changed(
  before: StoredConnection,
  change: ConnectionChange,
  keys: Keys,
): Result<StoredConnection, ConnectionProblem> {
  const address = readUrl(change.url ?? before.url);
  if (!address.ok) return address;
  const sealedKey = keys.sealedFor(before, address.value.origin, change.key);
  if (!sealedKey.ok) return sealedKey;
  return ok({
    ...before,
    url: address.value.url,
    sealedKey: sealedKey.value,
    name: change.name ?? before.name,
    enabled: change.enabled ?? before.enabled,
    pathMappings: change.pathMappings ?? before.pathMappings,
  });
}
