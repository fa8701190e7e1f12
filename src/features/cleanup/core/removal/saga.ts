import type { Fact } from '#core/fact.ts';
import type { Removal, RemovalState, RemovalStep, UnderWay } from './removal.ts';
import { isGone, isMonitored, plannedFilesLeft, scopeOf, whatChanged } from './saga-judge.ts';
import type { Scope, StepProblem, TitleNow } from './title-now.ts';
import type { Trace } from './torrents-to-remove.ts';
import type { Before } from './title-settings.ts';

/** What the last deed brought. `nothing`: the saga starts, or goes on after a crash and knows only what is written. */
export type Observed =
  | { was: 'nothing' }
  | {
      was: 'read';
      title: TitleNow | null;
      /** What speaks against it at this moment: excluded by hand, playing now. Asked before deleting only. */
      objections: readonly string[];
      /** Whether this program still sees a planned file on a disk it can look at. */
      onDisk: Fact<boolean>;
      /** To be kept before anything is changed (C-14); told by the first look only. */
      before?: Before | null;
      /** What is to be known of the files when they are gone; told before deleting, when torrents are to follow. */
      trace?: Trace;
    }
  /** `times`: how often in a row. */
  | { was: 'not-read'; problem: StepProblem; times: number }
  /** `left`: what was not to be done, and why. */
  | { was: 'done'; left?: readonly string[] }
  | { was: 'not-done'; problem: StepProblem };

export type Deed =
  | { is: 'look'; afterMs: number }
  | { is: 'unmonitor'; scope: Scope }
  | { is: 'delete'; scope: Scope; files: readonly number[] }
  | { is: 'settle-torrents'; afterMs: number }
  | { is: 'settle-requests'; afterMs: number }
  | { is: 'tell-shelves'; afterMs: number }
  /** The item leaves our own library; its history stays. */
  | { is: 'record' }
  | { is: 'end' };

/** `write` is stored before the deed is done; null when nothing new has to be written. */
export type Move = { write: RemovalState | null; deed: Deed };

const SECOND = 1000;
/** Between looks that were not answered; after the last, the removal fails. */
export const readDelaysMs = [2, 5, 15].map((seconds) => seconds * SECOND);
/** Deleting a folder on a slow network disk takes minutes; the service has answered long before. */
export const verifyDelaysMs = [1, 2, 5, 10, 20, 30, 60, 60].map((seconds) => seconds * SECOND);
const commandDelaysMs = [2, 10].map((seconds) => seconds * SECOND);
const MOST_UNMONITORS = 3;
/** One, and one more when the first got no answer or the program died: never blindly, always after a look. */
const MOST_DELETES = 2;

/**
 * C-12 as a table: where the removal stands, and what was just observed, decide what to do next.
 * It ends in exactly one of removed, left alone and failed; deleting is only ever reached through a read that shows the
 * planned title, unmonitored, with no other files than the planned ones.
 */
export function nextStep(removal: Removal, observed: Observed, now: Date): Move {
  const scope = scopeOf(removal);
  const { state } = removal;
  if (scope === null) {
    const because = removal.kind === 'episode' ? 'file-unknown' : 'season-unknown';
    return { write: failed('unmonitor', because, now), deed: { is: 'end' } };
  }
  if (state.is === 'planned') return fromPlanned({ removal, scope, observed, now });
  if (state.is !== 'under-way') return { write: null, deed: { is: 'end' } };
  return table[state.step]({ removal, scope, state, observed, now });
}

type Looking = { removal: Removal; scope: Scope; observed: Observed; now: Date };
type Standing = Looking & { state: UnderWay };

const table: Record<RemovalStep, (at: Standing) => Move> = {
  unmonitor: fromUnmonitor,
  're-read': fromReRead,
  delete: fromDelete,
  verify: fromVerify,
  torrents: fromTorrents,
  request: fromRequest,
  'media-server': fromMediaServer,
  history: fromHistory,
};

function fromPlanned(at: Looking): Move {
  const fresh: UnderWay = {
    is: 'under-way',
    step: 'unmonitor',
    begunAt: at.now,
    tries: 0,
    bytes: at.removal.plannedBytes,
    notes: [],
  };
  return afterReading(at, 'unmonitor', (title) => toUnmonitor({ ...at, state: fresh }, title));
}

function fromUnmonitor(at: Standing): Move {
  // T-08: a slow answer may have changed everything, and a good one nothing; only the next look tells
  return afterReading(at, 'unmonitor', (title) => toUnmonitor(at, title));
}

function toUnmonitor(at: Standing, title: TitleNow): Move {
  if (!isMonitored(at.scope, title)) return begin(at, 're-read', look());
  if (at.state.tries >= MOST_UNMONITORS) return fail(at, 'unmonitor', 'still-monitored');
  return again(at, { is: 'unmonitor', scope: at.scope });
}

function fromReRead(at: Standing): Move {
  return afterReading(at, 're-read', (title) => {
    if (isMonitored(at.scope, title)) return leave(at, 'monitored-again');
    const left = plannedFilesLeft(at.removal, at.scope, title);
    const bytes = left.reduce((sum, file) => sum + file.sizeBytes, 0);
    const state: UnderWay = {
      ...at.state,
      ...traceIn(at.observed),
      step: 'delete',
      begunAt: at.now,
      tries: 1,
      bytes,
    };
    return {
      write: state,
      deed: { is: 'delete', scope: at.scope, files: left.map((file) => file.externalId) },
    };
  });
}

/** Before anything was deleted every reason to stop means: left alone. */
function afterReading(at: Looking, step: RemovalStep, goOn: (title: TitleNow) => Move): Move {
  const { observed } = at;
  if (observed.was === 'not-read') return lookAgain(at, step, observed);
  if (observed.was !== 'read') return { write: null, deed: look() };
  if (observed.title === null) return leave(at, 'gone-before');
  const because = observed.objections[0] ?? whatChanged(at.removal, at.scope, observed.title);
  if (because !== null) return leave(at, because);
  if (plannedFilesLeft(at.removal, at.scope, observed.title).length === 0) return leave(at, 'gone-before');
  return goOn(observed.title);
}

/** Deleting was begun: it may have happened, wholly or in part, or not at all. Only a look tells. */
function fromDelete(at: Standing): Move {
  const { observed } = at;
  switch (observed.was) {
    case 'nothing':
      return { write: null, deed: look() };
    case 'done':
      return begin(at, 'verify', look(verifyDelaysMs[0]));
    case 'not-done':
      return afterRefusedDelete(at, observed.problem);
    case 'not-read':
      return lookAgain(at, 'delete', observed);
    case 'read':
      return afterDeleteWasBegun(at, observed);
    default:
      return observed satisfies never;
  }
}

/** A clear no is not asked again; silence or a broken server may be, after a look. */
function afterRefusedDelete(at: Standing, problem: StepProblem): Move {
  const isClearNo = problem.code === 'step.refused' && problem.status < 500;
  const tries = isClearNo ? MOST_DELETES : at.state.tries;
  const notes = [...at.state.notes, `delete: ${wordsOf(problem)}`];
  return { write: { ...at.state, tries, notes }, deed: look(commandDelaysMs[0]) };
}

function afterDeleteWasBegun(at: Standing, { title, objections }: Extract<Observed, { was: 'read' }>): Move {
  if (title === null || isGone(at.removal, at.scope, title)) return begin(at, 'verify', look());
  const because = objections[0] ?? whatChanged(at.removal, at.scope, title);
  if (because !== null) return fail(at, 'delete', because);
  if (isMonitored(at.scope, title)) return fail(at, 'delete', 'monitored-again');
  if (at.state.tries >= MOST_DELETES) return fail(at, 'delete', at.state.notes.at(-1) ?? 'still-there');
  const left = plannedFilesLeft(at.removal, at.scope, title);
  return again(at, { is: 'delete', scope: at.scope, files: left.map((file) => file.externalId) });
}

function fromVerify(at: Standing): Move {
  const { observed } = at;
  if (observed.was === 'not-read') return keepLooking(at, `not-proven: ${wordsOf(observed.problem)}`);
  if (observed.was !== 'read') return { write: null, deed: look() };
  if (!isGone(at.removal, at.scope, observed.title)) return keepLooking(at, 'still-there');
  // Radarr may forget a film and skip its folder, saying so only in its log (service-apis, Radarr pitfalls)
  if (observed.onDisk.known && observed.onDisk.value) return keepLooking(at, 'files-on-disk');
  return at.removal.options.torrents?.remove === true
    ? begin(at, 'torrents', settleTorrents())
    : toRequest(at);
}

const toRequest = (at: Standing): Move =>
  at.removal.options.removeRequests
    ? begin(at, 'request', settleRequests())
    : begin(at, 'media-server', tellShelves());

const traceIn = (observed: Observed): Pick<UnderWay, 'trace'> =>
  observed.was === 'read' && observed.trace !== undefined ? { trace: observed.trace } : {};

/** Never deletes again: what is still there after the last look is told, and the next run plans anew. */
function keepLooking(at: Standing, because: string): Move {
  const delay = verifyDelaysMs[at.state.tries + 1];
  return delay === undefined ? fail(at, 'verify', because) : again(at, look(delay));
}

/**
 * The files are gone, so from here on a failure is noted and the removal goes on. Each attempt looks anew at what the
 * clients hold, so that none is repeated blindly.
 */
function fromTorrents(at: Standing): Move {
  const { observed } = at;
  if (observed.was === 'done')
    return toRequest((observed.left ?? []).reduce((now, left) => noted(now, `torrents: ${left}`), at));
  if (observed.was !== 'not-done') return { write: null, deed: settleTorrents() };
  const delay = commandDelaysMs[at.state.tries];
  if (delay !== undefined) return again(at, settleTorrents(delay));
  return toRequest(noted(at, `torrents: ${wordsOf(observed.problem)}`));
}

function fromRequest(at: Standing): Move {
  if (at.observed.was === 'done') return begin(at, 'media-server', tellShelves());
  if (at.observed.was !== 'not-done') return { write: null, deed: settleRequests() };
  const delay = commandDelaysMs[at.state.tries];
  if (delay !== undefined) return again(at, settleRequests(delay));
  return begin(noted(at, `request: ${wordsOf(at.observed.problem)}`), 'media-server', tellShelves());
}

function fromMediaServer(at: Standing): Move {
  if (at.observed.was === 'done') return begin(at, 'history', { is: 'record' });
  if (at.observed.was !== 'not-done') return { write: null, deed: tellShelves() };
  const delay = commandDelaysMs[at.state.tries];
  if (delay !== undefined) return again(at, tellShelves(delay));
  return begin(noted(at, `media-server: ${wordsOf(at.observed.problem)}`), 'history', { is: 'record' });
}

function fromHistory(at: Standing): Move {
  if (at.observed.was !== 'done') return { write: null, deed: { is: 'record' } };
  const { bytes, notes, trace } = at.state;
  const removed = { is: 'removed', at: at.now, freedBytes: bytes, notes } as const;
  return { write: trace === undefined ? removed : { ...removed, trace }, deed: { is: 'end' } };
}

const look = (afterMs = 0): Deed => ({ is: 'look', afterMs });
const settleTorrents = (afterMs = 0): Deed => ({ is: 'settle-torrents', afterMs });
const settleRequests = (afterMs = 0): Deed => ({ is: 'settle-requests', afterMs });
const tellShelves = (afterMs = 0): Deed => ({ is: 'tell-shelves', afterMs });

const begin = ({ state, now }: Standing, step: RemovalStep, deed: Deed): Move => ({
  write: { ...state, step, begunAt: now, tries: 0 },
  deed,
});

const again = ({ state }: Standing, deed: Deed): Move => ({
  write: { ...state, tries: state.tries + 1 },
  deed,
});

const noted = (at: Standing, note: string): Standing => ({
  ...at,
  state: { ...at.state, notes: [...at.state.notes, note] },
});

const leave = ({ removal: { state }, now }: Looking, because: string): Move => ({
  write: { is: 'left-alone', at: now, because, unmonitored: wasUnmonitored(state) },
  deed: { is: 'end' },
});

const wasUnmonitored = (state: RemovalState): boolean =>
  state.is === 'under-way' && (state.step !== 'unmonitor' || state.tries > 0);

const fail = ({ now }: Looking, step: RemovalStep, because: string): Move => ({
  write: failed(step, because, now),
  deed: { is: 'end' },
});

const failed = (step: RemovalStep, because: string, at: Date): RemovalState => ({
  is: 'failed',
  at,
  step,
  because,
});

function lookAgain(
  at: Looking,
  step: RemovalStep,
  { problem, times }: Extract<Observed, { was: 'not-read' }>,
): Move {
  const delay = readDelaysMs[times - 1];
  return delay === undefined ? fail(at, step, wordsOf(problem)) : { write: null, deed: look(delay) };
}

export function wordsOf(problem: StepProblem): string {
  switch (problem.code) {
    case 'step.unreachable':
      return `${problem.code} (${problem.reason})`;
    case 'step.refused':
      return `${problem.code} (${problem.status}: ${problem.reason})`;
    case 'step.changed':
    case 'step.still-there':
      return `${problem.code} (${problem.what})`;
    default:
      return problem satisfies never;
  }
}
