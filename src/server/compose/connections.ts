import { stat } from 'node:fs/promises';
import type { ConnectionId } from '#core/ids.ts';
import { isTorrentClient, type Connection, type Health } from '#features/connections/core/connection.ts';
import { splitCredentials } from '#features/connections/core/credentials.ts';
import {
  connectionsApi,
  connectionsJobs,
  createConnectionsService,
  createConnectionStore,
} from '#features/connections/server/index.ts';
import { mapPath } from '#features/library/core/paths.ts';
import type { ServiceCheck } from '#features/notifications/core/event.ts';
import { hideFromLogs } from '../platform/redact.ts';
import { shortId } from '../platform/short-id.ts';
import { createClients, createProbers } from './clients.ts';
import type { Platform } from './platform.ts';

export type Connections = ReturnType<typeof composeConnections>;

type Above = {
  /** What is known of it may be of another server from now on. */
  moving: (id: ConnectionId) => Promise<void>;
  tested: (services: readonly ServiceCheck[]) => Promise<void>;
};

/** The services of the house, and the clients that speak with them. */
export function composeConnections({ db, http, events, secretsFor, clock }: Platform, above: Above) {
  const service = createConnectionsService({
    store: createConnectionStore(db),
    probers: createProbers(http),
    secrets: secretsFor('connections'),
    mapPath,
    isFile: (path) =>
      stat(path).then(
        (found) => found.isFile(),
        () => false,
      ),
    moving: above.moving,
    newId: shortId,
    clock,
  });

  /** Opens a connection for an adapter. The key is hidden from the log from the moment it is readable. */
  const target = async (id: ConnectionId) => {
    const opened = await service.target(id);
    if (!opened.ok) throw new Error(`connection ${id} cannot be used: ${opened.error.code}`);
    hideFromLogs(opened.value.key);
    hideFromLogs(splitCredentials(opened.value.key).password);
    return opened.value;
  };
  const enabled = async () => (await service.list()).filter((connection) => connection.enabled);

  const testAll = async () => {
    await service.testAll().finally(async () => {
      events.publish('services');
      await above.tested((await enabled()).flatMap(checkOf));
    });
  };

  return {
    service,
    enabled,
    /** Those that the library is read from. */
    librarySources: async () => (await enabled()).filter(({ kind }) => !isTorrentClient(kind)),
    states: async () =>
      (await enabled()).map(({ name, kind, health }) => ({ name, kind, ...stateOf(health) })),
    clients: createClients({ http, target, enabled }),
    jobs: connectionsJobs({ testAll }),
    api: [connectionsApi(service)],
  };
}

/** What a test of a service found; one that was never tested says nothing. */
function checkOf({ id, name, health }: Connection): ServiceCheck[] {
  if (health.state === 'untested') return [];
  return [
    { id, name, isUp: health.state !== 'offline', why: health.state === 'offline' ? health.why.code : null },
  ];
}

const stateOf = (health: Health): { state: string; why: string | null } => {
  if (health.state === 'offline') return { state: 'offline', why: health.why.code };
  return { state: health.state, why: health.state === 'degraded' ? health.why : null };
};
