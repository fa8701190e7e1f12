import {
  isWhole,
  restoredItem,
  restoreSteps,
  keptUntil,
  type Restore,
  type RestoreStep,
  type RestoreUnderWay,
} from './restore.ts';
import {
  addedTitle,
  awaitsEpisodes,
  isSomebodyElses,
  monitoringChange,
  searchScope,
  whyRefused,
} from './restore-judge.ts';
import type { RestoreDeed, RestoreMove, RestoreObserved } from './restore-moves.ts';
import type { MonitoringChange, RestoreNow, RestoredTitle } from './restore-now.ts';
import { readDelaysMs, wordsOf } from '../removal/saga.ts';
import type { StepProblem } from '../removal/title-now.ts';
import type { ItemId } from '#core/ids.ts';

type At = { restore: Restore; state: RestoreUnderWay; now: Date };

/** Adding: one, and one more when the first got no answer. Monitoring: seasons, then episodes, and the waits for those. */
const mostTries: Record<RestoreStep, number> = { exclusion: 3, add: 2, monitor: 10, search: 2, keep: 3 };
const SECOND = 1000;
/** A new show of many seasons takes Sonarr a minute to fetch. */
export const episodeDelaysMs = [2, 5, 10, 20, 30].map((seconds) => seconds * SECOND);
const AFTER_COMMAND_MS = 2 * SECOND;

/**
 * C-14 as a table: what is written and what was just seen decide what to do next. Every step begins with a look and ends
 * with one, so doing it twice is doing it once; it ends in exactly one of restored, refused and failed.
 */
export function nextRestoreStep(restore: Restore, observed: RestoreObserved, now: Date): RestoreMove {
  const { state } = restore;
  if (state.is !== 'planned' && state.is !== 'under-way') return { write: null, deed: { is: 'end' } };
  if (observed.was === 'not-read') return lookAgain(restore, observed, now);
  if (state.is === 'planned') return fromPlanned(restore, observed, now);
  return fromUnderWay({ restore, state, now }, observed);
}

function fromPlanned(restore: Restore, observed: RestoreObserved, now: Date): RestoreMove {
  if (observed.was !== 'read') return { write: null, deed: look() };
  const because = whyRefused(restore, observed.now);
  if (because !== null) return { write: { is: 'refused', at: now, because }, deed: { is: 'end' } };
  const state: RestoreUnderWay = {
    is: 'under-way',
    step: 'exclusion',
    begunAt: now,
    tries: 0,
    added: false,
    problem: null,
    itemId: null,
    notes: [],
  };
  return decide({ restore, state, now }, observed.now);
}

function fromUnderWay(at: At, observed: RestoreObserved): RestoreMove {
  switch (observed.was) {
    case 'read':
      return decide(at, observed.now);
    case 'not-done':
      return afterNotDone(at, observed.problem);
    case 'done':
      return afterDone(at);
    default:
      return { write: null, deed: look() };
  }
}

/** What was asked for in a command, or kept by us, no look can see: its answer is all there is. */
function afterDone(at: At): RestoreMove {
  if (at.state.step === 'search') return { write: begun(at, 'keep', 0), deed: look() };
  if (at.state.step === 'keep' && at.state.itemId !== null) return finish(at, at.state.itemId);
  return { write: null, deed: look(AFTER_COMMAND_MS) };
}

/** A clear no is not asked again; silence or a broken server may be, after a look. */
function afterNotDone(at: At, problem: StepProblem): RestoreMove {
  const isClearNo =
    problem.code === 'step.changed' || (problem.code === 'step.refused' && problem.status < 500);
  const tries = isClearNo ? mostTries[at.state.step] : at.state.tries;
  return { write: { ...at.state, tries, problem: wordsOf(problem) }, deed: look(AFTER_COMMAND_MS) };
}

/** The first thing that is not as it was. No step is gone back to, so this ends. */
function decide(at: At, found: RestoreNow): RestoreMove {
  const { restore, state } = at;
  if (restore.ownExclusion && found.isExcluded && !isPast(at, 'exclusion')) return toUnexclude(at);
  if (found.title === null) return toAdd(at);
  const { title } = found;
  const isTheirs = isSomebodyElses(restore, title, state.added);
  const change = isTheirs ? null : monitoringChange(restore, title, state.added);
  if (change !== null) return toMonitor(at, title, change);
  if (awaitsEpisodes(restore, title, state.added)) return toWait(at, title);
  return toSearch(at, title);
}

function toUnexclude(at: At): RestoreMove {
  if (triesAt(at, 'exclusion') < mostTries.exclusion) return attempt(at, 'exclusion', { is: 'unexclude' });
  return fail(at, 'exclusion', at.state.problem ?? 'still-there');
}

function toAdd(at: At): RestoreMove {
  // A part of a show, or a title that was there and went while we looked: nothing that we may add.
  if (!isWhole(at.restore) || isPast(at, 'add')) return fail(at, at.state.step, 'gone-again');
  if (triesAt(at, 'add') >= mostTries.add) return fail(at, 'add', at.state.problem ?? 'not-added');
  const adding: At = { ...at, state: { ...at.state, added: true } };
  return attempt(adding, 'add', { is: 'add', title: addedTitle(at.restore) });
}

/** The title is there by now; what of its monitoring cannot be set is told, and no reason to say that it failed. */
function toMonitor(at: At, title: RestoredTitle, change: MonitoringChange): RestoreMove {
  if (isPast(at, 'monitor')) return toSearch(at, title);
  if (triesAt(at, 'monitor') >= mostTries.monitor) {
    return toSearch(noted(at, `monitor: ${at.state.problem ?? 'not-set'}`), title);
  }
  return attempt(at, 'monitor', { is: 'monitor', externalId: title.externalId, change });
}

function toWait(at: At, title: RestoredTitle): RestoreMove {
  if (isPast(at, 'monitor')) return toSearch(at, title);
  const tries = triesAt(at, 'monitor');
  const delay = episodeDelaysMs[tries];
  if (delay === undefined) return toSearch(noted(at, 'monitor: episodes-not-known-yet'), title);
  return { write: begun(at, 'monitor', tries + 1), deed: look(delay) };
}

function toSearch(at: At, title: RestoredTitle): RestoreMove {
  if (!at.restore.choice.search || isPast(at, 'search')) return toKeep(at, title);
  if (triesAt(at, 'search') >= mostTries.search) {
    return toKeep(noted(at, `search: ${at.state.problem ?? 'not-proven'}`), title);
  }
  const scope = searchScope(at.restore, title);
  return attempt(at, 'search', { is: 'search', externalId: title.externalId, scope });
}

/** The last step: that no policy takes it again at once. */
function toKeep(at: At, title: RestoredTitle): RestoreMove {
  const itemId = restoredItem(at.restore, title.externalId);
  const until = keptUntil(at.restore);
  if (until === null) return finish(at, itemId);
  if (triesAt(at, 'keep') >= mostTries.keep) return fail(at, 'keep', 'not-kept');
  return attempt({ ...at, state: { ...at.state, itemId } }, 'keep', { is: 'keep', itemId, until });
}

function finish({ restore, state, now }: At, itemId: ItemId): RestoreMove {
  const wasThere = isWhole(restore) && !state.added;
  const notes = wasThere ? ['already-there', ...state.notes] : state.notes;
  return {
    write: { is: 'restored', at: now, itemId, keptUntil: keptUntil(restore), notes },
    deed: { is: 'end' },
  };
}

const look = (afterMs = 0): RestoreDeed => ({ is: 'look', afterMs });

const triesAt = ({ state }: At, step: RestoreStep): number => (state.step === step ? state.tries : 0);

const isPast = ({ state }: At, step: RestoreStep): boolean =>
  restoreSteps.indexOf(state.step) > restoreSteps.indexOf(step);

const begun = ({ state, now }: At, step: RestoreStep, tries: number): RestoreUnderWay => ({
  ...state,
  step,
  tries,
  begunAt: state.step === step ? state.begunAt : now,
  problem: state.step === step ? state.problem : null,
});

const attempt = (at: At, step: RestoreStep, deed: RestoreDeed): RestoreMove => ({
  write: begun(at, step, triesAt(at, step) + 1),
  deed,
});

const noted = (at: At, note: string): At => ({
  ...at,
  state: { ...at.state, notes: [...at.state.notes, note] },
});

const fail = ({ now }: At, step: RestoreStep, because: string): RestoreMove => ({
  write: { is: 'failed', at: now, step, because },
  deed: { is: 'end' },
});

function lookAgain(
  { state }: Restore,
  { problem, times }: Extract<RestoreObserved, { was: 'not-read' }>,
  now: Date,
): RestoreMove {
  const delay = readDelaysMs[times - 1];
  if (delay !== undefined) return { write: null, deed: look(delay) };
  const step = state.is === 'under-way' ? state.step : 'look';
  return { write: { is: 'failed', at: now, step, because: wordsOf(problem) }, deed: { is: 'end' } };
}
