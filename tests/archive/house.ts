import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPatreon, type PatreonSimulator } from '#tools/simulators/patreon/start.ts';
import type { Patronage } from '#tools/seed/patreon/patronage.ts';
import { simulatedPatreon } from '../../src/server/sources/harness.fake.ts';
import type { Database } from '../../src/server/platform/db.ts';
import { readArchived } from './archived.ts';
import { composeArchive } from './composition.ts';
import { createPatientQueue } from './patient-queue.ts';
import { BEGINNING } from './world.ts';

const TABLES =
  'archive_sources, archive_creators, archive_posts, archive_media_files, archive_media_store, archive_sync_runs, enrichment_derivatives';

export type HouseOptions = {
  timeoutMs?: number;
  /** The page of a list has been written down, or something else that shows. */
  changed?: (house: { patreon: PatreonSimulator }) => void;
};

export type ArchiveHouse = Awaited<ReturnType<typeof openArchiveHouse>>;

/** A simulated Patreon over HTTP and an empty archive that is signed in to it: one clock, one database, one folder. */
export async function openArchiveHouse(
  database: Pick<Database, 'db' | 'pool'>,
  patronage: Patronage,
  { timeoutMs, changed }: HouseOptions = {},
) {
  await database.pool.query(`truncate ${TABLES} cascade`);
  const base = await mkdtemp(join(tmpdir(), 'keepercheky-archive-'));
  const folder = join(base, 'media');
  let at = BEGINNING.getTime();
  const now = () => new Date(at);
  const patreon = await startPatreon(patronage, { now, mediaFolder: join(base, 'made') });
  patreon.house.settings.session.expiresAt = at + 400 * 86_400_000;
  const jobs = createPatientQueue(now);
  const plugin = simulatedPatreon(patreon, { now, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const { archive, media } = composeArchive({
    ...{ db: database.db, queue: jobs.queue, folder, plugin, now },
    changed: () => changed?.({ patreon }),
  });
  const added = await archive.sources.add({
    plugin: 'patreon',
    credentials: { session_id: patreon.cookie },
    settings: { ...plugin.defaultSettings, pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 } },
    cron: '0 5 * * *',
    timeZone: 'UTC',
  });
  if (!added.ok) throw new Error(added.error.code);
  const { id } = added.value;
  jobs.forget(); // each test says itself when the first sync begins

  return {
    id: id,
    archive,
    media,
    jobs,
    patreon,
    folder,
    now,
    later: (ms: number) => void (at += ms),
    archived: () => readArchived(database, folder),

    /** A sync and all that follows from it now. Gives how its run ended, and how its source stands. */
    async sync() {
      await archive.sources.sync(id, 'Ana');
      await jobs.drain();
      return this.standing();
    },

    async standing() {
      const [run] = await archive.runs.list({ sourceId: id, limit: 1 });
      const source = await archive.sources.find(id);
      if (!source.ok) throw new Error(source.error.code);
      return { run: run?.outcome, counts: run?.counts, source: source.value.state };
    },

    async close() {
      archive.close();
      await patreon.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}
