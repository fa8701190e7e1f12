import type { RunId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { isPlaySource } from '#features/connections/core/connection.ts';
import { isFresh } from '../core/freshness.ts';
import type { Clock, LibraryBusy, NewId, SourceList, StartSync } from './ports.ts';
import type { SyncRun } from './runs.ports.ts';
import type { LibraryReader, RunStore } from './store.ports.ts';
import type { createSync } from './sync.ts';

export type SyncRunsDeps = {
  reader: Pick<LibraryReader, 'sources'>;
  runs: RunStore;
  sync: ReturnType<typeof createSync>;
  sourceList: SourceList;
  startSync: StartSync;
  clock: Clock;
  newId: NewId;
};

/** A sync that has not been heard of for this long has died with its process, or its job was lost. */
const DEAD_AFTER_MS = 10 * 60_000;
const RUNS_SHOWN = 50;
const FRESH_FOR_A_RUN_MS = 30 * 60_000;

/** When the services are read, and what is written down of it. */
export function createSyncRuns({ reader, runs, sync, sourceList, startSync, clock, newId }: SyncRunsDeps) {
  const newRun = (acceptShrink: boolean, now: Date): SyncRun => ({
    id: newId() as RunId,
    state: 'queued',
    acceptShrink,
    requestedAt: now,
    startedAt: null,
    finishedAt: null,
    aliveAt: now,
    progress: null,
    results: [],
  });

  return {
    /** Writes the run down and puts its job into the queue; refused while another one waits or runs. */
    async requestSync({ acceptShrink }: { acceptShrink: boolean }): Promise<Result<SyncRun, LibraryBusy>> {
      const now = clock.now();
      const alive = (run: SyncRun) => now.getTime() - run.aliveAt.getTime() < DEAD_AFTER_MS;
      const active = (await runs.list(RUNS_SHOWN)).some(
        (run) => (run.state === 'queued' || run.state === 'running') && alive(run),
      );
      if (active) return err({ code: 'library.busy', holder: 'library.sync' });
      const run = newRun(acceptShrink, now);
      await runs.add(run);
      await startSync(run.id);
      return ok(run);
    },

    /** The job. Without an id it is the time table that asks. A job that comes twice finds its run ended. */
    async runSync(id: RunId | null, signal?: AbortSignal): Promise<void> {
      const asked = id === null ? null : await runs.find(id);
      if (asked && hasEnded(asked)) return;
      const run = asked ?? newRun(false, clock.now());
      if (!asked) await runs.add(run);
      await sync(run, signal);
    },

    /**
     * Reads the services again unless all of them were read within the last half hour. Due before a run: who marks a film
     * as a favourite, or watches it, because it leaves tonight must be heard (J-116). What cannot be read stops the run,
     * but for a play source, which can only protect: it is enough that it was asked.
     */
    async freshen(signal?: AbortSignal): Promise<void> {
      const [list, rows] = await Promise.all([sourceList(), reader.sources()]);
      const now = clock.now();
      const readAt = new Map(
        rows.map((row) => [row.connectionId, isPlaySource(row.kind) ? row.lastAttemptAt : row.lastSuccessAt]),
      );
      if (list.every(({ id }) => isFresh(readAt.get(id) ?? null, now, FRESH_FOR_A_RUN_MS))) return;
      const run = newRun(false, now);
      await runs.add(run);
      await sync(run, signal);
    },

    listSyncs: () => runs.list(RUNS_SHOWN),

    async findSync(id: RunId): Promise<Result<SyncRun, { code: 'library.sync-not-found' }>> {
      const run = await runs.find(id);
      return run ? ok(run) : err({ code: 'library.sync-not-found' });
    },

    lastSync: async (): Promise<SyncRun | null> => (await runs.list(1))[0] ?? null,
  };
}

/** A run that was interrupted, or that still says it runs when its job comes back, is read again: nothing was kept of it. */
const hasEnded = ({ state }: SyncRun): boolean => !['queued', 'running', 'interrupted'].includes(state);
