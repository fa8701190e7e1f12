import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { inArray } from 'drizzle-orm';
import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { Exclusion } from '#features/cleanup/core/judging/verdict.ts';
import { silentLog } from '#features/cleanup/server/execution/execution.fake.ts';
import { cleanupExclusions } from '#features/cleanup/server/planning/planning.tables.ts';
import { createRemovalStore } from '#features/cleanup/server/execution/removals.store.ts';
import { createKeepByHand } from '#features/cleanup/server/restore/restore.keep.ts';
import { createRestoreSaga } from '#features/cleanup/server/restore/restore.saga.ts';
import { createRestoreService } from '#features/cleanup/server/restore/restore.service.ts';
import { createRestoreStore } from '#features/cleanup/server/restore/restore.store.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import { createRadarrRestorer } from '../../src/server/adapters/radarr/title-restorer.ts';
import { createSonarrRestorer } from '../../src/server/adapters/sonarr/title-restorer.ts';
import { openDb, withLock, type Db } from '../../src/server/platform/db.ts';
import { createHttp } from '../../src/server/platform/http.ts';
import { deathRow } from './death-row.ts';
import { radarrId, sonarrId } from './scene.ts';

/** Goes on with every restore that is written down; `dieAt` null is to the end. */
export type RestoreCommand = {
  databaseUrl: string;
  services: Record<'radarr' | 'sonarr', ConnectionTarget>;
  dieAt: number | null;
};

/** The simulators are done with their tasks in less. */
const LONGEST_PAUSE_MS = 60;

async function obey({ databaseUrl, services, dieAt }: RestoreCommand): Promise<readonly string[]> {
  const { calls, mortal } = deathRow(dieAt ?? 0);
  const opened = await openDb({ databaseUrl }, { maxConnections: 3 });
  if (!opened.ok) throw new Error(opened.error.code);
  const { db, pool, close } = opened.value;
  const http = createHttp();
  const open = new Map<ConnectionId, ReturnType<typeof createRadarrRestorer>>([
    [radarrId, mortal(createRadarrRestorer(http, services.radarr))],
    [sonarrId, mortal(createSonarrRestorer(http, services.sonarr))],
  ]);
  const restorers = async (id: ConnectionId) => open.get(id) ?? null;
  const restores = mortal(createRestoreStore(db));
  const time = {
    now: () => new Date(),
    pause: (ms: number) => wait(Math.min(ms, LONGEST_PAUSE_MS)),
  };
  const { keep } = mortal({ keep: createKeepByHand(exclusionsIn(db), time, () => undefined) });
  const service = createRestoreService({
    restores,
    removals: createRemovalStore(db),
    restorers,
    saga: createRestoreSaga({ restores, restorers, keepByHand: keep, time }),
    lock: (work) => withLock(pool, 'library', work),
    time,
    newId: () => crypto.randomUUID(),
    log: silentLog,
  });
  const done = await service.resume(new AbortController().signal);
  await close();
  if (!done.ok) throw new Error(done.error.code);
  return calls;
}

/** Only what keeping by hand needs: the store itself brings the posters along, and those a native library. */
const exclusionsIn = (db: Db) => ({
  of: (ids: readonly ItemId[]) =>
    db
      .select()
      .from(cleanupExclusions)
      .where(inArray(cleanupExclusions.itemId, [...ids])),
  save: async (exclusion: Exclusion) => void (await db.insert(cleanupExclusions).values(exclusion)),
});

for await (const line of createInterface({ input: process.stdin })) {
  const calls = await obey(JSON.parse(line) as RestoreCommand);
  process.stdout.write(`${JSON.stringify(calls)}\n`);
}
