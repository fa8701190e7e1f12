import { randomBytes } from 'node:crypto';
import { known, unknown } from '../../src/core/fact.ts';
import type { ConnectionId } from '../../src/core/ids.ts';
import { createCleanup } from '../../src/features/cleanup/server/index.ts';
import { isTorrentClient } from '../../src/features/connections/core/connection.ts';
import {
  createConnectionsService,
  createConnectionStore,
} from '../../src/features/connections/server/index.ts';
import { mapPath } from '../../src/features/library/core/paths.ts';
import {
  createDiskMeasuring,
  createLibraryLocks,
  createLibraryReader,
  createLibraryService,
  createRunStore,
  createSync,
  createSyncStore,
} from '../../src/features/library/server/index.ts';
import { createNotifications } from '../../src/features/notifications/server/index.ts';
import { createClients, createProbers, createSenders } from '../../src/server/compose/clients.ts';
import type { Http } from '../../src/server/platform/http.ts';
import { createSecrets } from '../../src/server/platform/secrets.ts';
import type { World } from '../../tools/simulators/world.ts';
import type { TestDatabase } from '../support/database.ts';

export type Program = ReturnType<typeof openProgram>;

export type ProgramDeps = {
  database: TestDatabase;
  http: Http;
  world: World;
  clock: { now: () => Date; pass: (ms: number) => void };
};

/** The parts as `server/compose` puts them together, without queue, pages and API; waiting only moves the clock. */
export function openProgram({ database, http, world, clock }: ProgramDeps) {
  const { db, pool } = database;
  let ids = 0;
  const newId = () => `id${String((ids += 1)).padStart(6, '0')}`;
  const secretKey = randomBytes(32);
  const lockFor = createLibraryLocks(pool);
  const reader = createLibraryReader(db);
  const connections = createConnectionsService({
    store: createConnectionStore(db),
    probers: createProbers(http),
    secrets: createSecrets(secretKey),
    mapPath,
    isFile: async (path) => world.storage.has(path),
    moving: (id) => reader.distrust(id),
    newId,
    clock,
  });
  const target = async (id: ConnectionId) => {
    const opened = await connections.target(id);
    if (!opened.ok) throw new Error(`connection ${id} cannot be used: ${opened.error.code}`);
    return opened.value;
  };
  const enabled = async () => (await connections.list()).filter((connection) => connection.enabled);
  const sourceList = async () => (await enabled()).filter(({ kind }) => !isTorrentClient(kind));
  const { sources, managers, restorers, askTags } = createClients({ http, target, enabled });
  const store = createSyncStore(db);
  const files = { freeSpace: async () => unknown('not-here') };
  const runs = createRunStore(db);
  const lock = lockFor('library.sync');
  const library = createLibraryService({
    reader,
    runs,
    sync: createSync({ store, runs, sources, sourceList, files, lock, clock }),
    sourceList,
    sources,
    startSync: async () => undefined,
    clock,
    newId,
  });
  const notifications = createNotifications({
    db,
    senders: createSenders(http),
    secrets: createSecrets(secretKey, 'notifications'),
    hide: () => undefined,
    knownPeople: async () => [],
    keep: (wish) => cleanup.keeping.askByLink(wish),
    wake: async () => undefined,
    mayTry: () => true,
    origin: null,
    newId,
    newToken: () => randomBytes(32).toString('base64url'),
    clock,
    log: { warn: () => undefined },
  });
  const cleanup = createCleanup({
    db,
    library,
    managers,
    restorers,
    connections: connections.list,
    askTags,
    measureDisks: createDiskMeasuring({ store, sources, sourceList, files, clock }),
    growth: async () => new Map(),
    breathe: async () => undefined,
    keepDays: notifications.settings.keepDays,
    exists: async () => unknown('not-mounted'),
    lookAt: async (path) => {
      const seen = world.storage.lookAt(path);
      return known(seen && { ...seen, changedAtMs: 0 });
    },
    lockFor: (holder) => lockFor(holder).run,
    requestPlan: async () => undefined,
    timetable: { saved: async () => undefined, removed: async () => undefined },
    changed: () => undefined,
    tell: notifications.tell,
    time: {
      now: clock.now,
      pause: async (ms) => {
        clock.pass(ms);
        await world.settle();
      },
    },
    newId,
    log: { info: () => undefined, warn: () => undefined },
  });
  return { connections, library, reader, notifications, ...cleanup };
}
