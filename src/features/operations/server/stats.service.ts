/** The numbers of the whole house, each asked of the feature that knows it. */
export type StatsSources = {
  library: () => Promise<{ kind: string; items: number; bytes: number }[]>;
  disks: () => Promise<{ path: string; freeBytes: number | null; totalBytes: number | null }[]>;
  leaving: () => Promise<{ sizeBytes: number | null; dueAt: Date }[]>;
  lastSync: () => Promise<{ state: string; finishedAt: Date | null } | null>;
  lastRun: () => Promise<{ id: string; mode: string; outcome: object; endedAt: Date | null } | null>;
  services: () => Promise<{ name: string; kind: string; state: string; why: string | null }[]>;
};

export function createStatsService(sources: StatsSources) {
  return {
    async read() {
      const [library, disks, leaving, lastSync, lastRun, services] = await Promise.all([
        sources.library(),
        sources.disks(),
        sources.leaving(),
        sources.lastSync(),
        sources.lastRun(),
        sources.services(),
      ]);
      return {
        library,
        disks,
        leaving: {
          items: leaving.length,
          bytes: leaving.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
          next: leaving[0]?.dueAt.toISOString() ?? null,
        },
        lastSync: lastSync && {
          state: lastSync.state,
          finishedAt: lastSync.finishedAt?.toISOString() ?? null,
        },
        lastRun: lastRun && {
          id: lastRun.id,
          mode: lastRun.mode,
          outcome: lastRun.outcome,
          endedAt: lastRun.endedAt?.toISOString() ?? null,
        },
        services: services.map(({ kind, state, name, why }) => ({ kind, name, state, why })),
      };
    },
  };
}

export type StatsService = ReturnType<typeof createStatsService>;
