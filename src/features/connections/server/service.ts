import type { ConnectionId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { formatAddress, originOf, parseAddress, type AddressProblem } from '../core/address.ts';
import type {
  Connection,
  ConnectionTarget,
  Identity,
  PathMapping,
  ProbeProblem,
  ServiceKind,
} from '../core/connection.ts';
import { nextHealth } from '../core/health.ts';
import type { ConnectionsDeps, StoredConnection } from './ports.ts';

export type ConnectionProblem =
  | { code: 'connections.not-found' }
  | { code: 'connections.name-taken' }
  | { code: 'connections.bad-address'; field: 'url'; why: AddressProblem['code'] }
  /** A saved key is never sent to another server than the one it was given for. */
  | { code: 'connections.key-required'; field: 'key' }
  /** The secret of this installation is another one than when the key was saved. */
  | { code: 'connections.key-unreadable'; field: 'key' };

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
export type Draft = { id?: string | undefined; kind: ServiceKind; url: string; key?: string | undefined };

/** What was found when the paths were tried on a real file; `ours` is null when the service knows no file. */
export type PathTrial = { theirs: string | null; ours: string | null; found: boolean };

export type ConnectionsService = ReturnType<typeof createConnectionsService>;

/** The key and its sealed form stay in here. */
const shown = ({ sealedKey: _sealedKey, ...connection }: StoredConnection): Connection => connection;

const readUrl = (text: string): Result<{ url: string; origin: string }, ConnectionProblem> => {
  const address = parseAddress(text);
  if (!address.ok) return err({ code: 'connections.bad-address', field: 'url', why: address.error.code });
  return ok({ url: formatAddress(address.value), origin: originOf(address.value) });
};

export function createConnectionsService({
  store,
  probers,
  secrets,
  mapPath,
  isFile,
  moving,
  newId,
  clock,
}: ConnectionsDeps) {
  function targetOf({ kind, url, sealedKey }: StoredConnection): Result<ConnectionTarget, ConnectionProblem> {
    const key = secrets.open(sealedKey);
    return key.ok
      ? ok({ kind, url, key: key.value })
      : err({ code: 'connections.key-unreadable', field: 'key' });
  }

  async function found(id: string): Promise<Result<StoredConnection, ConnectionProblem>> {
    const connection = await store.find(id as ConnectionId);
    return connection ? ok(connection) : err({ code: 'connections.not-found' });
  }

  async function probe(connection: StoredConnection): Promise<Result<Connection, ConnectionProblem>> {
    const target = targetOf(connection);
    if (!target.ok) return target;
    const answer = await probers[connection.kind].probe(target.value);
    const health = nextHealth(connection.health, answer, clock.now());
    await store.saveHealth(connection, health);
    return ok(shown({ ...connection, health }));
  }

  /** The key to use at an address: the one given, else the saved one if it was given for the same server. */
  function sealedFor(
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
  }

  function changed(
    before: StoredConnection,
    change: ConnectionChange,
  ): Result<StoredConnection, ConnectionProblem> {
    const address = readUrl(change.url ?? before.url);
    if (!address.ok) return address;
    const sealedKey = sealedFor(before, address.value.origin, change.key);
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

  return {
    list: async (): Promise<Connection[]> => (await store.list()).map(shown),

    async find(id: string): Promise<Result<Connection, ConnectionProblem>> {
      const connection = await found(id);
      return connection.ok ? ok(shown(connection.value)) : connection;
    },

    /** Saved even when the service does not answer now; the health says what is wrong. */
    async create({ key, ...draft }: NewConnection): Promise<Result<Connection, ConnectionProblem>> {
      const address = readUrl(draft.url);
      if (!address.ok) return address;
      const sealedKey = secrets.seal(key);
      const health = { state: 'untested' } as const;
      const connection = { ...draft, url: address.value.url, id: newId() as ConnectionId, sealedKey, health };
      if (!(await store.add(connection))) return err({ code: 'connections.name-taken' });
      return connection.enabled ? probe(connection) : ok(shown(connection));
    },

    async update(id: string, change: ConnectionChange): Promise<Result<Connection, ConnectionProblem>> {
      const before = await found(id);
      if (!before.ok) return before;
      const after = changed(before.value, change);
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

    /** The outcome of the test is in the health. */
    async test(id: string): Promise<Result<Connection, ConnectionProblem>> {
      const connection = await found(id);
      return connection.ok ? probe(connection.value) : connection;
    },

    /** Tests what was typed and keeps nothing. */
    async testDraft({
      id,
      kind,
      url,
      key,
    }: Draft): Promise<Result<Result<Identity, ProbeProblem>, ConnectionProblem>> {
      const address = readUrl(url);
      if (!address.ok) return address;
      const saved = id === undefined ? null : await store.find(id as ConnectionId);
      const sealedKey = sealedFor(saved?.kind === kind ? saved : null, address.value.origin, key);
      if (!sealedKey.ok) return sealedKey;
      const opened = secrets.open(sealedKey.value);
      if (!opened.ok) return err({ code: 'connections.key-unreadable', field: 'key' });
      return ok(await probers[kind].probe({ kind, url: address.value.url, key: opened.value }));
    },

    /** One service that hangs or throws does not keep the others from being tested. */
    async testAll(): Promise<void> {
      const enabled = (await store.list()).filter((connection) => connection.enabled);
      const outcomes = await Promise.allSettled(enabled.map(probe));
      const broken = outcomes.filter((outcome) => outcome.status === 'rejected');
      if (broken.length > 0)
        throw new AggregateError(
          broken.map(({ reason }): unknown => reason),
          'Tests of connections broke',
        );
    },

    /** Takes one real file of the service through the mappings and looks whether it is there (T-60). */
    async tryPaths(
      id: string,
      pathMappings?: readonly PathMapping[],
    ): Promise<Result<Result<PathTrial, ProbeProblem>, ConnectionProblem>> {
      const connection = await found(id);
      if (!connection.ok) return connection;
      const target = targetOf(connection.value);
      if (!target.ok) return target;
      const file = await probers[connection.value.kind].sampleFile(target.value);
      if (!file.ok) return ok(file);
      if (file.value === null) return ok(ok({ theirs: null, ours: null, found: false }));
      const ours = mapPath(file.value, pathMappings ?? connection.value.pathMappings);
      return ok(ok({ theirs: file.value, ours, found: await isFile(ours) }));
    },

    /** For `server/compose`, which opens adapters with it. The only way the key leaves this feature. */
    async target(id: ConnectionId): Promise<Result<ConnectionTarget, ConnectionProblem>> {
      const connection = await found(id);
      return connection.ok ? targetOf(connection.value) : connection;
    },
  };
}
