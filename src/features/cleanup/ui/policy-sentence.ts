import { getLocale } from '#i18n/runtime.js';
import { m } from '#i18n/messages.js';
import { formatBytes, formatCount, formatDays, formatPercent } from '#ui/format.ts';
import type { PolicyBase, PolicyKind, PolicyRule, Target, Tier, Unit } from '../core/policy/policy.ts';
import { listed } from './policy-words.ts';

/** What a sentence about a policy is made of; a form that is being filled in has it too. */
export type Sketch = Pick<
  PolicyBase,
  | 'unit'
  | 'target'
  | 'leavingSoonDays'
  | 'caps'
  | 'shows'
  | 'keepsFirstSeason'
  | 'midShowDays'
  | 'requestedWithinDays'
  | 'exclusionTags'
  | 'favouritesProtect'
  | 'favouriteUsers'
  | 'halfWayProtects'
  | 'needsApproval'
  | 'torrents'
> & {
  rule: PolicyRule;
  /** Empty means all of them. */
  diskNames: readonly string[];
  serviceNames: readonly string[];
  /** Titles of the series that an episode policy names, where they are known. */
  showNames?: readonly string[];
};

const percent = (value: number): string => formatPercent(value, getLocale());
const days = (count: number): string => formatDays(count, getLocale());
const number = (count: number): string => formatCount(count, getLocale());

const subjects: Readonly<Record<Unit, () => string>> = {
  film: m.policy_what_film,
  season: m.policy_what_season,
  show: m.policy_what_show,
  episode: m.policy_what_episode,
};

/** "Films on every disk that nobody has watched for 60 days go when less than 15 % is free." */
export function policySentence(sketch: Sketch): string {
  return [ruleSentence(sketch), ...gateSentence(sketch.rule), ...showsSentence(sketch)].join(' ');
}

function ruleSentence(sketch: Sketch): string {
  const { rule } = sketch;
  switch (rule.kind) {
    case 'disk-pressure':
      return diskSentence(rule.tiers, subjectOf(sketch));
    case 'tag':
      return tagSentence(rule.tags, subjectOf(sketch));
    case 'watched':
      return watchedSentence(rule, subjectOf(sketch));
    case 'episodes':
      return episodesSentence(rule, sketch);
    default:
      return rule satisfies never;
  }
}

type Subject = { what: string; where: string };

function subjectOf({ unit, serviceNames, diskNames }: Sketch): Subject {
  const all = subjects[unit]();
  const services = listed(serviceNames);
  return {
    what: serviceNames.length === 0 ? all : m.policy_of_services({ what: all, services }),
    where:
      diskNames.length === 0 ? m.policy_where_every() : m.policy_where_disks({ disks: listed(diskNames) }),
  };
}

function diskSentence(tiers: readonly Tier[], subject: Subject): string {
  const [first, ...rest] = tiers.toSorted((a, b) => b.freeBelowPercent - a.freeBelowPercent);
  if (!first) return m.policy_sentence_none(subject);
  if (rest.length > 0) {
    const list = listed([first, ...rest].map(tierText), 'disjunction');
    return m.policy_sentence_many({ ...subject, list });
  }
  const age = days(first.maxAgeDays);
  return first.freeBelowPercent >= 100
    ? m.policy_sentence_one_any({ ...subject, age })
    : m.policy_sentence_one({ ...subject, age, percent: percent(first.freeBelowPercent) });
}

const tierText = ({ freeBelowPercent, maxAgeDays }: Tier): string =>
  freeBelowPercent >= 100
    ? m.policy_sentence_tier_any({ age: days(maxAgeDays) })
    : m.policy_sentence_tier({ age: days(maxAgeDays), percent: percent(freeBelowPercent) });

type RuleOf<K extends PolicyKind> = Extract<PolicyRule, { kind: K }>;
type TagAge = RuleOf<'tag'>['tags'][number];

function tagSentence(tags: readonly TagAge[], subject: Subject): string {
  const [only, ...rest] = tags;
  if (!only) return m.policy_sentence_none(subject);
  if (rest.length > 0) return m.policy_sentence_tags({ ...subject, list: listed(tags.map(tagText)) });
  const { tag, maxAgeDays, freeBelowPercent } = only;
  const age = days(maxAgeDays);
  return freeBelowPercent === null
    ? m.policy_sentence_tag({ ...subject, tag, age })
    : m.policy_sentence_tag_gate({ ...subject, tag, age, percent: percent(freeBelowPercent) });
}

const tagText = ({ tag, maxAgeDays, freeBelowPercent }: TagAge): string =>
  freeBelowPercent === null
    ? m.policy_sentence_tag_part({ tag, age: days(maxAgeDays) })
    : m.policy_sentence_tag_part_gate({ tag, age: days(maxAgeDays), percent: percent(freeBelowPercent) });

const seenBy = {
  requester: m.policy_sentence_seen_requester,
  starters: m.policy_sentence_seen_starters,
  everybody: m.policy_sentence_seen_everybody,
};

function watchedSentence(rule: RuleOf<'watched'>, subject: Subject): string {
  const { watchedDays, neverWatchedDays } = rule;
  const when =
    watchedDays === 0 ? m.policy_sentence_at_once() : m.policy_sentence_after({ age: days(watchedDays) });
  const never =
    neverWatchedDays === null
      ? m.policy_sentence_never_stays()
      : m.policy_sentence_never({ age: days(neverWatchedDays) });
  return `${seenBy[rule.seenBy]({ ...subject, when })} ${never}`;
}

/** Whoever named more series than these does not want to read them all. */
const MOST_NAMED = 3;

function episodesSentence(rule: RuleOf<'episodes'>, sketch: Sketch): string {
  const { keepLast, keepDays, olderSeasons, specials } = rule;
  const chosen = chosenShows(rule, sketch);
  const kept = [
    ...(keepLast === null ? [] : [m.policy_sentence_last({ count: keepLast, number: number(keepLast) })]),
    ...(keepDays === null ? [] : [m.policy_sentence_days({ count: keepDays, days: days(keepDays) })]),
  ];
  if (chosen.length === 0 || kept.length === 0) return m.policy_sentence_episodes_none();
  const places = [...sketch.serviceNames, ...sketch.diskNames].join(', ');
  const all = listed(chosen);
  const shows = places === '' ? all : m.policy_sentence_shows_places({ shows: all, places });
  const go = olderSeasons ? m.policy_sentence_episodes : m.policy_sentence_episodes_newest;
  const about = specials ? m.policy_sentence_specials_go() : m.policy_sentence_specials_stay();
  return `${go({ shows, kept: listed(kept) })} ${about}`;
}

function chosenShows({ showTags, showIds }: RuleOf<'episodes'>, { showNames = [] }: Sketch): string[] {
  const areNamed = showNames.length === showIds.length && showNames.length <= MOST_NAMED;
  const named = showIds.length === 0 ? [] : [m.policy_sentence_shows_named({ count: showIds.length })];
  return [
    ...(areNamed ? showNames : named),
    ...(showTags.length > 0
      ? [m.policy_sentence_shows_tagged({ tags: listed(showTags, 'disjunction') })]
      : []),
  ];
}

/** Tiers and tags have gates of their own. */
function gateSentence(rule: PolicyRule): string[] {
  const gate = rule.kind === 'watched' || rule.kind === 'episodes' ? rule.freeBelowPercent : null;
  return gate === null ? [] : [m.policy_sentence_gate({ percent: percent(gate) })];
}

function showsSentence({ unit, shows }: Sketch): string[] {
  if (unit === 'film' || shows === 'any') return [];
  return [shows === 'ended' ? m.policy_sentence_only_ended() : m.policy_sentence_only_continuing()];
}

/** "20 %" or "500 GB". */
const targetText = ({ unit, value }: Target): string =>
  unit === 'percent'
    ? m.policy_sentence_to_percent({ percent: percent(value) })
    : m.policy_sentence_to_bytes({ bytes: formatBytes(value, getLocale()) });

/** "A run stops at 20 % free and takes at most 25 titles and 500 GB. What goes is announced 14 days before." */
export function limitsSentence({ target, caps, leavingSoonDays, needsApproval, torrents }: Sketch): string {
  const most = {
    count: caps.items,
    number: number(caps.items),
    bytes: formatBytes(caps.bytes, getLocale()),
  };
  const limits = target
    ? m.policy_sentence_limits({ ...most, target: targetText(target) })
    : m.policy_sentence_caps(most);
  const warned =
    leavingSoonDays > 0
      ? m.policy_sentence_warned({ days: days(leavingSoonDays) })
      : m.policy_sentence_unwarned();
  const waits = needsApproval ? [m.policy_sentence_waits()] : [];
  return [limits, warned, ...waits, ...torrentsSentence(torrents)].join(' ');
}

function torrentsSentence({ remove, minRatio, minSeedDays }: Sketch['torrents']): string[] {
  if (!remove) return [];
  const ratio = (value: number) => new Intl.NumberFormat(getLocale()).format(value);
  const limits = [
    ...(minRatio === null ? [] : [m.policy_sentence_ratio({ ratio: ratio(minRatio) })]),
    ...(minSeedDays === null ? [] : [m.policy_sentence_seeded({ days: days(minSeedDays) })]),
  ];
  return limits.length === 0 ? [] : [m.policy_sentence_torrents({ limits: listed(limits, 'disjunction') })];
}

/** "Stays: anybody's favourites, what somebody is half-way through and what is tagged keep." */
export function protectionsSentence(sketch: Sketch): string {
  const list = [...protectedByPeople(sketch), ...protectedByShow(sketch)];
  return list.length === 0 ? m.policy_sentence_stays_none() : m.policy_sentence_stays({ list: listed(list) });
}

function protectedByPeople(sketch: Sketch): string[] {
  const { favouritesProtect, favouriteUsers, halfWayProtects, requestedWithinDays, exclusionTags } = sketch;
  const favourites =
    favouriteUsers.length === 0
      ? m.policy_stays_favourites()
      : m.policy_stays_favourites_of({ names: listed(favouriteUsers) });
  return [
    ...(exclusionTags.length > 0
      ? [m.policy_stays_tagged({ tags: listed(exclusionTags, 'disjunction') })]
      : []),
    ...(favouritesProtect ? [favourites] : []),
    ...(halfWayProtects ? [m.policy_stays_half_way()] : []),
    ...(requestedWithinDays > 0
      ? [m.policy_stays_requested({ count: requestedWithinDays, days: days(requestedWithinDays) })]
      : []),
  ];
}

function protectedByShow({ unit, midShowDays, keepsFirstSeason }: Sketch): string[] {
  if (unit === 'film') return [];
  return [
    ...(midShowDays > 0 ? [m.policy_stays_mid_show({ count: midShowDays, days: days(midShowDays) })] : []),
    ...(keepsFirstSeason ? [m.policy_stays_first_season()] : []),
  ];
}
