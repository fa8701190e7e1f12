import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { known, unknown } from '#core/fact.ts';
import type { ConnectionId, PolicyId } from '#core/ids.ts';
import { ok } from '#core/result.ts';
import {
  aPlanOf,
  aPolicy,
  assembleExecution,
  fakePlanning,
} from '#features/cleanup/server/execution/execution.fake.ts';
import type { Managers } from '#features/cleanup/server/ports.ts';
import type { SeenFile } from '#features/cleanup/core/removal/torrent.ts';
import { createTorrentHands } from '#features/cleanup/server/execution/removal.torrents.ts';
import type { TorrentLookDeps } from '#features/cleanup/server/execution/torrents.look.ts';
import { createRemovalStore } from '#features/cleanup/server/execution/removals.store.ts';
import type { Guards } from '#features/cleanup/server/execution/runs.ports.ts';
import { createRunStore } from '#features/cleanup/server/execution/runs.store.ts';
import { createJellyfinShelf } from '../../src/server/adapters/jellyfin/shelf.ts';
import { createRadarrManager } from '../../src/server/adapters/radarr/media-manager.ts';
import { createQbittorrentClient } from '../../src/server/adapters/qbittorrent/torrent-client.ts';
import { createSeerrManager } from '../../src/server/adapters/seerr/request-manager.ts';
import { createSonarrManager } from '../../src/server/adapters/sonarr/media-manager.ts';
import { openDb, withLock } from '../../src/server/platform/db.ts';
import { createHttp } from '../../src/server/platform/http.ts';
import { deathRow } from './death-row.ts';
import { qbittorrentId, radarrId, sonarrId, type Scene } from './scene.ts';

export type Command = { databaseUrl: string; scene: Scene } & (
  { is: 'run'; dieAt: number } | { is: 'resume' }
);

/** The longest wait between two looks; the simulators are done with their disks in less. */
const LONGEST_PAUSE_MS = 60;

async function obey(command: Command): Promise<readonly string[]> {
  const { calls, mortal } = deathRow(command.is === 'run' ? command.dieAt : 0);
  const opened = await openDb({ databaseUrl: command.databaseUrl }, { maxConnections: 3 });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, pool, close } = opened.value;
  const { targets } = command.scene;
  const policy = { ...aPolicy(), torrents: { remove: true, minRatio: 1, minSeedDays: null } };
  const planning = fakePlanning(policy, aPlanOf(targets));
  const removals = mortal(createRemovalStore(db));
  const managers = managersOf(command.scene, mortal);
  const look = diskOf(command.scene);
  const { execution } = assembleExecution({
    stores: { runs: mortal(createRunStore(db)), removals },
    services: {
      managers,
      guards: mortal(nobodyMinds),
      library: mortal(library),
      torrents: createTorrentHands({ managers, removals, ...look }),
    },
    planning: mortal(planning),
    targets,
    time: { now: () => new Date(), pause: (ms) => wait(Math.min(ms, LONGEST_PAUSE_MS)) },
    lock: (work) => withLock(pool, 'library', work),
    newId: () => crypto.randomUUID(),
  });
  const alive = new AbortController().signal;
  const done =
    command.is === 'run'
      ? await execution.run('policy-1' as PolicyId, { startedBy: 'schedule', byName: null }, alive)
      : await execution.resume(alive);
  await close();
  if (!done.ok) throw new Error(done.error.code);
  return calls;
}

const nobodyMinds: Guards = {
  excludedByHand: async () => false,
  playingNow: async () => ok(known(false)),
  folderIsShared: async () => false,
};

const library = {
  forget: async () => undefined,
  translatePaths: async (_from: ConnectionId, _to: ConnectionId, paths: readonly string[]) => paths,
  anyOnDisk: async () => unknown('not-mounted'),
};

/** The simulated disk is in another process, and asked as one would ask a file system. */
const diskOf = ({ services, targets }: Scene): TorrentLookDeps => ({
  lookAt: async (path) => {
    const answer = await fetch(`${services.qbittorrent.url}/disk?path=${encodeURIComponent(path)}`);
    const found = (await answer.json()) as Omit<SeenFile, 'changedAtMs'> | null;
    return known(found && { ...found, changedAtMs: 0 });
  },
  ownPaths: {
    ofConnection: async (_id, paths) => paths,
    rootFolders: async () =>
      targets.map(({ identity }) => identity.path.slice(0, identity.path.lastIndexOf('/'))),
  },
});

function managersOf({ services }: Scene, mortal: <T extends object>(port: T) => T): Managers {
  const http = createHttp();
  const managers = new Map([
    [
      radarrId,
      {
        manager: mortal(createRadarrManager(http, services.radarr)),
        url: services.radarr.url,
        ofThisKind: 2,
      },
    ],
    [
      sonarrId,
      {
        manager: mortal(createSonarrManager(http, services.sonarr)),
        url: services.sonarr.url,
        ofThisKind: 1,
      },
    ],
  ]);
  const torrents = mortal(createQbittorrentClient(http, services.qbittorrent));
  const seerr = mortal(createSeerrManager(http, services.seerr));
  const jellyfin = mortal(createJellyfinShelf(http, services.jellyfin));
  return {
    mediaManager: async (id) => managers.get(id) ?? null,
    requestManagers: async () => [{ connectionId: 'seerr001' as ConnectionId, manager: seerr }],
    torrentClients: async () => [{ connectionId: qbittorrentId, name: 'qBittorrent', client: torrents }],
    shelves: async () => [{ connectionId: 'jelly001' as ConnectionId, shelf: jellyfin }],
    linkLibraries: async () => [],
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const calls = await obey(JSON.parse(line) as Command);
  process.stdout.write(`${JSON.stringify(calls)}\n`);
}
