import { parseTimeSpan } from '#core/time-span.ts';
import { units, type PolicyDraft, type Tier } from '../core/policy.ts';
import { everyDay, readTimeOfDay, readTimetable, writeTimeOfDay, writeTimetable } from '../core/timetable.ts';
import type { Sketch } from './policy-words.ts';

/** What stands in the fields of a policy's form, as it was typed: nothing of it may be lost when something is wrong. */
export type PolicyValues = {
  name: string;
  unit: string;
  connectionIds: readonly string[];
  diskIds: readonly string[];
  tiers: readonly TierRow[];
  stopAtFreePercent: string;
  leavingSoon: string;
  ageBasis: string;
  order: string;
  capItems: string;
  capGigabytes: string;
  capLibraryPercent: string;
  exclusionTags: string;
  favouritesProtect: boolean;
  halfWayProtects: boolean;
  addImportExclusion: boolean;
  removeRequests: boolean;
  /** People give times of day; a cron line is for those who know it. */
  when: 'times' | 'cron';
  time: string;
  weekdays: readonly number[];
  cron: string;
  timeZone: string;
};

export type TierRow = { freeBelowPercent: string; maxAge: string };

const GIGABYTE = 1_000_000_000;

const text = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
};
const texts = (data: FormData, name: string): string[] =>
  data.getAll(name).filter((value) => typeof value === 'string');

export function valuesOfForm(data: FormData): PolicyValues {
  const is = (name: string) => data.get(name) === 'on';
  const ages = texts(data, 'maxAge');
  return {
    name: text(data, 'name'),
    unit: text(data, 'unit'),
    connectionIds: texts(data, 'connectionIds'),
    diskIds: texts(data, 'diskIds'),
    tiers: texts(data, 'freeBelowPercent').map((freeBelowPercent, row) => ({
      freeBelowPercent,
      maxAge: ages[row] ?? '',
    })),
    stopAtFreePercent: text(data, 'stopAtFreePercent'),
    leavingSoon: text(data, 'leavingSoon'),
    ageBasis: text(data, 'ageBasis'),
    order: text(data, 'order'),
    capItems: text(data, 'capItems'),
    capGigabytes: text(data, 'capGigabytes'),
    capLibraryPercent: text(data, 'capLibraryPercent'),
    exclusionTags: text(data, 'exclusionTags'),
    favouritesProtect: is('favouritesProtect'),
    halfWayProtects: is('halfWayProtects'),
    addImportExclusion: is('addImportExclusion'),
    removeRequests: is('removeRequests'),
    ...whenOfForm(data),
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

export function valuesOfPolicy(policy: PolicyDraft): PolicyValues {
  const { caps, tiers, cron } = policy;
  const table = readTimetable(cron);
  return {
    ...policy,
    tiers: tiers.map((tier) => ({
      freeBelowPercent: String(tier.freeBelowPercent),
      maxAge: `${tier.maxAgeDays}d`,
    })),
    stopAtFreePercent: String(policy.stopAtFreePercent),
    leavingSoon: `${policy.leavingSoonDays}d`,
    capItems: String(caps.items),
    capGigabytes: String(caps.bytes / GIGABYTE),
    capLibraryPercent: String(caps.libraryPercent),
    exclusionTags: policy.exclusionTags.join(', '),
    when: table ? 'times' : 'cron',
    time: writeTimeOfDay(table ?? { hour: 4, minute: 0 }),
    weekdays: table && table.weekdays.length < everyDay.length ? table.weekdays : [],
  };
}

/** The cron line that a time and days stand for; null when the time is none. */
export function cronOf({ when, cron, time, weekdays }: PolicyValues): string | null {
  if (when === 'cron') return cron;
  const at = readTimeOfDay(time);
  return at && writeTimetable({ ...at, weekdays });
}

/** People write `12,5` where the comma is the point. */
const numberOf = (typed: string): number => (typed.trim() === '' ? NaN : Number(typed.replace(',', '.')));

/** What the sentence is made of while somebody still types: rows that are not readable yet are left out. */
export function sketchOf(
  values: PolicyValues,
  names: { disks: ReadonlyMap<string, string>; services: ReadonlyMap<string, string> },
): Sketch {
  const known = (ids: readonly string[], all: ReadonlyMap<string, string>) =>
    ids.flatMap((id) => all.get(id) ?? []);
  const window = parseTimeSpan(values.leavingSoon);
  return {
    unit: units.find((unit) => unit === values.unit) ?? 'film',
    tiers: values.tiers.flatMap(tierOf),
    stopAtFreePercent: numberOf(values.stopAtFreePercent) || 0,
    leavingSoonDays: window.ok ? window.value : 0,
    caps: {
      items: numberOf(values.capItems) || 0,
      bytes: (numberOf(values.capGigabytes) || 0) * GIGABYTE,
      libraryPercent: numberOf(values.capLibraryPercent) || 0,
    },
    diskNames: known(values.diskIds, names.disks),
    serviceNames: known(values.connectionIds, names.services),
  };
}

function tierOf({ freeBelowPercent, maxAge }: TierRow): Tier[] {
  const percent = numberOf(freeBelowPercent);
  const age = parseTimeSpan(maxAge);
  return age.ok && percent > 0 && percent <= 100
    ? [{ freeBelowPercent: percent, maxAgeDays: age.value }]
    : [];
}
