import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import type { Fact } from '#core/fact.ts';
import { formatCount, formatDate, formatDays } from '#ui/format.ts';
import { binned, emptiedAt } from '../core/restore/recycle-bin.ts';
import type { Removal } from '../core/removal/removal.ts';
import type { Restore, RestoreRefusal, RestoreState, RestoreStep } from '../core/restore/restore.ts';
import type { RecycleBin } from '../core/removal/title-settings.ts';
import { becauseText } from './run-words.ts';

export const restoreStates: Readonly<Record<RestoreState['is'], () => string>> = {
  planned: m.restore_state_planned,
  'under-way': m.restore_state_under_way,
  restored: m.restore_state_restored,
  refused: m.restore_state_refused,
  failed: m.restore_state_failed,
};

const steps: Readonly<Record<RestoreStep | 'look', () => string>> = {
  look: m.restore_step_look,
  exclusion: m.restore_step_exclusion,
  add: m.restore_step_add,
  monitor: m.restore_step_monitor,
  search: m.restore_step_search,
  keep: m.restore_step_keep,
};

/** Why a restore changed nothing, as the end of a sentence. */
export const refusals: Readonly<Record<RestoreRefusal, () => string>> = {
  'root-folder-gone': m.restore_because_root,
  'profile-gone': m.restore_because_profile,
  'identity-changed': m.restore_because_identity,
  'identity-unknown': m.restore_because_no_identity,
  'show-gone': m.restore_because_show,
};

const reasons: Readonly<Record<string, () => string>> = {
  'gone-again': m.restore_because_gone,
  'not-set': m.restore_because_not_set,
  'not-added': m.restore_because_not_set,
  'not-kept': m.restore_because_not_set,
  'not-proven': m.restore_because_not_set,
  'episodes-not-known-yet': m.restore_because_episodes,
  'step.unreachable (connection-missing)': m.restore_because_connection,
};

const reasonText = (because: string): string => reasons[because]?.() ?? becauseText(because);

/** "Undoing failed: adding it again (the service refused)". */
export function restoreText({ state }: Pick<Restore, 'state'>): string {
  const word = restoreStates[state.is]();
  const because = (reason: string) => m.removal_state_because({ state: word, reason });
  if (state.is === 'under-way') return because(steps[state.step]());
  if (state.is === 'refused') return because(refusals[state.because]());
  return state.is === 'failed' ? because(`${steps[state.step]()} (${reasonText(state.because)})`) : word;
}

/** A note is a step and a code, `search: step.unreachable`, or what was found. */
export function restoreNote(note: string): string {
  if (note === 'already-there') return m.restore_note_there();
  const [step = '', ...rest] = note.split(':');
  const what = Object.hasOwn(steps, step) ? steps[step as RestoreStep]() : step;
  return m.restore_note({ what: `${what} (${reasonText(rest.join(':').trim())})` });
}

const problems: Readonly<Record<string, () => string>> = {
  'cleanup.not-removed': m.restore_no_not_removed,
  'cleanup.removal-under-way': m.restore_no_under_way,
  'cleanup.nothing-remembered': m.restore_no_nothing_remembered,
  'cleanup.restored-already': m.restore_no_restored,
  'cleanup.restore-under-way': m.restore_no_restoring,
};

/** Why a removal cannot be undone. */
export const restoreProblem = (code: string): string => (problems[code] ?? m.restore_no_not_removed)();

/** What deleting means where a service has a recycle bin. */
export function binNotice(
  { name, bin }: { name: string; bin: Fact<RecycleBin | null> },
  now: Date,
): string | null {
  if (!bin.known) return m.bin_unknown({ name });
  if (bin.value === null) return null;
  const { path, cleanupDays } = bin.value;
  const until = emptiedAt(bin.value, now);
  if (until === null) return m.bin_notice_never({ name, path });
  const locale = getLocale();
  return m.bin_notice({ name, path, days: formatDays(cleanupDays, locale), date: formatDate(until, locale) });
}

/** Where the files of a removal lie; null when they are gone for good, by now too. */
export function binText(removal: Removal, now: Date): string | null {
  const found = binned(removal);
  const [first, ...more] = found?.files ?? [];
  if (found === null || first === undefined) return null;
  const { emptiedAt: until } = found;
  if (until !== null && until < now) return null;
  const locale = getLocale();
  const rest = more.length > 0 ? `, ${m.bin_history_more({ number: formatCount(more.length, locale) })}` : '';
  const path = `${first}${rest}`;
  return until === null
    ? m.bin_history_never({ path })
    : m.bin_history({ date: formatDate(until, locale), path });
}
