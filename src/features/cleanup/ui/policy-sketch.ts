import type { ItemId } from '#core/ids.ts';
import { parseTimeSpan } from '#core/time-span.ts';
import {
  audiences,
  policyKinds,
  showStates,
  units,
  type PolicyRule,
  type Tier,
} from '../core/policy/policy.ts';
import type { Sketch } from './policy-sentence.ts';
import { listOf, type PolicyValues, type TierRow } from './policy-values.ts';

const GIGABYTE = 1_000_000_000;

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
/** What the sentence is made of while somebody still types: rows that are not readable yet are left out. */
export function sketchOf(
  values: PolicyValues,
  names: Record<'disks' | 'services' | 'shows', ReadonlyMap<string, string>>,
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
    showNames: known(values.showIds, names.shows),
    ...keptOf(values),
  };
}

function keptOf(values: PolicyValues) {
  const { favouritesProtect, favouriteUsers, halfWayProtects, keepsFirstSeason, needsApproval } = values;
  return {
    favouritesProtect,
    favouriteUsers,
    halfWayProtects,
    keepsFirstSeason,
    needsApproval,
    shows: showStates.find((one) => one === values.shows) ?? 'any',
    midShowDays: daysOrNull(values.midShow) ?? 0,
    requestedWithinDays: daysOrNull(values.requestedWithin) ?? 0,
    exclusionTags: listOf(values.exclusionTags),
    torrents: {
      remove: values.torrentsRemove,
      minRatio: numberOrNull(values.torrentRatio),
      minSeedDays: numberOrNull(values.torrentDays),
    },
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
      const showIds = values.showIds as readonly ItemId[];
      return { kind, showTags, showIds, ...windows, olderSeasons, specials, freeBelowPercent };
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
