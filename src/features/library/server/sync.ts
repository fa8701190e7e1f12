import type { RunId } from '#core/ids.ts';
import { err, type Result } from '#core/result.ts';
import type { Clock, LibraryBusy, LibraryLock } from './ports.ts';
import type { Progress, SyncRun } from './runs.ports.ts';
import type { RunStore, SyncStore } from './store.ports.ts';
import type { Report } from './sync/drain.ts';
import { createRelink } from './sync/relink.ts';
import { createReplacing, type ReplacingDeps } from './sync/replace.ts';

export type SyncDeps = ReplacingDeps & { store: SyncStore; runs: RunStore; lock: LibraryLock };

/** Reads every service that is switched on. Answers `library.busy` when a plan or a removal has the library. */
export function createSync({ store, runs, lock, ...reading }: SyncDeps) {
  const { clock } = reading;
  const relink = createRelink();
  const replace = createReplacing(reading, relink);

  return async function sync(
    run: SyncRun,
    signal?: AbortSignal,
  ): Promise<Result<SyncRun['state'], LibraryBusy>> {
    const done = await lock.run(async () => {
      await runs.interruptOthers(run.id, clock.now());
      await runs.start(run.id, clock.now());
      try {
        const wish = { acceptShrink: run.acceptShrink, report: reporter(runs, run.id, clock, signal) };
        const { results, linked } = await store.write((writer) => replace(writer, wish));
        relink.remember(linked);
        const failures = results.filter((result) => result.problem).length;
        const state = failures === 0 ? 'done' : failures === results.length ? 'failed' : 'partial';
        await runs.finish(run.id, { state, at: clock.now(), results });
        return state;
      } catch (problem) {
        // A program that is stopping leaves the run to the queue, which brings its job back.
        const state = signal?.aborted ? 'interrupted' : 'failed';
        await runs.finish(run.id, { state, at: clock.now(), results: [] });
        throw problem;
      }
    });
    if (!done.ok) await runs.finish(run.id, { state: 'busy', at: clock.now(), results: [] });
    return done.ok ? done : err(done.error);
  };
}

/** A page looks once a second; more would be work for nobody. */
const REPORT_EVERY_MS = 1_000;

/** Between two batches is also where a stopping program may leave: the transaction is undone. */
function reporter(runs: RunStore, id: RunId, clock: Clock, signal?: AbortSignal): Report {
  let last: { at: number; step: Progress['step'] } | null = null;
  return async (progress) => {
    signal?.throwIfAborted();
    const now = clock.now();
    if (last && last.step === progress.step && now.getTime() - last.at < REPORT_EVERY_MS) return;
    last = { at: now.getTime(), step: progress.step };
    await runs.saveProgress(id, progress, now);
  };
}
