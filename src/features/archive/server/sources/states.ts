import type { Result } from '#core/result.ts';
import type { SourceState } from '../../core/source.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import { afterFailedCheck, afterProblem, isNews } from '../../core/stopping.ts';
import type { SourceAccount } from '../ports.ts';
import type { Clock, SourceStore, StoredSource } from './sources.ports.ts';

export type StoppedSource = Pick<StoredSource, 'id' | 'name' | 'plugin'> & {
  problem: SourceProblem;
  since: Date;
  until: Date | null;
};

export type StateDeps = {
  store: Pick<SourceStore, 'saveState'>;
  clock: Clock;
  /** Pages that show it look again. */
  changed: () => void;
  stopped: (source: StoppedSource) => Promise<void>;
  /** What was left undone goes on when the rest is over. */
  goOnAt: (id: StoredSource['id'], at: Date) => Promise<void>;
};

export type SourceStates = ReturnType<typeof createSourceStates>;

/** Writes down what a source said of itself, and tells people when it is theirs to act. */
export function createSourceStates({ store, clock, changed, stopped, goOnAt }: StateDeps) {
  async function save(source: StoredSource, after: SourceState): Promise<void> {
    if (after === source.state) return;
    await store.saveState(source, after);
    changed();
    if (after.is === 'stopped' && after.until && source.enabled) await goOnAt(source.id, after.until);
    if (after.is === 'stopped' && isNews(source.state, after)) {
      const { id, name, plugin } = source;
      const { problem, since, until } = after;
      await stopped({ id, name, plugin, problem, since, until });
    }
  }

  return {
    failed: (source: StoredSource, problem: SourceProblem) =>
      save(source, afterProblem(source.state, problem, clock.now())),

    async checked(source: StoredSource, answer: Result<SourceAccount, SourceProblem>): Promise<SourceState> {
      const now = clock.now();
      const after: SourceState = answer.ok
        ? { is: 'ready', account: answer.value.name, checkedAt: now, expiresAt: answer.value.expiresAt }
        : afterFailedCheck(source.state, answer.error, now);
      await save(source, after);
      return after;
    },
  };
}
