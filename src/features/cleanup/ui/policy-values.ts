import { readTimeOfDay, writeTimetable } from '../core/policy/timetable.ts';

/** What stands in the fields of a policy's form, as it was typed: nothing of it may be lost when something is wrong. */
export type PolicyValues = RuleValues & {
  name: string;
  kind: string;
  unit: string;
  connectionIds: readonly string[];
  diskIds: readonly string[];
  targetValue: string;
  targetUnit: string;
  leavingSoon: string;
  order: string;
  capItems: string;
  capGigabytes: string;
  capLibraryPercent: string;
  shows: string;
  keepsFirstSeason: boolean;
  midShow: string;
  requestedWithin: string;
  exclusionTags: string;
  favouritesProtect: boolean;
  favouriteUsers: readonly string[];
  halfWayProtects: boolean;
  addImportExclusion: boolean;
  removeRequests: boolean;
  needsApproval: boolean;
  torrentsRemove: boolean;
  torrentRatio: string;
  torrentDays: string;
  /** People give times of day; a cron line is for those who know it. */
  when: 'times' | 'cron';
  time: string;
  weekdays: readonly number[];
  cron: string;
  timeZone: string;
};

/** The fields of every kind: what was typed for one is still there when somebody looks at another and comes back. */
export type RuleValues = {
  tiers: readonly TierRow[];
  ageBasis: string;
  tags: readonly TagRow[];
  seenBy: string;
  watchedFor: string;
  neverWatchedFor: string;
  showTags: string;
  showIds: readonly string[];
  /** A title that is being looked for, to become one of `showIds`. */
  showTitle: string;
  keepLast: string;
  keepFor: string;
  olderSeasons: boolean;
  specials: boolean;
  /** Of every kind but disk pressure and tags. */
  gate: string;
};

export type TierRow = { freeBelowPercent: string; maxAge: string };
export type TagRow = { tag: string; maxAge: string; gate: string };

const text = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
};
const texts = (data: FormData, name: string): string[] =>
  data.getAll(name).filter((value) => typeof value === 'string');

export function valuesOfForm(data: FormData): PolicyValues {
  const is = (name: string) => data.get(name) === 'on';
  return {
    name: text(data, 'name'),
    kind: text(data, 'kind') || 'disk-pressure',
    unit: text(data, 'unit'),
    connectionIds: texts(data, 'connectionIds'),
    diskIds: texts(data, 'diskIds'),
    targetValue: text(data, 'targetValue'),
    targetUnit: text(data, 'targetUnit') || 'percent',
    leavingSoon: text(data, 'leavingSoon'),
    order: text(data, 'order'),
    capItems: text(data, 'capItems'),
    capGigabytes: text(data, 'capGigabytes'),
    capLibraryPercent: text(data, 'capLibraryPercent'),
    shows: text(data, 'shows') || 'any',
    keepsFirstSeason: is('keepsFirstSeason'),
    midShow: text(data, 'midShow'),
    requestedWithin: text(data, 'requestedWithin'),
    exclusionTags: text(data, 'exclusionTags'),
    favouritesProtect: is('favouritesProtect'),
    favouriteUsers: listOf(texts(data, 'favouriteUsers').join(',')),
    halfWayProtects: is('halfWayProtects'),
    addImportExclusion: is('addImportExclusion'),
    removeRequests: is('removeRequests'),
    needsApproval: is('needsApproval'),
    torrentsRemove: is('torrentsRemove'),
    torrentRatio: text(data, 'torrentRatio'),
    torrentDays: text(data, 'torrentDays'),
    ...ruleOfForm(data),
    ...whenOfForm(data),
  };
}

function ruleOfForm(data: FormData): RuleValues {
  const ages = texts(data, 'maxAge');
  const tagAges = texts(data, 'tagMaxAge');
  const tagGates = texts(data, 'tagGate');
  return {
    tiers: texts(data, 'freeBelowPercent').map((freeBelowPercent, row) => ({
      freeBelowPercent,
      maxAge: ages[row] ?? '',
    })),
    ageBasis: text(data, 'ageBasis') || 'newest-import',
    tags: texts(data, 'tag').map((tag, row) => ({
      tag,
      maxAge: tagAges[row] ?? '',
      gate: tagGates[row] ?? '',
    })),
    seenBy: text(data, 'seenBy') || 'starters',
    watchedFor: text(data, 'watchedFor'),
    neverWatchedFor: text(data, 'neverWatchedFor'),
    showTags: text(data, 'showTags'),
    showIds: [...new Set(texts(data, 'showIds'))],
    showTitle: text(data, 'showTitle'),
    keepLast: text(data, 'keepLast'),
    keepFor: text(data, 'keepFor'),
    olderSeasons: data.get('olderSeasons') === 'on',
    specials: data.get('specials') === 'on',
    gate: text(data, 'gate'),
  };
}

function whenOfForm(data: FormData): Pick<PolicyValues, 'when' | 'time' | 'weekdays' | 'cron' | 'timeZone'> {
  return {
    when: text(data, 'when') === 'cron' ? 'cron' : 'times',
    time: text(data, 'time'),
    weekdays: texts(data, 'weekday').map(Number),
    cron: text(data, 'cron'),
    timeZone: text(data, 'timeZone'),
  };
}

/** The cron line that a time and days stand for; null when the time is none. */
export function cronOf({ when, cron, time, weekdays }: PolicyValues): string | null {
  if (when === 'cron') return cron;
  const at = readTimeOfDay(time);
  return at && writeTimetable({ ...at, weekdays });
}

/** `keep, kids`: what is between the commas. */
export const listOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
