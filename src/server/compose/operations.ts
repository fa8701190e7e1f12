import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { queueNames } from '#core/queues.ts';
import {
  createHealthService,
  createJobsService,
  createLogFiles,
  createMetricsService,
  createStatsService,
  edgeApi,
  eventsApi,
  jobsApi,
  operationsApi,
  operationsJobs,
  statsApi,
} from '#features/operations/server/index.ts';
import type { Accounts } from './accounts.ts';
import type { Archive } from './archive.ts';
import type { Cleanup } from './cleanup.ts';
import type { Connections } from './connections.ts';
import type { Enrichment } from './enrichment.ts';
import type { Library } from './library.ts';
import type { Platform } from './platform.ts';

type Below = {
  accounts: Accounts;
  connections: Connections;
  library: Library;
  cleanup: Cleanup;
  archive: Archive;
  enrichment: Enrichment;
};

/** How the program itself is doing, and the numbers of the whole house. */
export function composeOperations(platform: Platform, below: Below) {
  const { events, queue } = platform;
  const { service: library } = below.library;
  const disks = disksOf(library);

  const logs = createLogFiles(join(platform.config.DATA_DIR, 'logs'));
  const health = createHealthService({
    version: platform.version,
    startedAt: platform.startedAt,
    clock: platform.clock,
    vitals: vitalsOf(platform, below),
  });
  const metrics = createMetricsService({ health: health.report, library: library.totals, disks });
  const stats = createStatsService({
    library: library.totals,
    disks,
    leaving: below.cleanup.planning.leaving,
    lastSync: library.lastSync,
    lastRun: async () => (await below.cleanup.runs.list({ limit: 1, before: null }))[0] ?? null,
    services: below.connections.states,
  });
  const jobDesk = createJobsService({
    desk: queue.desk,
    known: queue.known,
    elsewhere: platform.servedQueues.length < queueNames.length,
    log: platform.logOf('jobs'),
  });

  return {
    health,
    jobDesk,
    logs,
    jobs: Object.values(operationsJobs(jobDesk)),
    /** /health and /metrics, which stand outside the API. */
    edge: edgeApi({ health: health.report, metrics, whoIs: below.accounts.service.whoIs }),
    api: [statsApi(stats), operationsApi(logs), jobsApi(jobDesk), eventsApi(events)],
  };
}

const vitalsOf = (
  { pool, queue, config: { DATA_DIR } }: Platform,
  { connections, archive, enrichment }: Below,
): Parameters<typeof createHealthService>[0]['vitals'] => ({
  database: async () => void (await pool.query('select 1')),
  queue: async () => sumOf(Object.values(await queue.desk.counts())),
  disk: async () => {
    const { bavail, bsize, blocks } = await statfs(DATA_DIR);
    return { path: DATA_DIR, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  },
  media: archive.media.storage.vital,
  enrichment: enrichment.service.vital,
  services: connections.states,
});

const disksOf = (library: Library['service']) => async () =>
  (await library.disks()).map(({ path, freeBytes, totalBytes }) => ({
    path,
    freeBytes: freeBytes.known ? freeBytes.value : null,
    totalBytes: totalBytes.known ? totalBytes.value : null,
  }));

const sumOf = (counts: readonly { waiting: number; active: number; failed: number }[]) =>
  counts.reduce(
    (sum, one) => ({
      waiting: sum.waiting + one.waiting,
      active: sum.active + one.active,
      failed: sum.failed + one.failed,
    }),
    { waiting: 0, active: 0, failed: 0 },
  );
