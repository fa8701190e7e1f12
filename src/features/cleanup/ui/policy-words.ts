import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';
import { formatBytes, formatCount, formatDays, formatPercent } from '#ui/format.ts';
import type { AgeBasis, Order, Policy, Unit } from '../core/policy.ts';
import { everyDay, readTimetable, writeTimeOfDay } from '../core/timetable.ts';

export const unitWords: Readonly<Record<Unit, () => string>> = {
  film: m.policy_unit_film,
  season: m.policy_unit_season,
  show: m.policy_unit_show,
};

const subjects: Readonly<Record<Unit, () => string>> = {
  film: m.policy_what_film,
  season: m.policy_what_season,
  show: m.policy_what_show,
};

export const orderWords: Readonly<Record<Order, () => string>> = {
  'longest-unwatched': m.policy_order_longest,
  oldest: m.policy_order_oldest,
  largest: m.policy_order_largest,
};

export const basisWords: Readonly<Record<AgeBasis, () => string>> = {
  'newest-import': m.policy_basis_newest,
  'oldest-import': m.policy_basis_oldest,
};

const percent = (value: number): string => formatPercent(value, getLocale());
const days = (count: number): string => formatDays(count, getLocale());
export const listed = (
  texts: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => new Intl.ListFormat(getLocale(), { type }).format(texts);

/** What a sentence about a policy is made of; a form that is being filled in has it too. */
export type Sketch = Pick<Policy, 'unit' | 'tiers' | 'stopAtFreePercent' | 'leavingSoonDays' | 'caps'> & {
  /** Empty means all of them. */
  diskNames: readonly string[];
  serviceNames: readonly string[];
};

/** "Films on every disk that nobody has watched for 60 days go when less than 15 % is free." */
export function policySentence(sketch: Sketch): string {
  const what = whatOf(sketch);
  const where =
    sketch.diskNames.length === 0
      ? m.policy_where_every()
      : m.policy_where_disks({ disks: listed(sketch.diskNames) });
  const [first, ...rest] = sketch.tiers.toSorted((a, b) => b.freeBelowPercent - a.freeBelowPercent);
  if (!first) return m.policy_sentence_none({ what, where });
  if (rest.length > 0)
    return m.policy_sentence_many({
      what,
      where,
      list: listed([first, ...rest].map(tierText), 'disjunction'),
    });
  const age = days(first.maxAgeDays);
  return first.freeBelowPercent >= 100
    ? m.policy_sentence_one_any({ what, where, age })
    : m.policy_sentence_one({ what, where, age, percent: percent(first.freeBelowPercent) });
}

function whatOf({ unit, serviceNames }: Sketch): string {
  const what = subjects[unit]();
  return serviceNames.length === 0 ? what : m.policy_of_services({ what, services: listed(serviceNames) });
}

const tierText = (tier: Sketch['tiers'][number]): string =>
  tier.freeBelowPercent >= 100
    ? m.policy_sentence_tier_any({ age: days(tier.maxAgeDays) })
    : m.policy_sentence_tier({ age: days(tier.maxAgeDays), percent: percent(tier.freeBelowPercent) });

/** "A run stops at 20 % free and takes at most 25 titles and 500 GB. What goes is announced 14 days before." */
export function limitsSentence({ stopAtFreePercent, caps, leavingSoonDays }: Sketch): string {
  const limits = m.policy_sentence_limits({
    percent: percent(stopAtFreePercent),
    count: caps.items,
    number: formatCount(caps.items, getLocale()),
    bytes: formatBytes(caps.bytes, getLocale()),
  });
  const warned =
    leavingSoonDays > 0
      ? m.policy_sentence_warned({ days: days(leavingSoonDays) })
      : m.policy_sentence_unwarned();
  return `${limits} ${warned}`;
}

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

const most = (value: number | string = 0): string => formatCount(Number(value), getLocale());

/** Every mistake that a policy can have, beside its field. */
export const policyProblemWords: WordList = {
  'policy.name-missing': m.policy_error_name_missing,
  'policy.name-too-long': (params) => m.policy_error_name_long({ most: most(params['most']) }),
  'policy.cron-not-readable': m.policy_error_cron,
  'policy.time-zone-unknown': m.policy_error_zone,
  'policy.time-missing': m.policy_error_time,
  'policy.connection-unknown': m.policy_error_connection,
  'policy.disk-unknown': m.policy_error_disk,
  'policy.tiers-missing': m.policy_error_tiers_missing,
  'policy.tiers-too-many': (params) => m.policy_error_tiers_many({ most: most(params['most']) }),
  'policy.tier-incomplete': m.policy_error_tier_incomplete,
  'policy.tier-percent-out-of-range': m.policy_error_tier_percent,
  'policy.tier-age-out-of-range': m.policy_error_tier_age,
  'policy.tier-duplicate': (params) =>
    m.policy_error_tier_duplicate({ percent: percent(Number(params['freeBelowPercent'])) }),
  'policy.tiers-not-monotonic': (params) =>
    m.policy_error_tier_order({
      percent: percent(Number(params['freeBelowPercent'])),
      days: days(Number(params['maxAgeDays'])),
    }),
  'policy.tier-within-leaving-soon': (params) =>
    m.policy_error_tier_window({ days: days(Number(params['leavingSoonDays'])) }),
  'policy.stop-out-of-range': m.policy_error_stop_range,
  'policy.stop-below-highest-tier': (params) =>
    m.policy_error_stop_low({ percent: percent(Number(params['highest'])) }),
  'policy.leaving-soon-out-of-range': (params) => m.policy_error_window({ most: most(params['most']) }),
  'policy.cap-out-of-range': m.policy_error_cap,
};
