import type { Fact } from '#core/fact.ts';
import type { ConnectionId } from '#core/ids.ts';
import {
  defaultCaps,
  noTorrents,
  type AgeBasis,
  type PolicyDraft,
  type Tier,
  type Unit,
} from '../policy/policy.ts';
import { serviceNamed, type JanitorrConfig, type JanitorrService } from './config.ts';
import type { JanitorrAge, JanitorrTier } from './values.ts';

/** What a draft cannot say of itself: which values were left out because nobody can know what was meant. */
export type DraftNote =
  /** J-10: this age had no unit, or is less than a day. */
  | { code: 'age-left-out'; at: string; problem: string }
  /** J-42: without access to files Janitorr takes the longest age, whatever the disk. */
  | { code: 'disk-ignored' }
  | { code: 'nightly' }
  /** Janitorr has one Radarr and one Sonarr; none of several here has the address of the file. */
  | { code: 'every-instance' }
  | { code: 'stops-at-target'; freePercent: number }
  | { code: 'age-basis-assumed' }
  /** J-62: the whole warning is served here. */
  | { code: 'warned-in-full'; tag: string; leavingSoonDays: number }
  | { code: 'longest-tag-rules' }
  | { code: 'either-keeps' }
  | { code: 'newest-import-counts' }
  | { code: 'specials-stay' };

export const draftKeys = ['films', 'shows', 'film-tags', 'show-tags', 'episodes'] as const;
export type DraftKey = (typeof draftKeys)[number];

export type ImportedPolicy = { key: DraftKey; draft: PolicyDraft; notes: readonly DraftNote[] };

/** What the file does not say. */
export type DraftWorld = {
  names: Readonly<Record<DraftKey, string>>;
  timeZone: string;
  /** Empty when there is only one of its kind: then every one is meant, also those that come later. */
  radarr: readonly ConnectionId[];
  sonarr: readonly ConnectionId[];
  /** Of which there are several, and none is at the address of the file. */
  ambiguous: readonly ('radarr' | 'sonarr')[];
  /** Every label that exists. */
  knownTags: Fact<readonly string[]>;
};

/** Where the file has no window that can be used. */
const USUAL_WINDOW_DAYS = 14;

export const windowOf = ({ leavingSoon }: Pick<JanitorrConfig, 'leavingSoon'>): number =>
  leavingSoon.problem === null ? leavingSoon.days : USUAL_WINDOW_DAYS;

/** Once a night: hourly runs would serve nobody, as a run stops by itself when the disk has room. */
const CRON = '0 4 * * *';

/** The policies of a file. None is armed, and nobody is asked: what is not clear is left out and noted. */
export function policiesOf(config: JanitorrConfig, world: DraftWorld): ImportedPolicy[] {
  const { media, tags, episodes, wholeShows } = config;
  const kinds = [
    { key: 'films', tagKey: 'film-tags', unit: 'film', tiers: media.films },
    { key: 'shows', tagKey: 'show-tags', unit: wholeShows ? 'show' : 'season', tiers: media.seasons },
  ] as const;
  const managed = kinds.filter(({ unit }) => servarrOf(config, unit) !== null);
  const hasTags = tags.enabled && tags.schedules.length > 0;
  return [
    ...(media.enabled ? managed.map((kind) => pressure(config, world, kind)) : []),
    ...(hasTags ? managed.map(({ tagKey: key, unit }) => byTags(config, world, { key, unit })) : []),
    ...(episodes.enabled && servarrOf(config, 'episode') !== null ? [ofEpisodes(config, world)] : []),
  ];
}

type Which = { key: DraftKey; unit: Unit };

const servarrOf = (config: JanitorrConfig, unit: Unit): JanitorrService | null =>
  serviceNamed(config, unit === 'film' ? 'radarr' : 'sonarr');

function baseOf(config: JanitorrConfig, world: DraftWorld, { key, unit }: Which) {
  const server = serviceNamed(config, 'jellyfin', 'emby');
  return {
    name: world.names[key],
    unit,
    cron: CRON,
    timeZone: world.timeZone,
    connectionIds: unit === 'film' ? world.radarr : world.sonarr,
    diskIds: [],
    target: null,
    leavingSoonDays: windowOf(config),
    order: 'longest-unwatched',
    caps: defaultCaps,
    shows: 'any',
    keepsFirstSeason: false,
    midShowDays: 0,
    requestedWithinDays: 0,
    exclusionTags: exclusionsOf(config, world, unit),
    favouritesProtect: server?.excludeFavourites ?? false,
    favouriteUsers: server?.excludeFavourites ? server.favouriteUsers : [],
    halfWayProtects: true,
    addImportExclusion: servarrOf(config, unit)?.importExclusions ?? false,
    removeRequests: serviceNamed(config, 'jellyseerr') !== null,
    needsApproval: false,
    torrents: noTorrents,
  } as const;
}

/**
 * J-29: shows with the episode tag are left alone also while their own schedule is off. A policy of episodes claims them by
 * itself; without one the tag is excluded, unless nothing carries it, because a tag that exists nowhere cannot be armed.
 */
function exclusionsOf(
  { exclusionTags, episodes }: JanitorrConfig,
  { knownTags }: DraftWorld,
  unit: Unit,
): string[] {
  const own = [...new Set(exclusionTags.map((tag) => tag.toLowerCase()))];
  const daily = episodes.tag.toLowerCase();
  const exists = !knownTags.known || knownTags.value.some((tag) => tag.toLowerCase() === daily);
  const isNeeded = unit !== 'film' && !episodes.enabled && exists && !own.includes(daily);
  return isNeeded ? [...own, daily] : own;
}

/** J-22: unset means the most recent where a quality profile allows upgrades, as nearly all do. */
const basisOf = (ageBy: JanitorrAge | null): AgeBasis =>
  ageBy === 'oldest' ? 'oldest-import' : 'newest-import';

function pressure(
  config: JanitorrConfig,
  world: DraftWorld,
  which: Which & { tiers: readonly JanitorrTier[] },
): ImportedPolicy {
  const ageBy = servarrOf(config, which.unit)?.ageBy ?? null;
  const usable = which.tiers.filter(({ age }) => age.problem === null);
  const tiers = config.files.access ? usable.map(tierOf) : whateverTheDisk(usable);
  const highest = Math.max(0, ...tiers.map(({ freeBelowPercent }) => freeBelowPercent));
  const draft: PolicyDraft = {
    ...baseOf(config, world, which),
    kind: 'disk-pressure',
    ageBasis: basisOf(ageBy),
    tiers,
    target: { unit: 'percent', value: highest },
  };
  return {
    key: which.key,
    draft,
    notes: [
      ...whenAndWhere(world, which.unit),
      ...(config.files.access
        ? [{ code: 'stops-at-target', freePercent: highest } as const]
        : [{ code: 'disk-ignored' } as const]),
      ...(ageBy === null ? [{ code: 'age-basis-assumed' } as const] : []),
      ...which.tiers.flatMap(({ freePercent, age: { problem } }) =>
        problem === null ? [] : [{ code: 'age-left-out', at: `${freePercent} %`, problem } as const],
      ),
      ...(which.unit === 'film' ? [] : [{ code: 'specials-stay' } as const]),
    ],
  };
}

const whenAndWhere = ({ ambiguous }: DraftWorld, unit: Unit): DraftNote[] => [
  { code: 'nightly' },
  ...(ambiguous.includes(unit === 'film' ? 'radarr' : 'sonarr') ? [{ code: 'every-instance' } as const] : []),
];

const tierOf = ({ freePercent, age }: JanitorrTier): Tier => ({
  freeBelowPercent: freePercent,
  maxAgeDays: age.days,
});

const whateverTheDisk = (tiers: readonly JanitorrTier[]): Tier[] =>
  tiers.length === 0
    ? []
    : [{ freeBelowPercent: 100, maxAgeDays: Math.max(...tiers.map(({ age }) => age.days)) }];

function byTags(config: JanitorrConfig, world: DraftWorld, which: Which): ImportedPolicy {
  const { schedules, freeAtMostPercent } = config.tags;
  const gate = config.files.access && freeAtMostPercent < 100 ? freeAtMostPercent : null;
  const ageBy = servarrOf(config, which.unit)?.ageBy ?? null;
  const base = baseOf(config, world, which);
  const usable = schedules.filter(({ age }) => age.problem === null);
  return {
    key: which.key,
    draft: {
      ...base,
      kind: 'tag',
      ageBasis: basisOf(ageBy),
      tags: usable.map(({ tag, age }) => ({
        tag: tag.toLowerCase(),
        maxAgeDays: age.days,
        freeBelowPercent: gate,
      })),
    },
    notes: [
      ...whenAndWhere(world, which.unit),
      ...(usable.length > 1 ? [{ code: 'longest-tag-rules' } as const] : []),
      ...schedules.flatMap(({ tag, age: { problem } }) =>
        problem === null ? [] : [{ code: 'age-left-out', at: tag, problem } as const],
      ),
      ...usable
        .filter(({ age }) => age.days <= base.leavingSoonDays)
        .map(({ tag }) => ({ code: 'warned-in-full', tag, leavingSoonDays: base.leavingSoonDays }) as const),
    ],
  };
}

/** J-70 and J-76: Janitorr never announced an episode, so there is no window here either until somebody wants one. */
function ofEpisodes(config: JanitorrConfig, world: DraftWorld): ImportedPolicy {
  const { tag, most, age, olderSeasons } = config.episodes;
  return {
    key: 'episodes',
    draft: {
      ...baseOf(config, world, { key: 'episodes', unit: 'episode' }),
      kind: 'episodes',
      leavingSoonDays: 0,
      showTags: [tag.toLowerCase()],
      showIds: [],
      keepLast: most,
      keepDays: age.problem === null ? age.days : null,
      olderSeasons,
      specials: false,
      freeBelowPercent: null,
    },
    notes: [
      ...whenAndWhere(world, 'episode'),
      { code: 'either-keeps' },
      { code: 'newest-import-counts' },
      ...(age.problem === null ? [] : [{ code: 'age-left-out', at: tag, problem: age.problem } as const]),
    ],
  };
}
