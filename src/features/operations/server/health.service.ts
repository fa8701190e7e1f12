import type { EnrichmentVital, MediaVital, ServiceHealth, Vitals } from './ports.ts';

type Part = { state: 'ok' } | { state: 'failed'; why: string };

export type HealthReport = {
  /** `ok`: everything works. `degraded`: the program works and something outside does not. `failed`: it does not. */
  status: 'ok' | 'degraded' | 'failed';
  version: string;
  uptimeSeconds: number;
  database: Part;
  queue: Part & { waiting?: number; active?: number; failed?: number };
  disk: Part & { freeBytes?: number | null; totalBytes?: number | null };
  /** The folder of the archive. */
  media: Part & {
    path?: string;
    freeBytes?: number | null;
    totalBytes?: number | null;
    damaged?: number;
    waiting?: number;
  };
  enrichment: Part & { failed?: number; waiting?: number; missing?: readonly string[] };
  services: ServiceHealth[];
};

const ANSWER_WITHIN_MS = 3000;
/** A data folder on a disk with less than this is about to stop the database. */
const LOW_DISK_BYTES = 500_000_000;

export function createHealthService({
  vitals,
  version,
  startedAt,
  clock,
}: {
  vitals: Vitals;
  version: string;
  startedAt: Date;
  clock: { now(): Date };
}) {
  return {
    async report(): Promise<HealthReport> {
      const [database, queue, disk, media, enrichment, services] = await Promise.all([
        probe(vitals.database().then(() => ({}))),
        probe(vitals.queue()),
        probe(vitals.disk().then(refuseLowDisk)),
        probe(vitals.media().then(refuseBadStore)),
        probe(vitals.enrichment().then(refuseMissingProgram)),
        vitals.services().catch(() => []),
      ]);
      const failed = database.state === 'failed' || queue.state === 'failed';
      const degraded =
        disk.state === 'failed' ||
        media.state === 'failed' ||
        enrichment.state === 'failed' ||
        services.some((service) => service.state === 'offline');
      return {
        status: failed ? 'failed' : degraded ? 'degraded' : 'ok',
        version,
        uptimeSeconds: Math.round((clock.now().getTime() - startedAt.getTime()) / 1000),
        database,
        queue,
        disk,
        media,
        enrichment,
        services,
      };
    },
  };
}

function refuseLowDisk(space: Awaited<ReturnType<Vitals['disk']>>) {
  if (space.freeBytes !== null && space.freeBytes < LOW_DISK_BYTES) throw new Error('less than 500 MB free');
  return { freeBytes: space.freeBytes, totalBytes: space.totalBytes };
}

/** `why` is a code: `no-folder`, `no-mark` …, `low` or `damaged`. */
function refuseBadStore({ state, why, damaged, waiting, ...space }: MediaVital) {
  if (state === 'missing') throw new Error(why ?? 'missing');
  if (state === 'low' && waiting > 0) throw new Error('low');
  if (damaged > 0) throw new Error('damaged');
  return { ...space, damaged, waiting };
}

/** A household without films does not miss ffmpeg: only what waits for a program makes it a fault. */
function refuseMissingProgram({ missing, waiting, ...counts }: EnrichmentVital) {
  if (waiting > 0 && missing.length > 0) throw new Error(`${waiting} wait for ${missing.join(', ')}`);
  return { ...counts, waiting, missing };
}

/** A part that does not answer is a failed part, not a health page that hangs. */
async function probe<T extends object>(
  answer: Promise<T>,
): Promise<({ state: 'ok' } & T) | { state: 'failed'; why: string }> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('did not answer in 3 s')), ANSWER_WITHIN_MS);
  try {
    return { state: 'ok', ...(await Promise.race([answer, late])) };
  } catch (problem) {
    return { state: 'failed', why: problem instanceof Error ? problem.message : String(problem) };
  } finally {
    clearTimeout(timer);
  }
}
