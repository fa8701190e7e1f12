import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import type {
  AgeBasis,
  Audience,
  Order,
  Policy,
  PolicyKind,
  ShowStates,
  Unit,
} from '../core/policy/policy.ts';
import { everyDay, readTimetable, writeTimeOfDay } from '../core/policy/timetable.ts';

export const unitWords: Readonly<Record<Unit, () => string>> = {
  film: m.policy_unit_film,
  season: m.policy_unit_season,
  show: m.policy_unit_show,
  episode: m.policy_unit_episode,
};

export const orderWords: Readonly<Record<Order, () => string>> = {
  'longest-unwatched': m.policy_order_longest,
  oldest: m.policy_order_oldest,
  largest: m.policy_order_largest,
  value: m.policy_order_value,
};

export const kindWords: Readonly<Record<PolicyKind, () => string>> = {
  'disk-pressure': m.policy_kind_disk,
  tag: m.policy_kind_tag,
  watched: m.policy_kind_watched,
  episodes: m.policy_kind_episodes,
};

export const kindHints: Readonly<Record<PolicyKind, () => string>> = {
  'disk-pressure': m.policy_kind_disk_hint,
  tag: m.policy_kind_tag_hint,
  watched: m.policy_kind_watched_hint,
  episodes: m.policy_kind_episodes_hint,
};

export const audienceWords: Readonly<Record<Audience, () => string>> = {
  requester: m.policy_seen_requester,
  starters: m.policy_seen_starters,
  everybody: m.policy_seen_everybody,
};

export const showStateWords: Readonly<Record<ShowStates, () => string>> = {
  any: m.policy_shows_any,
  continuing: m.policy_shows_continuing,
  ended: m.policy_shows_ended,
};

export const basisWords: Readonly<Record<AgeBasis, () => string>> = {
  'newest-import': m.policy_basis_newest,
  'oldest-import': m.policy_basis_oldest,
};

export const listed = (
  texts: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => new Intl.ListFormat(getLocale(), { type }).format(texts);

/** The first Sunday of a calendar that nobody looks at. */
const SUNDAY_MS = Date.UTC(2023, 0, 1);

/** "Monday", or "Mon" where there is little room. Sunday is 0. */
export const weekdayWords = (day: number, width: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(getLocale(), { weekday: width, timeZone: 'UTC' }).format(
    new Date(SUNDAY_MS + day * 86_400_000),
  );

/** Weeks begin on Monday on these pages, in both languages. */
export const weekOrder: readonly number[] = [1, 2, 3, 4, 5, 6, 0];

/** "Every day at 04:00 (Europe/Madrid)"; what only cron can say stays a cron line. */
export const timetableWords = ({ cron, timeZone }: Pick<Policy, 'cron' | 'timeZone'>): string =>
  m.policy_in_zone({ when: whenWords(cron), zone: timeZone.replaceAll('_', ' ') });

function whenWords(cron: string): string {
  const table = readTimetable(cron);
  if (table === null) return m.policy_cron({ cron });
  const time = writeTimeOfDay(table);
  if (table.weekdays.length === everyDay.length) return m.policy_every_day({ time });
  const names = weekOrder.filter((day) => table.weekdays.includes(day)).map((day) => weekdayWords(day));
  return m.policy_on_days({ days: listed(names), time });
}
