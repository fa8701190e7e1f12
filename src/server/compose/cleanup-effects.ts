import type { Run } from '#features/cleanup/core/removal/removal.ts';
import type { createCleanup } from '#features/cleanup/server/index.ts';

type Cleanup = ReturnType<typeof createCleanup>;

type Outside = {
  /** Pages that show runs look again. */
  runsChanged: () => void;
  /** Request servers look at once what is still there. */
  askAgain: () => Promise<void>;
  readLibrary: () => Promise<void>;
};

/** Plans, runs and restores as the jobs do them: with what the house is told, and what is read again, afterwards. */
export function withEffects(cleanup: Cleanup, { runsChanged, askAgain, readLibrary }: Outside) {
  const { planning, execution, leavingSoon, restores, news } = cleanup;

  /** What went is felt on the disks: they are read again, so that every page shows the space that is free now. */
  async function afterRuns(ended: readonly Run[]): Promise<void> {
    runsChanged();
    await news.runsEnded(ended);
    const removed = ended.some(
      ({ mode, outcome }) => mode === 'real' && 'failed' in outcome && outcome.items > 0,
    );
    if (!removed) return;
    await askAgain();
    await readLibrary();
  }

  const felt: typeof execution = {
    run: async (...wish) => {
      const done = await execution.run(...wish);
      if (done.ok) await afterRuns([done.value]);
      return done;
    },
    resume: async (signal) => {
      const done = await execution.resume(signal);
      if (done.ok && done.value.length > 0) await afterRuns(done.value);
      return done;
    },
  };

  const announced: typeof leavingSoon = {
    update: async () => {
      await news.leavingSoon();
      return leavingSoon.update();
    },
  };

  const told: Pick<typeof planning, 'planAll' | 'planNow'> = {
    planAll: async () => {
      const made = await planning.planAll();
      if (made.ok) await news.plansMade(made.value);
      return made;
    },
    planNow: planning.planNow,
  };

  /** What came back is in the library after the next reading of its service. */
  const restored: Pick<typeof restores, 'resume'> = {
    resume: async (signal) => {
      const done = await restores.resume(signal);
      runsChanged();
      const isBack = done.ok && done.value.some(({ state }) => state.is === 'restored');
      if (isBack) await readLibrary();
      return done;
    },
  };

  return { planning: told, execution: felt, leavingSoon: announced, restores: restored };
}
