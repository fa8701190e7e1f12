import type { ItemId } from '#core/ids.ts';
import type { RestoreState } from './restore.ts';
import type { AddedTitle, MonitoringChange, RestoreNow, SearchScope } from './restore-now.ts';
import type { StepProblem } from '../removal/title-now.ts';

/** What the last deed brought. `nothing`: the saga starts, or goes on after a crash and knows only what is written. */
export type RestoreObserved =
  | { was: 'nothing' }
  | { was: 'read'; now: RestoreNow }
  /** `times`: how often in a row. */
  | { was: 'not-read'; problem: StepProblem; times: number }
  | { was: 'done' }
  | { was: 'not-done'; problem: StepProblem };

export type RestoreDeed =
  | { is: 'look'; afterMs: number }
  /** Takes our own import exclusion away. */
  | { is: 'unexclude' }
  | { is: 'add'; title: AddedTitle }
  | { is: 'monitor'; externalId: number; change: MonitoringChange }
  | { is: 'search'; externalId: number; scope: SearchScope }
  /** Kept by hand in our own house. */
  | { is: 'keep'; itemId: ItemId; until: Date | null }
  | { is: 'end' };

/** `write` is stored before the deed is done; null when nothing new has to be written. */
export type RestoreMove = { write: RestoreState | null; deed: RestoreDeed };
