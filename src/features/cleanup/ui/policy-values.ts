import { parseTimeSpan } from '#core/time-span.ts';
import { everyDay, readTimeOfDay, readTimetable, writeTimeOfDay, writeTimetable } from '../core/timetable.ts';
import {
  audiences,
  policyKinds,
  units,
  type PolicyDraft,
  type PolicyRule,
  type Tier,
} from '../core/policy.ts';
import type { Sketch } from './policy-words.ts';

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
  favouriteUsers: string;
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
  keepLast: string;
  keepFor: string;
  olderSeasons: boolean;
  specials: boolean;
  /** Of every kind but disk pressure and tags. */
  gate: string;
};

export type TierRow = { freeBelowPercent: string; maxAge: string };
export type TagRow = { tag: string; maxAge: string; gate: string };

const GIGABYTE = 1_000_000_000;

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
    favouriteUsers: text(data, 'favouriteUsers'),
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
    showIds: texts(data, 'showIds'),
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

const numberText = (value: number | null): string => (value === null ? '' : String(value));
const spanText = (days: number | null): string => (days === null ? '' : `${days}d`);

export function valuesOfPolicy(policy: PolicyDraft): PolicyValues {
  const { caps, target, torrents, cron } = policy;
  const table = readTimetable(cron);
  return {
    ...policy,
    ...valuesOfRule(policy),
    targetValue: target ? String(target.unit === 'percent' ? target.value : target.value / GIGABYTE) : '',
    targetUnit: target?.unit === 'bytes' ? 'gigabytes' : 'percent',
    leavingSoon: `${policy.leavingSoonDays}d`,
    capItems: String(caps.items),
    capGigabytes: String(caps.bytes / GIGABYTE),
    capLibraryPercent: String(caps.libraryPercent),
    midShow: spanText(policy.midShowDays),
    requestedWithin: spanText(policy.requestedWithinDays),
    exclusionTags: policy.exclusionTags.join(', '),
    favouriteUsers: policy.favouriteUsers.join(', '),
    torrentsRemove: torrents.remove,
    torrentRatio: numberText(torrents.minRatio),
    torrentDays: numberText(torrents.minSeedDays),
    when: table ? 'times' : 'cron',
    time: writeTimeOfDay(table ?? { hour: 4, minute: 0 }),
    weekdays: table && table.weekdays.length < everyDay.length ? table.weekdays : [],
  };
}

/** What a kind that was not chosen yet starts with. */
const usualRule: RuleValues = {
  tiers: [
    { freeBelowPercent: '20', maxAge: '365d' },
    { freeBelowPercent: '10', maxAge: '180d' },
  ],
  ageBasis: 'newest-import',
  tags: [{ tag: '', maxAge: '', gate: '' }],
  seenBy: 'starters',
  watchedFor: '30d',
  neverWatchedFor: '',
  showTags: '',
  showIds: [],
  keepLast: '10',
  keepFor: '',
  olderSeasons: false,
  specials: false,
  gate: '',
};

function valuesOfRule(policy: PolicyRule): RuleValues {
  switch (policy.kind) {
    case 'disk-pressure': {
      const tiers = policy.tiers.map(({ freeBelowPercent, maxAgeDays }) => ({
        freeBelowPercent: String(freeBelowPercent),
        maxAge: `${maxAgeDays}d`,
      }));
      return { ...usualRule, tiers, ageBasis: policy.ageBasis };
    }
    case 'tag': {
      const tags = policy.tags.map(({ tag, maxAgeDays, freeBelowPercent }) => ({
        tag,
        maxAge: `${maxAgeDays}d`,
        gate: numberText(freeBelowPercent),
      }));
      return { ...usualRule, tags, ageBasis: policy.ageBasis };
    }
    case 'watched': {
      const { seenBy, watchedDays, neverWatchedDays, freeBelowPercent, ageBasis } = policy;
      const ages = { watchedFor: `${watchedDays}d`, neverWatchedFor: spanText(neverWatchedDays) };
      return { ...usualRule, seenBy, ...ages, gate: numberText(freeBelowPercent), ageBasis };
    }
    case 'episodes': {
      const { showIds, keepLast, keepDays, olderSeasons, specials, freeBelowPercent } = policy;
      const windows = { keepLast: numberText(keepLast), keepFor: spanText(keepDays), olderSeasons, specials };
      const showTags = policy.showTags.join(', ');
      return { ...usualRule, showTags, showIds, ...windows, gate: numberText(freeBelowPercent) };
    }
    default:
      return policy satisfies never;
  }
}

/** The cron line that a time and days stand for; null when the time is none. */
export function cronOf({ when, cron, time, weekdays }: PolicyValues): string | null {
  if (when === 'cron') return cron;
  const at = readTimeOfDay(time);
  return at && writeTimetable({ ...at, weekdays });
}

/** People write `12,5` where the comma is the point. */
const numberOf = (typed: string): number => (typed.trim() === '' ? NaN : Number(typed.replace(',', '.')));
const numberOrNull = (typed: string): number | null => {
  const value = numberOf(typed);
  return Number.isFinite(value) ? value : null;
};
const daysOrNull = (typed: string): number | null => {
  const span = parseTimeSpan(typed);
  return span.ok ? span.value : null;
};
const listOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What the sentence is made of while somebody still types: rows that are not readable yet are left out. */
export function sketchOf(
  values: PolicyValues,
  names: { disks: ReadonlyMap<string, string>; services: ReadonlyMap<string, string> },
): Sketch {
  const known = (ids: readonly string[], all: ReadonlyMap<string, string>) =>
    ids.flatMap((id) => all.get(id) ?? []);
  const target = numberOrNull(values.targetValue);
  return {
    unit: units.find((unit) => unit === values.unit) ?? 'film',
    rule: ruleSketchOf(values),
    target:
      target === null || target <= 0
        ? null
        : values.targetUnit === 'gigabytes'
          ? { unit: 'bytes', value: target * GIGABYTE }
          : { unit: 'percent', value: target },
    leavingSoonDays: daysOrNull(values.leavingSoon) ?? 0,
    caps: {
      items: numberOf(values.capItems) || 0,
      bytes: (numberOf(values.capGigabytes) || 0) * GIGABYTE,
      libraryPercent: numberOf(values.capLibraryPercent) || 0,
    },
    diskNames: known(values.diskIds, names.disks),
    serviceNames: known(values.connectionIds, names.services),
  };
}

function ruleSketchOf(values: PolicyValues): PolicyRule {
  const kind = policyKinds.find((one) => one === values.kind) ?? 'disk-pressure';
  const ageBasis = values.ageBasis === 'oldest-import' ? 'oldest-import' : 'newest-import';
  const freeBelowPercent = numberOrNull(values.gate);
  switch (kind) {
    case 'disk-pressure':
      return { kind, tiers: values.tiers.flatMap(tierOf), ageBasis };
    case 'tag': {
      const tags = values.tags.flatMap(({ tag, maxAge, gate }) => {
        const maxAgeDays = daysOrNull(maxAge);
        if (tag.trim() === '' || maxAgeDays === null) return [];
        return [{ tag: tag.trim(), maxAgeDays, freeBelowPercent: numberOrNull(gate) }];
      });
      return { kind, tags, ageBasis };
    }
    case 'watched': {
      const seenBy = audiences.find((one) => one === values.seenBy) ?? 'starters';
      const watchedDays = daysOrNull(values.watchedFor) ?? 0;
      const neverWatchedDays = daysOrNull(values.neverWatchedFor);
      return { kind, seenBy, watchedDays, neverWatchedDays, freeBelowPercent, ageBasis };
    }
    case 'episodes': {
      const { olderSeasons, specials } = values;
      const windows = { keepLast: numberOrNull(values.keepLast), keepDays: daysOrNull(values.keepFor) };
      const showTags = listOf(values.showTags);
      return { kind, showTags, showIds: [], ...windows, olderSeasons, specials, freeBelowPercent };
    }
    default:
      return kind satisfies never;
  }
}

function tierOf({ freeBelowPercent, maxAge }: TierRow): Tier[] {
  const percent = numberOf(freeBelowPercent);
  const age = parseTimeSpan(maxAge);
  return age.ok && percent > 0 && percent <= 100
    ? [{ freeBelowPercent: percent, maxAgeDays: age.value }]
    : [];
}
