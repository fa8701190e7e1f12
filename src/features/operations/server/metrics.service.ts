import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { HealthReport } from './health.service.ts';

export type LibraryNumbers = { kind: string; items: number; bytes: number }[];
export type DiskNumbers = { path: string; freeBytes: number | null; totalBytes: number | null }[];

type Deps = {
  health: () => Promise<HealthReport>;
  library: () => Promise<LibraryNumbers>;
  disks: () => Promise<DiskNumbers>;
};

/** Prometheus text, measured at the moment of asking; nothing is counted in between. */
export function createMetricsService({ health, library, disks }: Deps) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'keepercheky_' });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `keepercheky_${name}`, help, labelNames, registers: [registry] });

  const up = gauge(
    'up',
    '1 when everything works, 0.5 when something outside does not, 0 when the program does not',
  );
  const serviceUp = gauge('service_up', '1 when the service answers', ['kind', 'name']);
  const jobs = gauge('jobs', 'Jobs by state', ['state']);
  const items = gauge('library_items', 'Items in the library', ['kind']);
  const bytes = gauge('library_bytes', 'Bytes of the files in the library', ['kind']);
  const free = gauge('disk_free_bytes', 'Free bytes of a media disk', ['path']);
  const total = gauge('disk_total_bytes', 'Size of a media disk', ['path']);

  return {
    contentType: registry.contentType,
    async text(): Promise<string> {
      const [report, counts, spaces] = await Promise.all([health(), library(), disks()]);
      up.set({ ok: 1, degraded: 0.5, failed: 0 }[report.status]);
      serviceUp.reset();
      for (const { kind, name, state } of report.services)
        serviceUp.set({ kind, name }, state === 'offline' ? 0 : 1);
      for (const state of ['waiting', 'active', 'failed'] as const)
        jobs.set({ state }, report.queue[state] ?? 0);
      for (const row of counts) {
        items.set({ kind: row.kind }, row.items);
        bytes.set({ kind: row.kind }, row.bytes);
      }
      free.reset();
      total.reset();
      for (const { path, freeBytes, totalBytes } of spaces) {
        if (freeBytes !== null) free.set({ path }, freeBytes);
        if (totalBytes !== null) total.set({ path }, totalBytes);
      }
      return registry.metrics();
    },
  };
}
