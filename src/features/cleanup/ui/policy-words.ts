import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import type { WordList } from '#ui/form-errors.ts';
import { formatBytes, formatCount, formatDays, formatPercent } from '#ui/format.ts';
import type {
  AgeBasis,
  Audience,
  Order,
  Policy,
  PolicyBase,
  PolicyKind,
  PolicyRule,
  ShowStates,
  Target,
  Tier,
  Unit,
} from '../core/policy.ts';
import { everyDay, readTimetable, writeTimeOfDay } from '../core/timetable.ts';

export const unitWords: Readonly<Record<Unit, () => string>> = {
  film: m.policy_unit_film,
  season: m.policy_unit_season,
  show: m.policy_unit_show,
  episode: m.policy_unit_episode,
};

const subjects: Readonly<Record<Unit, () => string>> = {
  film: m.policy_what_film,
  season: m.policy_what_season,
  show: m.policy_what_show,
  episode: m.policy_what_episode,
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

const percent = (value: number): string => formatPercent(value, getLocale());
const days = (count: number): string => formatDays(count, getLocale());
export const listed = (
  texts: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => new Intl.ListFormat(getLocale(), { type }).format(texts);

/** What a sentence about a policy is made of; a form that is being filled in has it too. */
export type Sketch = Pick<PolicyBase, 'unit' | 'target' | 'leavingSoonDays' | 'caps'> & {
  rule: PolicyRule;
  /** Empty means all of them. */
  diskNames: readonly string[];
  serviceNames: readonly string[];
};

/** "Films on every disk that nobody has watched for 60 days go when less than 15 % is free." */
export function policySentence(sketch: Sketch): string {
  const { rule } = sketch;
  const what = whatOf(sketch);
  const where =
    sketch.diskNames.length === 0
      ? m.policy_where_every()
      : m.policy_where_disks({ disks: listed(sketch.diskNames) });
  switch (rule.kind) {
    case 'disk-pressure':
      return diskSentence(rule.tiers, { what, where });
    case 'tag':
      return tagSentence(rule, { what, where });
    case 'watched':
      return watchedSentence(rule, { what, where });
    case 'episodes':
      return episodesSentence(rule, sketch);
    default:
      return rule satisfies never;
  }
}

type Subject = { what: string; where: string };

function diskSentence(tiers: readonly Tier[], { what, where }: Subject): string {
  const [first, ...rest] = tiers.toSorted((a, b) => b.freeBelowPercent - a.freeBelowPercent);
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

type RuleOf<K extends PolicyKind> = Extract<PolicyRule, { kind: K }>;

function tagSentence({ tags }: RuleOf<'tag'>, { what, where }: Subject): string {
  if (tags.length === 0) return m.policy_sentence_none({ what, where });
  const list = listed(
    tags.map(({ tag, maxAgeDays, freeBelowPercent }) => {
      const age = days(maxAgeDays);
      return freeBelowPercent === null
        ? m.policy_sentence_tag({ tag, age })
        : m.policy_sentence_tag_gate({ tag, age, percent: percent(freeBelowPercent) });
    }),
    'disjunction',
  );
  return m.policy_sentence_tags({ what, where, list });
}

function watchedSentence(rule: RuleOf<'watched'>, { what, where }: Subject): string {
  const parts = [
    m.policy_sentence_watched({
      what,
      where,
      who: audienceWords[rule.seenBy](),
      age: days(rule.watchedDays),
    }),
    ...(rule.neverWatchedDays === null
      ? []
      : [m.policy_sentence_never({ age: days(rule.neverWatchedDays) })]),
    ...gateSentence(rule.freeBelowPercent),
  ];
  return parts.join(' ');
}

function episodesSentence(rule: RuleOf<'episodes'>, sketch: Sketch): string {
  const { showTags, showIds, keepLast, keepDays, freeBelowPercent } = rule;
  const chosen = [
    ...(showTags.length > 0
      ? [m.policy_sentence_shows_tagged({ tags: listed(showTags, 'disjunction') })]
      : []),
    ...(showIds.length > 0 ? [m.policy_sentence_shows_named({ count: showIds.length })] : []),
  ];
  const kept = [
    ...(keepLast === null
      ? []
      : [m.policy_sentence_last({ count: keepLast, number: formatCount(keepLast, getLocale()) })]),
    ...(keepDays === null ? [] : [m.policy_sentence_days({ days: days(keepDays) })]),
  ];
  if (chosen.length === 0 || kept.length === 0) return m.policy_sentence_episodes_none();
  const what = whatOf(sketch);
  const sentence = m.policy_sentence_episodes({ what, shows: listed(chosen), kept: listed(kept) });
  return [sentence, ...gateSentence(freeBelowPercent)].join(' ');
}

const gateSentence = (freeBelowPercent: number | null): string[] =>
  freeBelowPercent === null ? [] : [m.policy_sentence_gate({ percent: percent(freeBelowPercent) })];

function whatOf({ unit, serviceNames }: Sketch): string {
  const what = subjects[unit]();
  return serviceNames.length === 0 ? what : m.policy_of_services({ what, services: listed(serviceNames) });
}

const tierText = (tier: Tier): string =>
  tier.freeBelowPercent >= 100
    ? m.policy_sentence_tier_any({ age: days(tier.maxAgeDays) })
    : m.policy_sentence_tier({ age: days(tier.maxAgeDays), percent: percent(tier.freeBelowPercent) });

/** "20 %" or "500 GB". */
export const targetText = ({ unit, value }: Target): string =>
  unit === 'percent' ? percent(value) : formatBytes(value, getLocale());

/** "A run stops at 20 % free and takes at most 25 titles and 500 GB. What goes is announced 14 days before." */
export function limitsSentence({ target, caps, leavingSoonDays }: Sketch): string {
  const most = {
    count: caps.items,
    number: formatCount(caps.items, getLocale()),
    bytes: formatBytes(caps.bytes, getLocale()),
  };
  const limits = target
    ? m.policy_sentence_limits({ ...most, percent: targetText(target) })
    : m.policy_sentence_caps(most);
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
  'policy.target-missing': m.policy_error_target_missing,
  'policy.target-out-of-range': m.policy_error_stop_range,
  'policy.target-below-highest-tier': (params) =>
    m.policy_error_stop_low({ percent: percent(Number(params['highest'])) }),
  'policy.leaving-soon-out-of-range': (params) => m.policy_error_window({ most: most(params['most']) }),
  'policy.cap-out-of-range': m.policy_error_cap,
  'policy.unit-not-for-kind': m.policy_error_unit,
  'policy.tags-missing': m.policy_error_tag_missing,
  'policy.tags-too-many': (params) => m.policy_error_tags_many({ most: most(params['most']) }),
  'policy.tag-empty': m.policy_error_tag_empty,
  'policy.tag-incomplete': m.policy_error_tag_incomplete,
  'policy.tag-twice': (params) => m.policy_error_tag_twice({ tag: String(params['tag']) }),
  'policy.tag-age-out-of-range': m.policy_error_tier_age,
  'policy.tag-excluded': (params) => m.policy_error_tag_excluded({ tag: String(params['tag']) }),
  'policy.gate-out-of-range': m.policy_error_tier_percent,
  'policy.days-out-of-range': (params) => m.policy_error_days({ most: most(params['most']) }),
  'policy.shows-not-chosen': m.policy_error_shows,
  'policy.window-missing': m.policy_error_keep,
  'policy.keep-last-out-of-range': m.policy_error_keep_last,
  'policy.torrent-limit-out-of-range': m.policy_error_torrent_limit,
  'policy.torrent-limit-missing': m.policy_error_torrent_missing,
};
