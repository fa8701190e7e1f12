import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import { formatCount, formatDate } from '#ui/format.ts';
import type { Removal, RemovalState, RemovalStep, Run } from '../core/removal/removal.ts';
import { stopText } from './breaker-words.ts';
import { costText } from './fate-words.ts';
import { listed } from './policy-words.ts';

/** Who or what started it, as the end of a sentence. */
export function starterText({ startedBy, byName }: Pick<Run, 'startedBy' | 'byName'>): string {
  if (startedBy === 'schedule') return m.runs_by_schedule();
  return byName === null ? m.runs_by_somebody() : m.runs_by_person({ name: byName });
}

/** What came of a run, as one line. */
export function outcomeText({ outcome, mode }: Pick<Run, 'outcome' | 'mode'>): string {
  switch (outcome.is) {
    case 'under-way':
      return m.runs_under_way();
    case 'waiting':
      return m.runs_waiting({ what: costText(outcome) });
    case 'stopped':
      return m.runs_stopped({ reasons: listed([...new Set(outcome.because.map(stopText))]) });
    case 'cut-short':
      return m.runs_cut_short({ what: costText(outcome) });
    case 'done':
      return doneText(outcome, mode);
    default:
      return outcome satisfies never;
  }
}

type Done = Extract<Run['outcome'], { is: 'done' }>;

function doneText(done: Done, mode: Run['mode']): string {
  const { failed, leftAlone } = done;
  const count = (number: number) => ({ count: number, number: formatCount(number, getLocale()) });
  if (done.items + failed + leftAlone === 0) return m.runs_done_nothing();
  const what = costText(done);
  return [
    mode === 'dry' ? m.runs_done_dry({ what }) : m.runs_done_real({ what }),
    ...(failed > 0 ? [m.runs_failed(count(failed))] : []),
    ...(leftAlone > 0 ? [m.runs_left_alone(count(leftAlone))] : []),
  ].join(' · ');
}

export const removalWords: Readonly<Record<RemovalState['is'], () => string>> = {
  planned: m.removal_planned,
  'under-way': m.removal_under_way,
  removed: m.removal_removed,
  'left-alone': m.removal_left_alone,
  failed: m.removal_failed,
};

const steps: Readonly<Record<RemovalStep, () => string>> = {
  unmonitor: m.removal_step_unmonitor,
  're-read': m.removal_step_reread,
  delete: m.removal_step_delete,
  verify: m.removal_step_verify,
  torrents: m.removal_step_torrents,
  request: m.removal_step_request,
  'media-server': m.removal_step_media,
  history: m.removal_step_history,
};

const reasons: Readonly<Record<string, () => string>> = {
  'gone-before': m.removal_because_gone,
  'identity-changed': m.removal_because_identity,
  'path-changed': m.removal_because_path,
  'excluded-by-tag': m.removal_because_tag,
  'tags-changed': m.removal_because_tags_changed,
  'excluded-by-hand': m.removal_because_hand,
  'new-file': m.removal_because_file,
  'file-changed': m.removal_because_file,
  'playing-now': m.removal_because_playing,
  'playing-unknown': m.removal_because_playing_unknown,
  'policy-changed': m.removal_because_policy_changed,
  'folder-shared': m.removal_because_folder,
  'still-monitored': m.removal_because_monitored,
  'monitored-again': m.removal_because_monitored,
  'policy-not-armed': m.removal_because_disarmed,
  'plan-too-old': m.removal_because_old,
  'run-cut-short': m.removal_because_cut,
  'still-there': m.removal_because_still,
  'season-unknown': m.removal_because_season,
  'file-unknown': m.removal_because_file,
  unexpected: m.removal_because_unexpected,
  'no-torrent-told': m.torrent_none_told,
  'not-finished': m.torrent_stays_unfinished,
  'seeds-on': m.torrent_stays_seeding,
  'holds-other-files': m.torrent_stays_other_files,
  'files-not-seen': m.torrent_stays_unseen,
  'held-elsewhere': m.torrent_stays_held,
  'shared-with-another-torrent': m.torrent_stays_shared,
  'step.unreachable': m.removal_because_unreachable,
  'step.refused': m.removal_because_refused,
  'step.still-there': m.removal_because_still,
  'step.changed': m.removal_because_file,
};

/** Codes come alone or with what a service said: `step.refused: 409 root folder missing`. */
export function becauseText(because: string): string {
  const code = /^[a-z.-]+/.exec(because)?.[0] ?? because;
  const words = reasons[because] ?? reasons[code.replace(/[.-]+$/, '')];
  return words?.() ?? because;
}

/** "Left alone: somebody was watching it", "Under way: deleting the files". */
export function removalText({ state }: Pick<Removal, 'state'>): string {
  const word = removalWords[state.is]();
  if (state.is === 'under-way') return m.removal_state_because({ state: word, reason: steps[state.step]() });
  if (state.is === 'left-alone' || state.is === 'failed')
    return m.removal_state_because({ state: word, reason: becauseText(state.because) });
  if (state.is === 'removed' && state.seenGoneAt)
    return m.removal_seen_gone({ date: formatDate(state.seenGoneAt, getLocale()) });
  return word;
}

/** What could not be done after the files were gone. A note is a step and a code: `request: step.unreachable`. */
export function noteText(note: string): string {
  const [step = '', ...rest] = note.split(':');
  const what = Object.hasOwn(steps, step) ? steps[step as RemovalStep]() : step;
  const reason = becauseText(rest.join(':').trim());
  return m.removal_note({ what: reason === '' ? what : `${what} (${reason})` });
}

/** The same after the name of a policy, where "by … , by …" would say the word twice. */
export const startedText = (run: Pick<Run, 'startedBy' | 'byName'>): string =>
  run.startedBy === 'person' && run.byName !== null
    ? m.runs_started_by({ name: run.byName })
    : starterText(run);
