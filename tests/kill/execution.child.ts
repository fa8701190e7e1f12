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
} from '#features/cleanup/server/execution.fake.ts';
import type { Managers } from '#features/cleanup/server/ports.ts';
import { createRemovalStore } from '#features/cleanup/server/removals.store.ts';
import type { Guards } from '#features/cleanup/server/runs.ports.ts';
import { createRunStore } from '#features/cleanup/server/runs.store.ts';
import { createJellyfinShelf } from '../../src/server/adapters/jellyfin/shelf.ts';
import { createRadarrManager } from '../../src/server/adapters/radarr/media-manager.ts';
import { createSeerrManager } from '../../src/server/adapters/seerr/request-manager.ts';
import { createSonarrManager } from '../../src/server/adapters/sonarr/media-manager.ts';
import { openDb, withLock } from '../../src/server/platform/db.ts';
import { createHttp } from '../../src/server/platform/http.ts';
import { radarrId, sonarrId, type Scene } from './scene.ts';

export type Command = { databaseUrl: string; scene: Scene } & (
  { is: 'run'; dieAt: number } | { is: 'resume' }
);

/** The longest wait between two looks; the simulators are done with their disks in less. */
const LONGEST_PAUSE_MS = 60;

/** Counts every call to a port and ends this process, without any goodbye, before the one it was told. */
function deathRow(dieAt: number) {
  const calls: string[] = [];
  const mortal = <T extends object>(port: T): T =>
    Object.fromEntries(
      Object.entries(port).map(([name, call]: [string, (...args: unknown[]) => unknown]) => [
        name,
        (...args: unknown[]) => {
          calls.push(name);
          if (calls.length === dieAt) process.kill(process.pid, 'SIGKILL');
          return call(...args);
        },
      ]),
    ) as T;
  return { calls, mortal };
}

async function obey(command: Command): Promise<readonly string[]> {
  const { calls, mortal } = deathRow(command.is === 'run' ? command.dieAt : 0);
  const opened = await openDb({ databaseUrl: command.databaseUrl }, { maxConnections: 3 });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, pool, close } = opened.value;
  const { targets } = command.scene;
  const planning = fakePlanning(aPolicy(), aPlanOf(targets));
  const { execution } = assembleExecution({
    stores: { runs: mortal(createRunStore(db)), removals: mortal(createRemovalStore(db)) },
    services: {
      managers: managersOf(command.scene, mortal),
      guards: mortal(nobodyMinds),
      library: mortal(library),
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
  const seerr = mortal(createSeerrManager(http, services.seerr));
  const jellyfin = mortal(createJellyfinShelf(http, services.jellyfin));
  return {
    mediaManager: async (id) => managers.get(id) ?? null,
    requestManagers: async () => [{ connectionId: 'seerr001' as ConnectionId, manager: seerr }],
    shelves: async () => [{ connectionId: 'jelly001' as ConnectionId, shelf: jellyfin }],
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const calls = await obey(JSON.parse(line) as Command);
  process.stdout.write(`${JSON.stringify(calls)}\n`);
}
