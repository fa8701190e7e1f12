import type { ConnectionId } from '#core/ids.ts';
import { ok, type Result } from '#core/result.ts';
import type { Connection, Identity, PathMapping, ProbeProblem, ServiceKind } from '../core/connection.ts';
import type { ConnectionProblem } from '../core/connection-problem.ts';
import { nextHealth } from '../core/health.ts';
import { readUrl, type Keys } from './keys.ts';
import type { ConnectionsDeps, StoredConnection } from './ports.ts';
import { findStored, shown } from './stored.ts';

export type Draft = { id?: string | undefined; kind: ServiceKind; url: string; key?: string | undefined };

/** What was found when the paths were tried on a real file; `ours` is null when the service knows no file. */
export type PathTrial = { theirs: string | null; ours: string | null; found: boolean };

export type TrialDeps = Pick<ConnectionsDeps, 'store' | 'probers' | 'mapPath' | 'isFile' | 'clock'> & {
  keys: Keys;
};

/** Asks the services themselves: whether they answer with the key that they were given, and where their files are. */
export function createTrials({ store, probers, keys, mapPath, isFile, clock }: TrialDeps) {
  async function probe(connection: StoredConnection): Promise<Result<Connection, ConnectionProblem>> {
    const target = keys.targetOf(connection);
    if (!target.ok) return target;
    const answer = await probers[connection.kind].probe(target.value);
    const health = nextHealth(connection.health, answer, clock.now());
    await store.saveHealth(connection, health);
    return ok(shown({ ...connection, health }));
  }

  return {
    probe,

    /** The outcome of the test is in the health. */
    async test(id: string): Promise<Result<Connection, ConnectionProblem>> {
      const connection = await findStored(store, id);
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
      const sealedKey = keys.sealedFor(saved?.kind === kind ? saved : null, address.value.origin, key);
      if (!sealedKey.ok) return sealedKey;
      const target = keys.targetOf({ kind, url: address.value.url, sealedKey: sealedKey.value });
      return target.ok ? ok(await probers[kind].probe(target.value)) : target;
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
      const connection = await findStored(store, id);
      if (!connection.ok) return connection;
      const target = keys.targetOf(connection.value);
      if (!target.ok) return target;
      const file = await probers[connection.value.kind].sampleFile(target.value);
      if (!file.ok) return ok(file);
      if (file.value === null) return ok(ok({ theirs: null, ours: null, found: false }));
      const ours = mapPath(file.value, pathMappings ?? connection.value.pathMappings);
      return ok(ok({ theirs: file.value, ours, found: await isFile(ours) }));
    },
  };
}
