import type { SyncRun } from './runs.ports.ts';
import type { RunStore } from './store.ports.ts';

export const aRun = (over: Partial<SyncRun> = {}): SyncRun => ({
  id: 'run-1' as SyncRun['id'],
  state: 'queued',
  acceptShrink: false,
  requestedAt: new Date('2026-01-01T00:00:00Z'),
  startedAt: null,
  finishedAt: null,
  aliveAt: new Date('2026-01-01T00:00:00Z'),
  progress: null,
  results: [],
  ...over,
});

export function fakeRuns(): RunStore {
  const runs = new Map<string, SyncRun>();
  const change = (id: SyncRun['id'], over: Partial<SyncRun>) => {
    const run = runs.get(id);
    if (run) runs.set(id, { ...run, ...over });
  };
  const newest = (a: SyncRun, b: SyncRun) =>
    b.requestedAt.getTime() - a.requestedAt.getTime() || (a.id < b.id ? 1 : -1);
  return {
    add: async (run) => void runs.set(run.id, run),
    saveProgress: async (id, progress, at) => change(id, { progress, aliveAt: at }),
    start: async (id, at) => change(id, { state: 'running', startedAt: at, aliveAt: at }),
    finish: async (id, { state, at, results }) => change(id, { state, finishedAt: at, aliveAt: at, results }),
    find: async (id) => runs.get(id) ?? null,
    list: async (limit) => [...runs.values()].sort(newest).slice(0, limit),
    interruptOthers: async (id, at) => {
      for (const run of runs.values()) {
        if (run.state === 'running' && run.id !== id)
          change(run.id, { state: 'interrupted', finishedAt: at });
      }
    },
  };
}
