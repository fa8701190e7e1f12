import { everyDay, readTimetable, writeTimeOfDay } from '../core/policy/timetable.ts';
import type { PolicyDraft, PolicyRule } from '../core/policy/policy.ts';
import type { PolicyValues, RuleValues } from './policy-values.ts';

const GIGABYTE = 1_000_000_000;

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
    midShow: spanText(policy.midShowDays || null),
    requestedWithin: spanText(policy.requestedWithinDays || null),
    exclusionTags: policy.exclusionTags.join(', '),
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
  showTitle: '',
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
