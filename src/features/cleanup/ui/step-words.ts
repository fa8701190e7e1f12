import { factWords } from '#features/library/ui/fact-words.ts';
import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import { formatBytes, formatCount, formatDate, formatDays, formatPercent } from '#ui/format.ts';
import type { Outcome, ScopeReason, Step } from '../core/judging/verdict.ts';

type Check = Step['check'];
type StepOf<C extends Check> = Extract<Step, { check: C }>;

/** What one link of the chain looked at. A check that is missing here does not compile. */
export const checkWords: Readonly<Record<Check, () => string>> = {
  scope: m.why_check_scope,
  'has-files': m.why_check_files,
  'excluded-by-hand': m.why_check_by_hand,
  'exclusion-tags': m.why_check_tags,
  'continuing-show': m.why_check_continuing,
  'playing-now': m.why_check_playing,
  'half-way': m.why_check_half_way,
  favourites: m.why_check_favourites,
  'first-season': m.why_check_first_season,
  'mid-show': m.why_check_mid_show,
  requested: m.why_check_requested,
  'tag-age': m.why_check_tag_age,
  'watched-by': m.why_check_watched_by,
  'episode-window': m.why_check_window,
  age: m.why_check_age,
  'free-space': m.why_check_free_space,
  due: m.why_check_due,
};

/** For screen readers, where others see a sign. */
export const outcomeWords: Readonly<Record<Outcome, () => string>> = {
  'go-on': m.why_outcome_passed,
  stop: m.why_outcome_stop,
  unknown: m.why_outcome_unknown,
};

/** The values that decided one link, as a sentence. */
export function stepText(step: Step): string {
  switch (step.check) {
    case 'scope':
      return scopeText(step);
    case 'has-files':
      return filesText(step);
    case 'excluded-by-hand':
      return byHandText(step);
    case 'continuing-show':
      return continuingText(step);
    case 'exclusion-tags':
    case 'playing-now':
    case 'half-way':
    case 'favourites':
      return protectionText(step);
    case 'first-season':
      return step.outcome === 'stop' ? m.why_first_season() : m.why_not_first_season();
    case 'mid-show':
      return midShowText(step);
    case 'requested':
      return requestedText(step);
    case 'tag-age':
      return tagAgeText(step);
    case 'watched-by':
      return watchedByText(step);
    case 'episode-window':
      return windowText(step);
    case 'age':
      return ageText(step);
    case 'free-space':
      return spaceText(step);
    case 'due':
      return dueText(step);
    default:
      return step satisfies never;
  }
}

const day = (date: Date | null): string => (date ? formatDate(date, getLocale()) : m.format_unknown());
const days = (count: number | null): string =>
  count === null ? m.format_unknown() : formatDays(count, getLocale());
const because = ({ why }: { why?: string }): string => factWords(why ?? 'not-asked');

/** "Ana, Luis and Eva". */
const namesOf = (names: readonly string[]): string =>
  new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(names);

function listText(
  step: { outcome: Outcome; why?: string },
  found: readonly string[],
  words: { none: () => string; some: (list: string) => string; unknown: (why: string) => string },
): string {
  if (step.outcome === 'unknown') return words.unknown(because(step));
  return found.length === 0 ? words.none() : words.some(namesOf(found));
}

/** What protects by what others did or wrote: a list of names that is empty, or not, or cannot be known. */
function protectionText(step: StepOf<'exclusion-tags' | 'playing-now' | 'half-way' | 'favourites'>): string {
  switch (step.check) {
    case 'exclusion-tags':
      return listText(step, step.matched, {
        none: m.why_tags_none,
        some: (tags) => m.why_tags_matched({ tags }),
        unknown: (why) => m.why_tags_unknown({ why }),
      });
    case 'playing-now':
      return listText(step, step.outcome === 'stop' ? ['?'] : [], {
        none: m.why_playing_nobody,
        some: m.why_playing_somebody,
        unknown: (why) => m.why_playing_unknown({ why }),
      });
    case 'half-way':
      return listText(step, step.by, {
        none: m.why_half_way_nobody,
        some: (names) => m.why_half_way_some({ names }),
        unknown: (why) => m.why_half_way_unknown({ why }),
      });
    case 'favourites':
      return listText(step, step.of, {
        none: m.why_favourites_nobody,
        some: (names) => m.why_favourites_some({ names }),
        unknown: (why) => m.why_favourites_unknown({ why }),
      });
    default:
      return step satisfies never;
  }
}

const ours = {
  film: m.why_scope_film,
  season: m.why_scope_season,
  show: m.why_scope_show,
  episode: m.why_scope_episode,
};
const others = {
  film: m.why_scope_only_film,
  season: m.why_scope_only_season,
  show: m.why_scope_only_show,
  episode: m.why_scope_only_episode,
};
const outside: Readonly<Record<Exclude<ScopeReason, 'other-unit' | 'has-own-policy'>, () => string>> = {
  'other-service': m.why_scope_other_service,
  'other-disk': m.why_scope_other_disk,
  specials: m.why_scope_specials,
  'disk-not-known': m.why_scope_disk_not_known,
  'show-continues': m.why_scope_continues,
  'show-ended': m.why_scope_ended,
  'not-chosen': m.why_scope_not_chosen,
  'tags-not-known': m.why_scope_tags_not_known,
};

function scopeText({ unit, because: reason, policy }: StepOf<'scope'>): string {
  if (reason === null) return ours[unit]();
  if (reason === 'has-own-policy') return m.why_scope_own_policy({ policy: policy ?? '?' });
  return reason === 'other-unit' ? others[unit]() : outside[reason]();
}

function filesText(step: StepOf<'has-files'>): string {
  if (step.outcome === 'unknown') return m.why_files_unknown({ why: because(step) });
  if (step.outcome === 'stop') return m.why_files_none();
  const number = formatCount(step.fileCount, getLocale());
  const size = formatBytes(step.sizeBytes ?? 0, getLocale());
  return m.why_files_some({ count: step.fileCount, number, size });
}

function byHandText({ by, until, note, asked }: StepOf<'excluded-by-hand'>): string {
  if (by === null) return m.why_by_hand_nobody();
  if (asked && until) return m.why_by_hand_asked({ name: by, date: day(until) });
  const text = until
    ? m.why_by_hand_until({ name: by, date: day(until) })
    : m.why_by_hand_for_ever({ name: by });
  return note ? m.why_by_hand_note({ text, note }) : text;
}

function continuingText(step: StepOf<'continuing-show'>): string {
  if (step.outcome === 'unknown') return m.why_continuing_unknown({ why: because(step) });
  if (!step.continuing) return m.why_continuing_ended();
  if (step.outcome === 'go-on') return m.why_continuing_older({ number: step.newestSeason ?? 0 });
  return step.newestSeason === null ? m.why_continuing_show() : m.why_continuing_newest();
}

function ageText(step: StepOf<'age'>): string {
  if (step.outcome === 'unknown') return m.why_age_unknown({ why: because(step) });
  const age = days(step.ageDays);
  const { importedAt, lastWatchedAt, countsFrom } = step;
  if (lastWatchedAt === null) return m.why_age_never({ imported: day(importedAt), age });
  return countsFrom?.getTime() === lastWatchedAt.getTime()
    ? m.why_age_watched({ watched: day(lastWatchedAt), age })
    : m.why_age_imported({ watched: day(lastWatchedAt), imported: day(importedAt), age });
}

function spaceText(step: StepOf<'free-space'>): string {
  const text = freeText(step);
  const bytes = step.comingFreeBytes;
  return bytes === undefined ? text : m.why_space_coming({ text, bytes: formatBytes(bytes, getLocale()) });
}

function freeText(step: StepOf<'free-space'>): string {
  if (step.outcome === 'unknown' || step.freePercent === null)
    return m.why_space_unknown({ why: because(step) });
  const percent = formatPercent(step.freePercent, getLocale());
  const disk = step.diskPath ?? m.format_unknown();
  if (step.belowPercent === null) return m.why_space_any({ percent, disk });
  if (step.belowPercent !== undefined) {
    const gate = formatPercent(step.belowPercent, getLocale());
    return step.outcome === 'go-on'
      ? m.why_space_gate_open({ percent, disk, gate })
      : m.why_space_gate_shut({ percent, disk, gate });
  }
  return step.maxAgeDays === null
    ? m.why_space_room({ percent, disk })
    : m.why_space_tier({ percent, disk, age: days(step.maxAgeDays) });
}

function midShowText(step: StepOf<'mid-show'>): string {
  const within = days(step.withinDays);
  if (step.outcome === 'unknown') return m.why_mid_show_unknown({ why: because(step) });
  if (step.outcome === 'go-on') return m.why_mid_show_nobody({ days: within });
  return m.why_mid_show_some({
    names: namesOf(step.by),
    number: step.nextSeason ?? 0,
    count: step.by.length,
  });
}

function requestedText(step: StepOf<'requested'>): string {
  const within = days(step.withinDays);
  if (step.outcome === 'unknown') return m.why_requested_unknown({ why: because(step) });
  if (step.outcome === 'go-on') return m.why_requested_nobody({ days: within });
  return m.why_requested_some({ names: namesOf(step.by), date: day(step.at), count: step.by.length });
}

const tagAgeText = ({ tags, ruling, maxAgeDays }: StepOf<'tag-age'>): string =>
  tags.length > 1
    ? m.why_tag_age_of_many({ tag: ruling ?? '', age: days(maxAgeDays), tags: namesOf(tags) })
    : m.why_tag_age({ tag: ruling ?? '', age: days(maxAgeDays) });

function watchedByText(step: StepOf<'watched-by'>): string {
  if (step.outcome === 'unknown') return m.why_watched_unknown({ why: because(step) });
  if (step.seen.length + step.waitingFor.length === 0) {
    return step.maxAgeDays === null
      ? m.why_watched_nobody_stays()
      : m.why_watched_nobody({ age: days(step.maxAgeDays) });
  }
  if (step.outcome === 'go-on')
    return m.why_watched_all({ names: namesOf(step.seen), age: days(step.maxAgeDays) });
  return step.waitingFor.length === 0
    ? m.why_watched_no_requester()
    : m.why_watched_waiting({ names: namesOf(step.waitingFor), count: step.waitingFor.length });
}

function windowText(step: StepOf<'episode-window'>): string {
  const place = formatCount(step.place, getLocale());
  switch (step.because) {
    case 'last':
      return m.why_window_last({ place, count: step.keepLast ?? 0 });
    case 'days':
      return m.why_window_days({ days: days(step.keepDays) });
    case 'older-season':
      return m.why_window_older();
    case null:
      return m.why_window_out({ place });
    default:
      return step.because satisfies never;
  }
}

function dueText({ grace, ...step }: StepOf<'due'>): string {
  const text = warningText(step);
  if (!grace) return text;
  const { policy, endedAt, until } = grace;
  return m.why_due_grace({ text, policy, ended: day(endedAt), until: day(until) });
}

function warningText({ outcome, oldEnoughAt, dueAt, leavingSoonFrom, markedSince }: StepOf<'due'>): string {
  if (outcome === 'go-on') return m.why_due_now({ since: day(markedSince) });
  return markedSince === null
    ? m.why_due_kept({ due: day(oldEnoughAt), from: day(leavingSoonFrom) })
    : m.why_due_leaving({ since: day(markedSince), due: day(dueAt) });
}
