import type { ItemId, RunId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { PlannedFile, Run } from '../../core/removal/removal.ts';
import { draftRemoval, type RemovalTarget } from '../../core/removal/saga-draft.ts';
import type { Clock, RemovalLibrary, RemovalStore, RunStore } from './runs.ports.ts';

export type ByHandDeps = {
  stores: { runs: Pick<RunStore, 'begin'>; removals: Pick<RemovalStore, 'isUnderWay'> };
  library: Pick<RemovalLibrary, 'targets'>;
  clock: Clock;
  newId: () => string;
};

export type ByHandService = ReturnType<typeof createByHandService>;

export type ByHandProblem =
  | { code: 'cleanup.item-not-found' }
  | { code: 'cleanup.item-without-files' }
  | { code: 'cleanup.removal-under-way' };

export type ByHandPreview = { itemId: ItemId; title: string; bytes: number; files: readonly PlannedFile[] };

/** Deleting one item by hand is a run with a plan of one: the same rows, the same saga, the same looks before deleting. */
export function createByHandService({ stores, library, clock, newId }: ByHandDeps) {
  async function targetOf(itemId: ItemId): Promise<Result<RemovalTarget, ByHandProblem>> {
    const [target] = await library.targets([itemId]);
    if (target === undefined) return err({ code: 'cleanup.item-not-found' });
    if (target.files.length === 0) return err({ code: 'cleanup.item-without-files' });
    return (await stores.removals.isUnderWay(itemId))
      ? err({ code: 'cleanup.removal-under-way' })
      : ok(target);
  }

  return {
    /** What would go, for the question that comes before. */
    async preview(itemId: ItemId): Promise<Result<ByHandPreview, ByHandProblem>> {
      const target = await targetOf(itemId);
      if (!target.ok) return target;
      const { title, files } = target.value;
      return ok({ itemId, title, files, bytes: files.reduce((sum, file) => sum + file.sizeBytes, 0) });
    },

    /** Writes the run down; `resume()` of the execution service, as the job `cleanup.resume`, carries it out. */
    async begin(
      itemId: ItemId,
      { byName, addImportExclusion }: { byName: string; addImportExclusion: boolean },
    ): Promise<Result<Run, ByHandProblem>> {
      const target = await targetOf(itemId);
      if (!target.ok) return target;
      const run: Run = {
        id: newId() as RunId,
        policyId: null,
        policyName: null,
        planId: null,
        mode: 'real',
        startedBy: 'person',
        byName,
        startedAt: clock.now(),
        endedAt: null,
        outcome: { is: 'under-way' },
      };
      const options = { addImportExclusion, removeRequests: true, exclusionTags: [] };
      await stores.runs.begin(run, [
        draftRemoval(run, target.value, { id: newId(), position: 1, options, verdict: null }),
      ]);
      return ok(run);
    },
  };
}
