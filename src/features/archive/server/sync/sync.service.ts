import type { SourceId, SyncRunId } from '#core/ids.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import { effectOf } from '../../core/stopping.ts';
import type { StoredSyncOutcome } from '../schemas.ts';
import type { OpenedSource, OpenProblem, OpenSource } from '../sources/opener.ts';
import type { CreatorStore } from '../sources/sources.ports.ts';
import type { createListing } from './listing.service.ts';
import type { ListingStore } from './listing.store.ts';
import {
  noCounts,
  type Clock,
  type KeepPictures,
  type SyncCreator,
  type SyncRun,
  type SyncRunStore,
} from './sync.ports.ts';

export type SyncDeps = {
  runs: SyncRunStore;
  creators: Pick<CreatorStore, 'save'>;
  store: Pick<ListingStore, 'creators' | 'resume'>;
  listing: ReturnType<typeof createListing>;
  saveCollections: (creator: SyncCreator, told: CollectionsTold) => Promise<void>;
  keepPictures: KeepPictures;
  openSource: OpenSource;
  changed: () => void;
  newId: () => string;
  clock: Clock;
};

type CollectionsTold = Extract<
  Awaited<ReturnType<OpenedSource['source']['collections']>>,
  { ok: true }
>['value'];

export type SyncContext = {
  signal: AbortSignal;
  progress: (progress: { done: number; total?: number | null; text?: string }) => void;
};

export type SyncEnd = StoredSyncOutcome | { is: 'not-openable'; problem: OpenProblem };

/** Reads who there is and what they published since, and leaves the posts themselves to jobs of their own. */
export function createSyncService(deps: SyncDeps) {
  const { runs, store, listing, clock } = deps;

  async function syncCreator(
    opened: OpenedSource,
    creator: SyncCreator,
    run: SyncRun,
    { signal, progress }: SyncContext,
  ): Promise<SourceProblem | null> {
    let done = 0;
    const listed = (more: number, total: number | null) => {
      done += more;
      progress({ done, total, text: creator.name });
      deps.changed();
    };
    const context = { runId: run.id, signal, listed };
    const { capabilities } = opened.plugin;
    const problem = await listing.posts(opened, creator, context);
    if (problem) return problem;
    if (capabilities.includes('products')) {
      const ofProducts = await listing.products(opened, creator, context);
      if (ofProducts) return ofProducts;
    }
    if (!capabilities.includes('collections')) return null;
    const told = await opened.source.collections(creator.externalId, signal);
    if (!told.ok) return told.error;
    await deps.saveCollections(creator, told.value);
    return null;
  }

  async function syncAll(
    opened: OpenedSource,
    run: SyncRun,
    context: SyncContext,
  ): Promise<StoredSyncOutcome> {
    const { source, stored } = opened;
    const stop = (problem: SourceProblem, creator: string | null = null): StoredSyncOutcome => ({
      is: 'stopped',
      problem,
      creator,
    });
    const told = await source.creators(context.signal);
    if (!told.ok) return stop(told.error);
    await deps.creators.save(stored.id, told.value);
    await deps.keepPictures(opened, told.value, context.signal);
    await store.resume(stored.id);

    const failed: { name: string; problem: SourceProblem }[] = [];
    for (const creator of await store.creators(stored.id)) {
      await runs.at(run.id, creator.name);
      deps.changed();
      const problem = await syncCreator(opened, creator, run, context);
      context.signal.throwIfAborted();
      if (problem && effectOf(problem).is !== 'this-question') return stop(problem, creator.name);
      if (problem) failed.push({ name: creator.name, problem });
      else await runs.count(run.id, { creators: 1 });
    }
    return failed.length > 0 ? { is: 'partly', creators: failed } : { is: 'done' };
  }

  return {
    async sync(sourceId: SourceId, startedBy: string | null, context: SyncContext): Promise<SyncEnd> {
      const opened = await deps.openSource(sourceId);
      if (!opened.ok) return { is: 'not-openable', problem: opened.error };
      const run: SyncRun = {
        id: deps.newId() as SyncRunId,
        sourceId,
        startedBy,
        startedAt: clock.now(),
        endedAt: null,
        outcome: { is: 'under-way', creator: null },
        counts: noCounts,
      };
      await runs.begin(run);
      deps.changed();
      // Ends by throwing when the program stops: the next one calls this run interrupted.
      const outcome = await syncAll(opened.value, run, context);
      context.signal.throwIfAborted();
      await runs.end(run.id, outcome, clock.now());
      deps.changed();
      return outcome;
    },
  };
}
